"""Growth: what one convention costs in a small register and in a large one."""

from contextlib import ExitStack

from measure.fresh import Fresh
from measure.paths import copy
from measure.questions import question
from measure.rounds import interleaved
from measure.table import Aim, Missing, Row, milliseconds
from measure.world import measure, register
from servers.chancery import chancery

SMALL = "village"


def rows(args):
    if args.large == SMALL:
        yield Missing("growth", f"growth from {SMALL}", "it takes a larger register: --large")
        return
    with ExitStack() as stack:
        asking = {}
        for size in (SMALL, args.large):
            server = stack.enter_context(chancery(copy(register(size), f"grown-{size}")))
            asking[size] = Fresh(server.url, question("parties").request)
        yield row(args, "a party list, p50", lambda size: asking[size].p50(args.seconds))
    registers = {it: copy(register(it), f"recorded-{it}") for it in asking}

    def record(size):
        return measure("commands", "--data", registers[size], "--seconds", args.seconds)["p50"]

    yield row(args, "a record command, p50", record)


def row(args, work, one):
    found = interleaved(args.rounds, {it: (lambda it=it: one(it)) for it in (SMALL, args.large)})
    small, large = found[SMALL], found[args.large]
    return Row(
        "growth", f"{work}, on {args.large}", milliseconds(large.median), f"on {SMALL}",
        milliseconds(small.median), large.over(small), Aim("<=", 1.2, "world"), size=args.large,
    )
