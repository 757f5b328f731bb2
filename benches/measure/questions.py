"""The six questions of a dashboard, each in as many forms as are asked: never the same twice."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

QUERIES = Path(__file__).parent.parent / "queries"

# The large convention, which every world begins with.
LARGE = "fiction-0000"

# Its days run through its last ten years, so that answers are of one size.
FIRST_DAY, DAYS = date(2016, 1, 1), 3_600

STATES = "AUT CHE DEU FRA HRV KEN LAO MEX MOZ NLD NOR ZMB".split()


@dataclass(frozen=True)
class Question:
    """A question: its name, what it is about, its text, its variables by number."""

    name: str
    says: str
    text: str
    variables: object

    def forms(self, many, start=0):
        return (self.variables(number) for number in range(start, start + many))


def day(number):
    return str(FIRST_DAY + timedelta(days=number % DAYS))


def meeting(number):
    # Every fifth is a review conference: 1mp to 4mp, 1rc, 5mp …
    return f"{3 + number % 8}mp"


def page(number):
    return {"id": LARGE, "day": day(number), "first": 1000 - number // DAYS % 100}


VARIABLES = {
    "parties": lambda n: {"id": LARGE, "day": day(n), "first": 200 + n // DAYS},
    "counts": lambda n: {"id": f"fiction-{n // DAYS % 3:04}", "day": day(n)},
    "decisions": lambda n: {
        "id": LARGE, "day": day(n // 8), "meeting": meeting(n), "first": 200 + n // DAYS // 8
    },
    "state": lambda n: {
        "state": STATES[n % len(STATES)], "day": day(n // len(STATES)), "limit": 1000 - n // DAYS // 12
    },
    "coverage": lambda n: {"id": f"fiction-{n // DAYS % 3:04}", "day": day(n)},
    "pages": page,
}

SAYS = {
    "parties": "a party list of 200",
    "counts": "counts as at a date",
    "decisions": "a meeting's decisions with citations",
    "state": "a State across all conventions",
    "coverage": "coverage per year",
    "pages": "1,000 decisions by cursor",
}


def one_line(text):
    return " ".join(text.split())


def questions():
    """All six, in the order of the table."""
    return [
        Question(name, SAYS[name], one_line((QUERIES / f"{name}.graphql").read_text()), variables)
        for name, variables in VARIABLES.items()
    ]


def fresh():
    """Numbers that no earlier call gave: whoever asks with them asks something new."""
    return count()
