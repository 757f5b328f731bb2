"""The two dials: any day beside today; what was known at a position, first and again."""

import json
import random
import time
from functools import partial
from itertools import count, islice
from statistics import median

from measure.fresh import Fresh
from measure.load import graphql
from measure.paths import copy
from measure.questions import LARGE, day
from measure.rounds import Series, interleaved
from measure.table import Aim, Row, milliseconds
from measure.world import register
from servers.chancery import chancery
from servers.process import post

FIELDS = (
    "status { bound inForce pending signatoriesOnly withdrawn }"
    " decisions(first: 1) { totalCount } participants(first: 1) { totalCount }"
)
HISTORY = """query ($id: ID!, $after: String) {
    convention(id: $id) {
        history(first: 1000, after: $after) { nodes { position } pageInfo { hasNextPage endCursor } }
    }
}"""
KINDS = {"asAt": "Date", "atPosition": "SafeInt"}

# So many positions are asked for the first time in a round, among so many of the convention's last.
COLD, LAST = 50, 1_000


def rows(args):
    with chancery(copy(register(args.size), "dials")) as server:
        yield from days(args, server.url)
        yield from positions(args, server.url)


def days(args, url):
    past, today = Fresh(url, partial(ask, "asAt", day)), Fresh(url, partial(ask, None, None))
    found = interleaved(args.rounds, {
        "day": lambda: past.p50(args.seconds), "today": lambda: today.p50(args.seconds),
    })
    yield Row(
        "day", "`asAt` any date", milliseconds(found["day"].median), "today",
        milliseconds(found["today"].median), found["day"].over(found["today"]), Aim("<=", 1.3),
    )


def positions(args, url):
    places = places_of(url)
    # In any order: each is a view that nobody has made yet, of nearly all its events.
    some = places[-LAST:-1]
    random.Random(1).shuffle(some)
    unseen, each, numbers = iter(some), min(COLD, len(some) // args.rounds), count()
    again = Fresh(url, partial(ask, "atPosition", lambda _: places[-2]))
    now = Fresh(url, partial(ask, None, None))
    found = interleaved(args.rounds, {
        "cold": lambda: median(
            waited(url, ask("atPosition", lambda _: place, next(numbers))) for place in islice(unseen, each)
        ),
        "warm": lambda: again.p50(args.seconds),
        "now": lambda: now.p50(args.seconds),
    })
    yield Row(
        "position", f"`atPosition` for the first time, a convention of {len(places):,} events",
        milliseconds(found["cold"].median), "the aim itself", "",
        Series([it / 1000 for it in found["cold"].values]), Aim("<=", 30), unit=" ms",
    )
    yield Row(
        "position", "`atPosition` again", milliseconds(found["warm"].median), "the present",
        milliseconds(found["now"].median), found["warm"].over(found["now"]), Aim("<=", 1.3),
    )


def ask(dial, value, number):
    """A form of the question, with a dial turned to the value of its number."""
    declared, turned = (f", $at: {KINDS[dial]}", f", {dial}: $at") if dial else ("", "")
    query = f"query ($id: ID!{declared}) {{ convention(id: $id{turned}) {{ {FIELDS} }} }}"
    variables = {"id": LARGE, "asked": number}
    return graphql(query, variables | ({"at": value(number)} if dial else {}))


def places_of(url):
    """The positions of all events of the large convention."""
    places, after = [], None
    while True:
        said = {"query": HISTORY, "variables": {"id": LARGE, "after": after}}
        answer, _ = post(f"{url}/graphql", json.dumps(said))
        history = json.loads(answer)["data"]["convention"]["history"]
        places += [it["position"] for it in history["nodes"]]
        if not history["pageInfo"]["hasNextPage"]:
            return places
        after = history["pageInfo"]["endCursor"]


def waited(url, request):
    """How long one answer took, in microseconds, with a connection of its own."""
    start = time.monotonic()
    answer, _ = post(url + request.path, request.body)
    taken = time.monotonic() - start
    if b'"errors"' in answer:
        raise RuntimeError(f"not an answer: {answer[:200]}")
    return taken * 1e6
