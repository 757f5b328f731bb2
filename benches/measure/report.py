"""What was measured last, kept so that the works can be measured at different times, and written
down for everybody to read."""

import json
import tomllib
from collections import Counter

from .machine import QUIET
from .paths import BENCHES, MADE, WORKSPACE
from .table import NO, NONE, SMALLER, YES, markdown
from .versions import versions

RESULTS = MADE / "results.json"
DOCUMENT = WORKSPACE / "docs" / "benchmarks.md"
WHERE = BENCHES / "where.toml"
UNKNOWN = "It has not been looked into yet."


def keep(work, circumstances, busy, rows):
    """Keeps the results of a work in place of those that it had."""
    lines = [{"topic": it.topic, "cells": it.cells(), "met": it.met} for it in rows]
    results = kept() | {work: {"circumstances": circumstances, "busy": busy, "rows": lines}}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False))


def kept():
    """All that was kept, by work."""
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def text(results):
    """The table with what it needs to be judged by."""
    rows = [row for result in results.values() for row in result["rows"]]
    parts = [summary(rows), "", markdown([row["cells"] for row in rows]), "", *when(results)]
    missed = {}
    for row in rows:
        if row["met"] == NO:
            missed.setdefault(row["topic"], []).append(row["cells"])
    if missed:
        where = tomllib.loads(WHERE.read_text())
        parts += ["", "What is not met, and where its time goes:", ""]
        parts += [unmet(cells, where.get(topic, UNKNOWN)) for topic, cells in missed.items()]
    return "\n".join(parts)


def summary(rows):
    """How many of the aims are met."""
    met = Counter(row["met"] for row in rows if row["met"] != NONE)
    parts = [f"Of {met.total()} aims: {met[YES]} met"]
    if met[SMALLER]:
        parts.append(f"{met[SMALLER]} met on a smaller register than the aim is set for, {SMALLER}")
    if met[NO]:
        parts.append(f"{met[NO]} not met, {NO}")
    return "; ".join(parts) + "."


def unmet(cells, where):
    """A line on what is not met: the works with their figures, and where their time goes."""
    works = {}
    for work, _, beside, figure, *_ in cells:
        works.setdefault(work, []).append(f"{figure} ({beside.split(':')[0]})")
    said = "; ".join(f"*{work}*: {', '.join(figures)}" for work, figures in works.items())
    return f"- {said}. {where}"


def when(results):
    """The circumstances, each with the works that were measured in them."""
    works = {}
    for work, result in results.items():
        others = f"{work} ({result['busy']:.0%} of the machine was used by others)"
        works.setdefault(result["circumstances"], []).append(others)
    for said, measured in works.items():
        yield f"Measured on {said}: {', '.join(measured)}."
        yield ""
    yield f"Beside {versions()}."
    if any(result["busy"] > QUIET for result in results.values()):
        yield ""
        yield (
            "**The machine was not quiet.** What is compared was measured in turns, so the ratios say"
            " something; the rates and times are worse than they would be."
        )


def write(results):
    """Writes the document: what stands before its first table stays."""
    head, mark, _ = DOCUMENT.read_text().partition(MARK)
    DOCUMENT.write_text(f"{head}{mark}\n\n{text(results)}\n")


MARK = "<!-- Written by `just bench-report`. -->"
