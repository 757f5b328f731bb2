"""Which versions of the peers are measured, from the files that pin them."""

import json
import re
import tomllib

from servers.postgres import binaries

from .machine import output
from .paths import PEERS


def versions():
    """All of them, as one line."""
    lock = tomllib.loads((PEERS / "Cargo.lock").read_text())
    crates = {it["name"]: it["version"] for it in lock["package"]}
    npm = json.loads((PEERS / "postgraphile" / "package.json").read_text())["dependencies"]
    pins = (PEERS / "datasette" / "requirements.txt").read_text()
    python = dict(re.findall(r"^([\w-]+)==(.+)$", pins, re.MULTILINE))
    said = {
        "async-graphql": crates["async-graphql"],
        "PostGraphile": f"{npm['postgraphile']} on Node.js {npm['node']} and {postgresql()}",
        "Datasette": f"{python['datasette']} with datasette-graphql {python['datasette-graphql']}",
        "UmaDB": crates["umadb-core"],
        "cqrs-es": f"{crates['cqrs-es']} with postgres-es {crates['postgres-es']}",
        "sled": crates["sled"], "redb": crates["redb"], "fjall": crates["fjall"],
    }
    return ", ".join(f"{name} {version}" for name, version in said.items())


def postgresql():
    program = binaries() / "postgres"
    if not program.exists():
        return "PostgreSQL"
    return "PostgreSQL " + re.search(r"[\d.]+", output([program, "--version"])).group()
