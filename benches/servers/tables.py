"""The lists that Chancery exports, as tables: what PostgreSQL and SQLite hold."""

import json

# By table its columns and its key. `number` is the row's place in the list; everything else is
# called as there.
TABLES = {
    "conventions": ("convention text, name text, entry_into_force date", "convention"),
    "participants": (
        "convention text, state_code text, state_name text, signed_on date, bound_on date, act text,"
        " in_force_from date, withdrawn_on date",
        "convention, state_code",
    ),
    "decisions": (
        "convention text, number integer, code text, meeting text, verb text, summary text, themes text,"
        " taken_on date, source_symbol text, source_place text",
        "convention, number",
    ),
    "budgets": (
        "convention text, year integer, total text, total_currency text, covered_upper text,"
        " covered_as_reported text",
        "convention, year",
    ),
    "contributions": (
        "convention text, number integer, year integer, paid_on date, amount_lower integer",
        "convention, number",
    ),
}

# What is asked for by something else than the key.
INDEXES = """
create index on_state on participants (state_code);
create index on_meeting on decisions (convention, meeting);
create index on_year on contributions (convention, year);
"""


def columns(table):
    """The names of its columns."""
    return [it.split()[0] for it in TABLES[table][0].split(",")]


def creation():
    """The statements that make the tables."""
    return [f"create table {it} ({columns}, primary key ({key}));" for it, (columns, key) in TABLES.items()]


def rows(lists, table):
    """Its rows, each with the values of its columns."""
    names = columns(table)
    with open(lists / f"{table}.jsonl") as text:
        for number, line in enumerate(text):
            row = json.loads(line)
            row["number"] = number
            yield [row[it] for it in names]
