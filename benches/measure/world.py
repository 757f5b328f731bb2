"""The register that is measured, made once for each size, and its lists for the peers."""

import json
import shutil
import subprocess

from .machine import output
from .paths import CHANCERY, MADE, MEASURE, WORKSPACE, WORLD, fresh

# The day on which the peers' lists are made: the world's last.
LAST_DAY = "2025-12-31"

LISTS = ["conventions", "participants", "decisions", "budgets", "contributions"]


def register(size):
    """The folder of a register of a size."""
    path = made(size)
    if not path.exists():
        clear_older()
        making = fresh(f"making-{size}")
        run(WORLD, size, "--data", making)
        path.parent.mkdir(parents=True, exist_ok=True)
        making.rename(path)
    return path


def events(size):
    """Its events as a file, one canonical JSON a line."""
    path = made(f"{size}.events")
    if not path.exists():
        making = path.with_suffix(".making")
        measure("events", "--data", register(size), "--to", making)
        making.rename(path)
    return path


def lists(size):
    """Its lists as a folder of JSON Lines: what the peers hold."""
    folder = made(f"{size}.lists")
    folder.mkdir(parents=True, exist_ok=True)
    for name in LISTS:
        path = folder / f"{name}.jsonl"
        if not path.exists():
            export = ["export", name, "--jsonl", "--as-at", LAST_DAY]
            path.write_text(run(CHANCERY, "--data", register(size), *export))
    return folder


def made(name):
    """Where something of a world is: apart for each version of the code, which may store otherwise."""
    source = ["git", "-C", str(WORKSPACE), "rev-parse", "--short=12", "HEAD:crates"]
    return MADE / "worlds" / output(source) / name


def clear_older():
    """Removes the worlds that other versions of the code made."""
    for path in (MADE / "worlds").glob("*"):
        if path != made(""):
            shutil.rmtree(path)


def measure(work, *arguments):
    """Has `chancery-measure` do one work, in a process of its own, and gives what it tells. Times are
    in microseconds."""
    return tool(MEASURE, work, *arguments)


def tool(program, *arguments):
    """Runs a program that measures something and tells it as its last line."""
    return json.loads(run(program, *arguments).splitlines()[-1])


def run(program, *arguments):
    command = [program, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
