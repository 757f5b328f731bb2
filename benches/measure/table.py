"""The table of results, and whether each aim is met."""

from dataclasses import dataclass

# Sizes of registers, from the smallest.
SIZES = ["village", "town", "nation", "world"]

YES, SMALLER, NO, NONE = "yes", "(yes)", "**no**", "—"


@dataclass(frozen=True)
class Aim:
    """A bound on a figure: `Aim(">=", 2)`. One that is set for a size of register says for which."""

    sign: str
    bound: float
    size: str = ""

    def met(self, figure):
        return figure >= self.bound if self.sign == ">=" else figure <= self.bound

    def said(self, unit):
        bound = f"{'≥' if self.sign == '>=' else '≤'} {number(self.bound)}{unit}"
        return f"{bound} on {self.size}" if self.size else bound


@dataclass(frozen=True)
class Row:
    """One line: a work, what it is set beside, the ratio with its spread, and the aim. `topic` is
    what `where.toml` calls the place where its time goes."""

    topic: str
    work: str
    ours: str
    beside: str
    theirs: str
    ratio: object
    aim: Aim | None = None
    unit: str = " ×"
    # Of the register, where the aim is set for one.
    size: str = ""

    @property
    def met(self):
        """Yes, no, yes on a smaller register than the aim is set for, or that there is no aim."""
        if self.aim is None:
            return NONE
        if not self.aim.met(self.ratio.median):
            return NO
        enough = not self.aim.size or SIZES.index(self.size) >= SIZES.index(self.aim.size)
        return YES if enough else SMALLER

    def cells(self):
        low, high = self.ratio.spread()
        return [
            self.work,
            self.ours,
            f"{self.beside}: {self.theirs}" if self.theirs else self.beside,
            f"{number(self.ratio.median)}{self.unit}",
            f"{number(low)}–{number(high)}",
            NONE if self.aim is None else self.aim.said(self.unit),
            self.met,
        ]


@dataclass(frozen=True)
class Missing:
    """A line that could not be measured, and why."""

    topic: str
    work: str
    why: str
    met = NO

    def cells(self):
        return [self.work, "not measured", self.why, NONE, NONE, NONE, NO]


HEADER = ["work", "Chancery", "peer or limit", "ratio", "spread", "aim", "met"]


def markdown(lines):
    """The table, of the cells of its lines."""
    lines = [HEADER, ["---"] * len(HEADER), *lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(it):
    """Three digits, or whole."""
    magnitude = int(f"{it:.2e}".split("e")[1])
    return f"{it:,.{max(0, 2 - magnitude)}f}" if it else "0"


def rate(each_second, unit="/s"):
    return f"{number(each_second)}{unit}"


def milliseconds(microseconds):
    return f"{number(microseconds / 1000)} ms"
