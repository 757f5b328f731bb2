"""Recording a whole world: checked, decided, hashed, durable; beside logs that only append."""

from measure.paths import PEERS_RELEASE, fresh
from measure.rounds import interleaved
from measure.table import Aim, Row, rate
from measure.world import events, measure, tool

LOGS = {
    "sled": ("sled, one entry an event, in commits as large", Aim(">=", 3, "nation")),
    "redb": ("redb, one entry an event, in commits as large", None),
    "fjall": ("fjall, one entry an event, in commits as large", None),
    "file": ("a plain file, the same bytes, synced as often", None),
}


def rows(args):
    recorded = []

    def record():
        recorded.append(measure("bulk", args.large, "--data", fresh("bulk")))
        return each_second(recorded[-1])

    def append(log):
        # As many commits as Chancery makes: what a commit costs is the same for all.
        last = recorded[-1]
        commit = max(1, round(last["events"] / last["commits"]))
        asked = ["--events", events(args.large), "--data", fresh(log), "--commit", commit]
        return each_second(tool(PEERS_RELEASE / "peer-logs", log, *asked))

    works = {"chancery": record}
    if "logs" in args.peers:
        works |= {log: (lambda log=log: append(log)) for log in LOGS}
    found = interleaved(args.rounds, works)
    ours, work = found["chancery"], f"bulk recording of {args.large}, full path"
    yield Row(
        "bulk", work, rate(ours.median, " events/s"), "the aim itself", "", ours,
        Aim(">=", 100_000, "nation"), unit=" events/s", size=args.large,
    )
    for log, (says, aim) in LOGS.items():
        if log in found:
            yield Row(
                "bulk", work, rate(ours.median, " events/s"), says,
                rate(found[log].median, " events/s"), ours.over(found[log]), aim, size=args.large,
            )


def each_second(result):
    return result["events"] / result["time"] * 1e6
