"""The whole log: replayed, started on, verified; and what it takes on disk and in memory."""

import json
import time

from measure.questions import LARGE
from measure.rounds import Series, interleaved
from measure.table import Aim, Row, number, rate
from measure.world import measure, register
from servers.chancery import chancery
from servers.process import post

# The first question, about one convention; and one that no convention is left out of.
ONE = json.dumps({"query": f'{{ convention(id: "{LARGE}") {{ status {{ bound }} }} }}'})
ALL = json.dumps({"query": "{ conventions { status { bound } } }"})


def rows(args):
    data, size = register(args.large), args.large
    # A first start makes what is kept beside the log.
    started(data)
    replays, at_first, resident = [], [], []

    def each_second(work):
        def run():
            result = measure(work, "--data", data)
            if work == "replay":
                replays.append(result)
            return result["events"] / result["time"] * 1e6

        return run

    def start():
        seconds, bytes_at_first, bytes_there = started(data)
        at_first.append(bytes_at_first)
        resident.append(bytes_there)
        return seconds

    def whole():
        # To open the store and replay all of it, in a process that does nothing else.
        return (replays[-1]["opening"] + replays[-1]["time"]) / 1e6

    works = {it: each_second(it) for it in ("decode", "replay", "hash", "verify")}
    found = interleaved(args.rounds, works | {"start": start, "whole": whole})

    def row(topic, work, ours, beside, theirs, aim):
        return Row(
            topic, work, rate(found[ours].median, " events/s"), beside,
            rate(found[theirs].median, " events/s"), found[ours].over(found[theirs]), aim, size=size,
        )

    yield row(
        "replay", f"full replay of {size} to all projections", "replay",
        "only reading and decoding", "decode", Aim(">=", 0.5, "nation"),
    )
    first, seconds = f"start on {size}, until the first answer", found["start"]
    yield Row(
        "start", first, f"{number(seconds.median)} s", "the aim itself", "", seconds,
        Aim("<=", 1, "nation"), unit=" s", size=size,
    )
    yield Row(
        "start", first, f"{number(seconds.median)} s", "opening and replaying all of it",
        f"{number(found['whole'].median)} s", seconds.over(found["whole"]), Aim("<=", 0.1, "nation"), size=size,
    )
    events, canonical = replays[-1]["events"], replays[-1]["bytes"]
    disk = [it["disk"] for it in replays]
    yield Row(
        "disk", f"disk, {size}", megabytes(disk[-1]), "its canonical bytes", megabytes(canonical),
        Series([it / canonical for it in disk]), Aim("<=", 1.6),
    )
    for when, there, aim in (
        ("after the first answer", at_first, None),
        ("every convention asked for", resident, Aim("<=", 600, "nation")),
    ):
        yield Row(
            "memory", f"memory in service, {size}, {when}", megabytes(there[-1]),
            "the aim itself" if aim else "", "",
            Series([it / events for it in there]), aim, unit=" B an event", size=size,
        )
    yield row(
        "verify", f"`verify` of {size}", "verify", "only reading and hashing, SHA-256", "hash",
        Aim(">=", 0.7, "nation"),
    )


def started(data):
    """Seconds from starting the program to its first answer, and the memory that it has then and
    once every convention was asked for."""
    begin = time.monotonic()
    with chancery(data) as server:
        first, _ = post(f"{server.url}/graphql", ONE)
        seconds = time.monotonic() - begin
        at_first = server.resident()
        every, _ = post(f"{server.url}/graphql", ALL)
        resident = server.resident()
    for answer in (first, every):
        if b'"bound":' not in answer or b'"errors"' in answer:
            raise RuntimeError(f"not an answer: {answer[:200]}")
    return seconds, at_first, resident


def megabytes(it):
    return f"{it / 1e6:,.1f} MB"
