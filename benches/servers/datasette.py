"""Datasette on SQLite, with datasette-graphql."""

import json
import sqlite3
from contextlib import contextmanager

from measure.paths import DATASETTE, fresh

from . import tables
from .process import free_port, server


@contextmanager
def datasette(lists):
    folder = fresh("datasette")
    folder.mkdir()
    database, settings = folder / "peer.db", folder / "settings.json"
    fill(database, lists)
    # Its limits on one request are lifted: what is measured is how long it takes.
    unlimited = {"plugins": {"datasette-graphql": {"time_limit_ms": 60_000}}}
    settings.write_text(json.dumps(unlimited))
    port = free_port()
    limits = ["--setting", "sql_time_limit_ms", "60000"]
    listen = ["--host", "127.0.0.1", "--port", port]
    # Immutable: it counts each table once, when it starts.
    command = [DATASETTE, "serve", "--immutable", database, "--metadata", settings, *limits, *listen]
    with server(command, address=f"http://127.0.0.1:{port}") as it:
        yield it


def fill(path, lists):
    database = sqlite3.connect(path)
    for statement in tables.creation():
        # SQLite has no dates; what is called one would be taken for a number.
        database.execute(statement.replace(" date", " text"))
    for table in tables.TABLES:
        places = ", ".join("?" * len(tables.columns(table)))
        database.executemany(f"insert into {table} values ({places})", tables.rows(lists, table))
    database.executescript(tables.INDEXES)
    database.execute("analyze")
    database.commit()
    database.close()
