"""A thousand subscribers and one who never reads, as the gateway's own benchmark tells."""

import re
import subprocess

from measure.paths import WORKSPACE
from measure.rounds import interleaved
from measure.setup import build
from measure.table import Aim, Row

BENCH = ["--quiet", "--locked", "--package=chancery-gateway", "--bench=subscribers"]
MILLISECONDS = {"µs": 0.001, "ms": 1, "s": 1000}


def set_up():
    """Builds it before anything is measured."""
    build(*BENCH, folder=WORKSPACE, cargo=["bench", "--no-run"])


def rows(args):
    found = interleaved(args.rounds, {"p99": p99})["p99"]
    yield Row(
        "live", "each event to 1,000 subscribers and one who never reads, 50 commits/s: p99",
        f"{found.median:.1f} ms", "the aim itself", "", found, Aim("<=", 250), unit=" ms",
    )


def p99():
    done = subprocess.run(["cargo", "bench", *BENCH], cwd=WORKSPACE, capture_output=True, text=True)
    found = re.search(r"event to a subscriber: .*p99 ([\d.]+)(µs|ms|s),", done.stdout)
    if done.returncode != 0 or found is None:
        raise RuntimeError(f"the benchmark said: {(done.stdout + done.stderr)[-500:]}")
    return float(found.group(1)) * MILLISECONDS[found.group(2)]
