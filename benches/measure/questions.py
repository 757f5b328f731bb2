"""The six questions of a dashboard, each in as many forms as are asked: never the same twice. Every
server is asked for the same things, in the words of its own schema."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from .load import graphql

QUERIES = Path(__file__).parent.parent / "queries"

# The large convention, which every world begins with.
LARGE = "fiction-0000"

# Its days run through its last ten years, so that answers are of one size.
FIRST_DAY, DAYS = date(2016, 1, 1), 3_600

STATES = "AUT CHE DEU FRA HRV KEN LAO MEX MOZ NLD NOR ZMB".split()


@dataclass(frozen=True)
class Question:
    """A question: its name, what it is about, its variables by number."""

    name: str
    says: str
    variables: object

    def request(self, number, schema="chancery", on=None):
        """One of its forms, none like another; on a day of its own unless one is given."""
        variables = self.variables(number) | ({"day": on} if on else {})
        if schema == "datasette":
            variables = in_sql(self.name, variables)
        # No query declares this one, so it changes no answer; but with it no request equals another.
        variables |= {"asked": number}
        return graphql(text(self.name, schema), variables, PATHS.get(schema, "/graphql"))

@cache
def text(name, schema):
    """The query, on one line."""
    return " ".join((QUERIES / schema / f"{name}.graphql").read_text().split())


# Where a server is asked, if it is elsewhere than at `/graphql`.
PATHS = {"datasette": "/graphql/peer"}


def day(number):
    return str(FIRST_DAY + timedelta(days=number % DAYS))


def meeting(number):
    # Every fifth is a review conference: 1mp to 4mp, 1rc, 5mp …
    return f"{3 + number % 8}mp"


def late(number):
    """A day by which it has a thousand decisions: only from its last year on."""
    return str(date(2024, 12, 31) + timedelta(days=number % DAYS))


VARIABLES = {
    "parties": lambda n: {"id": LARGE, "day": day(n), "first": 200},
    "counts": lambda n: {"id": f"fiction-{n % 3:04}", "day": day(n // 3)},
    "decisions": lambda n: {"id": LARGE, "day": day(n // 8), "meeting": meeting(n), "first": 200},
    "state": lambda n: {
        "state": STATES[n % len(STATES)], "day": day(n // len(STATES)), "limit": 1000
    },
    "coverage": lambda n: {"id": f"fiction-{n % 3:04}", "day": day(n // 3)},
    "pages": lambda n: {"id": LARGE, "day": late(n), "first": 1000},
}

SAYS = {
    "parties": "a party list of 200",
    "counts": "counts as at a date",
    "decisions": "a meeting's decisions with citations",
    "state": "a State across all conventions",
    "coverage": "coverage per year",
    "pages": "1,000 decisions by cursor",
}


def questions():
    """All six, in the order of the table."""
    return [Question(name, SAYS[name], variables) for name, variables in VARIABLES.items()]


def question(name):
    """One of them."""
    return Question(name, SAYS[name], VARIABLES[name])


def in_sql(name, variables):
    """The variables for Datasette, which takes the day as a condition in SQL."""
    said = dict(variables)
    on = f"'{said.pop('day')}'"
    known = f"(signed_on <= {on} or bound_on <= {on})"
    left = f"coalesce(withdrawn_on <= {on}, 0)"
    forced, bound = f"coalesce(in_force_from <= {on}, 0)", f"coalesce(bound_on <= {on}, 0)"
    if name == "counts":
        return said | {
            "in_force": f"{forced} and not {left}",
            "pending": f"{bound} and not {forced} and not {left}",
            "signatories": f"signed_on <= {on} and not {bound} and not {left}",
            "withdrawn": left,
        }
    conditions = {
        "parties": f"{known} and not {left}", "state": known, "coverage": f"paid_on <= {on}",
    }
    return said | {"where": conditions.get(name, f"taken_on <= {on}")}
