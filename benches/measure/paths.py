"""Where things are: the workspace, what was built, what is made for the benchmarks."""

import subprocess
from pathlib import Path

BENCHES = Path(__file__).parent.parent
WORKSPACE = BENCHES.parent
RELEASE = WORKSPACE / "target" / "release"
PEERS = BENCHES / "peers"
PEERS_RELEASE = PEERS / "target" / "release"

CHANCERY = RELEASE / "chancery"
WORLD = RELEASE / "chancery-world"
MEASURE = RELEASE / "chancery-measure"

# Everything that is made: below target, so it is never committed.
MADE = WORKSPACE / "target" / "bench"

# What is made for one run.
RUNS = MADE / "runs"

# Datasette's environment.
DATASETTE_FOLDER = MADE / "datasette"
DATASETTE = DATASETTE_FOLDER / "bin" / "datasette"


def clear():
    """Removes what the runs left."""
    subprocess.run(["rm", "-rf", RUNS], check=True)


def fresh(name):
    """A folder below `MADE` that does not exist yet."""
    path = RUNS / name
    subprocess.run(["rm", "-rf", path], check=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def copy(register, name):
    """A copy of a register, to be written to."""
    path = fresh(name)
    subprocess.run(["cp", "-a", register, path], check=True)
    return path
