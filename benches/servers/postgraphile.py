"""PostGraphile on PostgreSQL. What its tables do not answer by themselves is asked of SQL functions,
as its documentation advises: each question is one statement."""

import csv
import os
from contextlib import contextmanager

from measure.paths import PEERS, fresh

from . import tables
from .postgres import postgres
from .process import free_port, server

FOLDER = PEERS / "postgraphile"
PROGRAMS = FOLDER / "node_modules" / ".bin"


@contextmanager
def postgraphile(lists):
    with postgres() as databases:
        database = databases.fresh("peer", filled(lists))
        port = free_port()
        env = dict(os.environ, DATABASE_URL=database, PORT=str(port), NODE_ENV="production")
        # On its own Node.js: it needs a later one than distributions have.
        command = [PROGRAMS / "node", PROGRAMS / "postgraphile"]
        with server(command, address=f"http://127.0.0.1:{port}", env=env, cwd=FOLDER) as it:
            yield it


def filled(lists):
    """The SQL that makes and fills the tables, and the functions over them."""
    folder = fresh("tables")
    folder.mkdir()
    statements = tables.creation()
    for table in tables.TABLES:
        path = folder / f"{table}.csv"
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows(tables.rows(lists, table))
        statements.append(f"\\copy {table} from '{path}' csv")
    statements += [tables.INDEXES, (FOLDER / "functions.sql").read_text(), "analyze;"]
    return "\n".join(statements)
