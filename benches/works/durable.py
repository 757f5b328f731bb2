"""Durable commands: one writer beside the disk, many writers beside one and beside other stores."""

from contextlib import ExitStack

from measure.paths import PEERS_RELEASE, fresh
from measure.rounds import Series, interleaved
from measure.table import Aim, Row, milliseconds, rate
from measure.world import events, measure, tool
from servers.postgres import postgres

# How many write at once, each on a convention, a stream or an aggregate of its own.
WRITERS = 64

# As postgres-es ships it.
TABLE = """
CREATE TABLE events (
    aggregate_type text NOT NULL, aggregate_id text NOT NULL,
    sequence bigint CHECK (sequence >= 0) NOT NULL,
    event_type text NOT NULL, event_version text NOT NULL,
    payload json NOT NULL, metadata json NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence)
);
"""

BESIDE = {
    "one": ("one writer", 8), "umadb": ("UmaDB", 2), "cqrs": ("cqrs-es on PostgreSQL", 10),
}


def rows(args):
    singles = []

    def one():
        singles.append(measure("commands", "--data", fresh("one"), "--seconds", args.seconds))
        return each_second(singles[-1])

    def many():
        asked = ["--data", fresh("many"), "--writers", WRITERS, "--seconds", args.seconds]
        return each_second(measure("commands", *asked))

    def peer(name, *where):
        asked = ["--events", events("village"), "--writers", WRITERS, "--seconds", args.seconds]
        return each_second(tool(PEERS_RELEASE / f"peer-{name}", *asked, *where))

    works = {"one": one, "many": many}
    with ExitStack() as stack:
        if "umadb" in args.peers:
            works["umadb"] = lambda: peer("umadb", "--data", fresh("umadb"))
        if "cqrs" in args.peers:
            databases = stack.enter_context(postgres())
            works["cqrs"] = lambda: peer("cqrs", "--database", databases.fresh("cqrs", TABLE))
        found = interleaved(args.rounds, works)

    ours, theirs = (Series([it[name] for it in singles]) for name in ("p50", "sync_p50"))
    yield Row(
        "record", "one durable record command, one writer", milliseconds(ours.median),
        "write + fdatasync of the same bytes", milliseconds(theirs.median), ours.over(theirs),
        Aim("<=", 2),
    )
    for name, (says, bound) in BESIDE.items():
        if name in found:
            yield Row(
                "writers", f"durable commands, {WRITERS} writers on as many conventions",
                rate(found["many"].median), says, rate(found[name].median),
                found["many"].over(found[name]), Aim(">=", bound),
            )


def each_second(result):
    return result["commands"] / result["time"] * 1e6
