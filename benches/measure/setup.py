"""Setting up what is measured, and its peers, from packages: Debian's, Cargo's, npm's and PyPI's."""

import os
import shutil
import subprocess
import sys

from servers.postgres import binaries

from .paths import DATASETTE, DATASETTE_FOLDER, PEERS, WORKSPACE

# Peers that are crates of the workspace in `peers`.
CRATES = ["bare", "logs", "umadb", "cqrs"]

ALL = [*CRATES, "postgraphile", "datasette"]

# By program the Debian packages that bring it.
PROGRAMS = {"wrk": ["wrk"], "initdb": ["postgresql"], "npm": ["nodejs", "npm"]}


def set_up(peers):
    """Installs and builds the program, its tools and the peers that are asked for."""
    need("wrk")
    build("--quiet", "--locked", "--package=chancery", "--package=chancery-world", folder=WORKSPACE)
    crates = [f"--package=peer-{it}" for it in CRATES if it in peers]
    if crates:
        build("--quiet", "--locked", *crates, folder=PEERS)
    if "cqrs" in peers or "postgraphile" in peers:
        need("initdb")
    if "postgraphile" in peers:
        need("npm")
        run("npm", "ci", "--silent", cwd=PEERS / "postgraphile")
    if "datasette" in peers and not DATASETTE.exists():
        run(sys.executable, "-m", "venv", DATASETTE_FOLDER)
        pip = [DATASETTE_FOLDER / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--requirement", PEERS / "datasette" / "requirements.txt")


def build(*what, folder, cargo=("build", "--release")):
    run("cargo", *cargo, *what, cwd=folder)


def need(program):
    """Installs a program unless it is there; Debian keeps those of PostgreSQL off the path."""
    if shutil.which(program) or (binaries() / program).exists():
        return
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    run(*sudo, "apt-get", "update", "--quiet", "--quiet")
    install = ["apt-get", "install", "--quiet", "--quiet", "--yes", "--no-install-recommends"]
    run(*sudo, *install, *PROGRAMS[program])


def run(*command, cwd=None):
    subprocess.run(command, check=True, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sys.stderr)
