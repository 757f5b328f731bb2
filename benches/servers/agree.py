"""Whether all servers answer a question alike: a peer that finds less would be faster for nothing.
They are compared on the day of the lists that the peers hold. Lists do not say all of the days
before: a State that withdrew and came back stands there once, under its present name."""

import json

from measure.world import LAST_DAY

from .process import post

# Forms that are tried: of other conventions, meetings and States.
TRIED = [0, 4, 11]


def agree(question, servers):
    """Asks all of them and raises where they differ: the bare server gives the same answer, the
    others at least as many items."""
    for number in TRIED:
        answers = {name: answer(question, number, name, it.url) for name, it in servers.items()}
        expected = answers.pop("chancery")
        bare = answers.pop("bare")
        other = difference(without_cursors(expected), without_cursors(bare), "data")
        if other:
            raise RuntimeError(f"{question.name}, form {number}: the bare server differs at {other}")
        for name, it in answers.items():
            if items(it) < items(expected):
                found = f"{name} finds {items(it)} of {items(expected)} items"
                raise RuntimeError(f"{question.name}, form {number}: {found}")


def answer(question, number, name, url):
    request = question.request(number, "chancery" if name == "bare" else name, LAST_DAY)
    body, _ = post(url + request.path, request.body)
    said = json.loads(body)
    if "errors" in said:
        raise RuntimeError(f"{question.name}: {name} answers {said['errors']}")
    return said["data"]


def without_cursors(it):
    """An answer without what each server makes its own way."""
    if isinstance(it, dict):
        return {key: without_cursors(value) for key, value in it.items() if "ursor" not in key}
    return [without_cursors(each) for each in it] if isinstance(it, list) else it


def difference(expected, found, place):
    """The first place at which two answers differ; none if they are the same."""
    if type(expected) is type(found) and isinstance(expected, (dict, list)) and len(expected) == len(found):
        if isinstance(expected, list):
            pairs = [(number, *pair) for number, pair in enumerate(zip(expected, found))]
        else:
            pairs = [(key, it, found.get(key)) for key, it in expected.items()]
        inside = (difference(ours, theirs, f"{place}.{key}") for key, ours, theirs in pairs)
        return next((it for it in inside if it), None)
    return None if expected == found else f"{place}: {str(found)[:200]} for {str(expected)[:200]}"


def items(it):
    """How many items the largest list in an answer has, without conventions in which a State has no part."""
    if isinstance(it, dict):
        return max(map(items, it.values()), default=0)
    return sum(each.get("participant", each) is not None for each in it) if isinstance(it, list) else 0
