"""What the guards of the gateway cost. They cannot be switched off, so the bound is measured that
they cannot exceed: all that a query goes through whose text is new (it is scanned, parsed, measured
and validated), and all that the gateway does for a request beyond a plain axum handler."""

import json

from measure.fresh import Fresh
from measure.load import Request, graphql, load
from measure.paths import copy
from measure.questions import question
from measure.rounds import Series, interleaved
from measure.table import Aim, Row
from measure.world import lists, register
from servers.bare import bare
from servers.chancery import chancery


def rows(args):
    with chancery(copy(register(args.size), "guards")) as ours, bare(lists(args.size)) as plain:
        asked = question("pages")
        known = Fresh(ours.url, asked.request)
        new = Fresh(ours.url, lambda number: renamed(asked.request(number), number))

        def health(url, path):
            return 1 / load(url, [Request("GET", path)], args.seconds)["rate"]

        found = interleaved(args.rounds, {
            "known": lambda: 1 / known.rate(args.seconds),
            "new": lambda: 1 / new.rate(args.seconds),
            "through": lambda: health(ours.url, "/healthz"),
            "plain": lambda: health(plain.url, "/static/20"),
        })
    share = Series([
        (new - known + max(0, through - plain)) / known
        for known, new, through, plain in zip(*(it.values for it in found.values()), strict=True)
    ])
    yield Row(
        "guards", f"all guards, beside the largest question ({asked.says})",
        micro(share.median * found["known"].median), "the question itself, its text known",
        micro(found["known"].median), Series([100 * it for it in share.values]), Aim("<=", 10), unit=" %",
    )


def renamed(request, number):
    """The same in a text that nobody sent before."""
    said = json.loads(request.body)
    query = said["query"].replace("query Pages", f"query Pages{number}", 1)
    return graphql(query, said["variables"])


def micro(seconds):
    return f"{seconds * 1e6:,.0f} µs"
