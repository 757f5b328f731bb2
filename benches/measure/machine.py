"""When and where something was measured, and how quiet it was there."""

import os
import platform
import subprocess
import time
from datetime import date

from .paths import WORKSPACE

# A machine that does more than this beside is not quiet.
QUIET = 0.05


def circumstances():
    """The day, the commit, the machine."""
    git = ["git", "-C", str(WORKSPACE)]
    commit = output([*git, "rev-parse", "--short=12", "HEAD"])
    changed = " with changes that are not committed" if output([*git, "status", "--porcelain"]) else ""
    return f"{date.today()}, commit {commit}{changed}, {machine()}"


def machine():
    with open("/proc/cpuinfo") as text:
        names = (it.split(":", 1)[1].strip() for it in text if it.startswith("model name"))
        model = next(names, platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB, Linux {platform.release()}"


def busy(seconds=3):
    """What share of the machine others use while nothing is measured: 0.2 is a fifth."""
    before = times()
    time.sleep(seconds)
    spent, idle = (after - earlier for after, earlier in zip(times(), before))
    return spent / max(spent + idle, 1)


def times():
    """The time that the processors spent, and the time that they were idle."""
    with open("/proc/stat") as text:
        fields = [int(it) for it in text.readline().split()[1:9]]
    idle = fields[3] + fields[4]
    return sum(fields) - idle, idle


def output(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
