"""The six questions of a dashboard: never asked before, beside other servers; asked again, beside
bytes that are always the same."""

from contextlib import ExitStack
from functools import partial
from urllib.parse import urlencode
from urllib.request import Request as HttpRequest, urlopen

from measure.fresh import Fresh
from measure.load import ACCEPT, Request, load
from measure.paths import copy
from measure.questions import question, questions
from measure.rounds import interleaved
from measure.table import Aim, Row, rate
from measure.world import lists, register
from servers.agree import agree
from servers.bare import bare
from servers.chancery import chancery, while_recording
from servers.datasette import datasette
from servers.postgraphile import postgraphile

# By peer how to run it, what it is called, and the aim for an answer of a size.
PEERS = {
    "bare": (bare, "bare async-graphql over memory", lambda size: 1.5 if size < 1_000 else 3),
    "postgraphile": (postgraphile, "PostGraphile on PostgreSQL", lambda _: 15),
    "datasette": (datasette, "Datasette on SQLite", lambda _: 100),
}


def rows(args):
    with ExitStack() as stack:
        held = lists(args.size)
        servers = {"chancery": stack.enter_context(chancery(copy(register(args.size), "asked")))}
        # The bare server is there in any case: it gives the static answers, too.
        for name in ["bare", *(it for it in PEERS if it in args.peers and it != "bare")]:
            servers[name] = stack.enter_context(PEERS[name][0](held))
        for asked in questions():
            agree(asked, servers)
            yield from one(args, asked, servers)
    yield from written(args)


def one(args, asked, servers):
    url, still = servers["chancery"].url, servers["bare"].url
    again, by_get = asked.request(0), get(asked)
    answer, tag = get_once(url + by_get.path)
    size = len(answer)
    works = {name: partial(fresh(asked, name, it.url).rate, args.seconds) for name, it in servers.items()}
    static = [Request("GET", f"/static/{size}")]
    found = interleaved(args.rounds, works | {
        "warm": lambda: load(url, [again], args.seconds)["rate"],
        "static": lambda: load(still, static, args.seconds)["rate"],
        "unchanged": lambda: load(url, [by_get], args.seconds, if_none_match=tag)["rate"],
    })

    def row(topic, work, ours, beside, theirs, aim):
        ratio = found[ours].over(found[theirs])
        return Row(topic, work, rate(found[ours].median), beside, rate(found[theirs].median), ratio, aim)

    says = f"{asked.says} ({size:,} B)"
    for name, (_, peer, bound) in PEERS.items():
        if name in args.peers:
            aim = Aim(">=", bound(size))
            yield row(asked.name, f"{says}, never asked before", "chancery", peer, name, aim)
    beside = "a static answer of the same size"
    yield row("again", f"{says}, asked again", "warm", beside, "static", Aim(">=", 0.8))
    yield row("unchanged", f"{says}, 304", "unchanged", beside, "static", Aim(">=", 1))


def fresh(asked, name, url):
    """Asks a server a question in forms that nobody asked for before."""
    schema = "chancery" if name == "bare" else name
    return Fresh(url, partial(asked.request, schema=schema))


def get(asked):
    """The question as an address."""
    return Request("GET", f"/graphql?{urlencode(asked.request(0).said())}")


def get_once(url):
    with urlopen(HttpRequest(url, headers={"Accept": ACCEPT}), timeout=120) as answer:
        return answer.read(), answer.headers["ETag"]


def written(args):
    """The same asked again while ten commands a second go to another convention."""
    asked = question("parties")
    request = asked.request(0)
    with ExitStack() as stack:
        data = register(args.size)
        quiet = stack.enter_context(while_recording(copy(data, "quiet"), 0)).url
        busy = stack.enter_context(while_recording(copy(data, "busy"), 10)).url
        found = interleaved(args.rounds, {
            "busy": lambda: load(busy, [request], args.seconds)["rate"],
            "quiet": lambda: load(quiet, [request], args.seconds)["rate"],
        })
    yield Row(
        "written", f"{asked.says}, asked again, with 10 appends/s to another convention",
        rate(found["busy"].median), "the rate without appends", rate(found["quiet"].median),
        found["busy"].over(found["quiet"]), Aim(">=", 0.9),
    )
