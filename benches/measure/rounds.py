"""Interleaved rounds: what is compared is measured in turns, so that a machine whose speed changes
from minute to minute changes it for both."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Series:
    """What the rounds gave for one of those that are compared."""

    values: list

    @property
    def median(self):
        return median(self.values)

    def spread(self):
        return min(self.values), max(self.values)

    def over(self, other):
        """The ratio to another, round by round."""
        return Series([ours / theirs for ours, theirs in zip(self.values, other.values, strict=True)])


def interleaved(rounds, works):
    """Does each work once a round, and gives the series of each by its name."""
    values = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            values[name].append(work())
    return {name: Series(it) for name, it in values.items()}
