"""Load on one server on this machine: bounded in time, sent by wrk."""

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ASK = Path(__file__).with_name("ask.lua")

# What a GraphQL client of today asks for.
ACCEPT = "application/graphql-response+json"


@dataclass(frozen=True)
class Request:
    """One request: a method, a path, and a body that stands on one line."""

    method: str
    path: str
    body: str = ""

    def line(self):
        return f"{self.method}\t{self.path}\t{self.body}\n"

    def said(self):
        """What a GraphQL request says, as an address says it."""
        said = json.loads(self.body)
        return said | {"variables": json.dumps(said["variables"])}


def graphql(query, variables, path="/graphql"):
    return Request("POST", path, json.dumps({"query": query, "variables": variables}))


def load(url, requests, seconds, connections=8, accept=ACCEPT, if_none_match=""):
    """The answers a second, and what they came to; times are in microseconds. Each request is sent
    once before one comes again; a run that had to repeat says so in `again`."""
    host = urlsplit(url).hostname
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError(f"{host} is not this machine; load goes to loopback only")
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as bodies:
        bodies.writelines(it.line() for it in requests)
        bodies.flush()
        env = dict(
            os.environ, WRK_BODIES=bodies.name, WRK_ACCEPT=accept, WRK_IF_NONE_MATCH=if_none_match
        )
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        done = subprocess.run(
            [*command, "-s", str(ASK), url], env=env, capture_output=True, text=True, check=True
        )
    result = next(it for it in done.stdout.splitlines() if it.startswith("RESULT "))
    result = json.loads(result.removeprefix("RESULT "))
    if result["failed"] or not result["requests"]:
        raise RuntimeError(f"{result['failed']} of {result['requests']} requests to {url} failed")
    result["rate"] = result["requests"] / result["microseconds"] * 1e6
    result["again"] = result["requests"] > len(requests)
    return result
