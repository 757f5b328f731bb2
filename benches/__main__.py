"""Measures Chancery beside what people would use instead, and beside the limits of the machine:
`python3 benches --size town`. Everything that it needs is installed and built first; everything
that it makes is below target/bench. Load goes to the loopback address only, and is bounded."""

import argparse
import signal
import sys
import traceback
from datetime import timedelta
from subprocess import SubprocessError
from time import monotonic

from measure import machine, report
from measure.paths import clear
from measure.setup import ALL, set_up
from measure.table import SIZES
from works import asked, bulk, dials, durable, growth, guards, live, whole

WORKS = {
    "durable": durable, "bulk": bulk, "whole": whole, "asked": asked, "guards": guards,
    "dials": dials, "growth": growth, "live": live,
}


def main():
    args = arguments()
    if args.report:
        report.write(in_order(report.kept()))
        return
    # Asked to end, it ends the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("error: told to end; nothing of this work is kept"))
    set_up(args.peers)
    if "live" in args.works:
        live.set_up()
    failed = [name for name in args.works if not measured(name, args)]
    done = {name: it for name, it in report.kept().items() if name in args.works and name not in failed}
    print(report.text(in_order(done)))
    if failed:
        sys.exit(f"error: not measured: {', '.join(failed)}; what they said is above")


def measured(name, args):
    """Measures one work and keeps its results. One that fails keeps nobody from measuring the others."""
    start, before = monotonic(), machine.busy()
    try:
        rows = list(WORKS[name].rows(args))
    except (RuntimeError, OSError, SubprocessError):
        traceback.print_exc()
        return False
    finally:
        clear()
    busy = max(before, machine.busy())
    sizes = args.size if args.large == args.size else f"{args.size} and {args.large}"
    rounds = f"{args.rounds} rounds of {args.seconds} s"
    report.keep(name, f"{machine.circumstances()}; {sizes}, {rounds}", busy, rows)
    print(f"{name}: {timedelta(seconds=round(monotonic() - start))}", file=sys.stderr)
    return True


def in_order(results):
    """The results in the order of the works, whenever each was measured."""
    return {name: results[name] for name in WORKS if name in results}


def arguments():
    parser = argparse.ArgumentParser(prog="benches", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="town", help="the register that is measured")
    parser.add_argument(
        "--large", choices=SIZES,
        help="the one that is recorded, replayed and verified whole, and that shows growth; the same if not said",
    )
    parser.add_argument("--rounds", type=positive, default=5)
    parser.add_argument("--seconds", type=positive, default=2, help="how long one load lasts")
    parser.add_argument("--works", nargs="+", choices=WORKS, default=list(WORKS), metavar="WORK")
    parser.add_argument("--peers", nargs="*", choices=ALL, default=ALL, metavar="PEER")
    parser.add_argument("--report", action="store_true", help="only write down what was measured last")
    args = parser.parse_args()
    args.large = args.large or args.size
    return args


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is none; give 1 or more")
    return number


if __name__ == "__main__":
    main()
