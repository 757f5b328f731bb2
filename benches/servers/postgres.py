"""PostgreSQL, from Debian, with a cluster of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from measure.paths import MADE

from .process import free_port, server

# What it is given beyond its defaults: memory, as every guide to it says first. It syncs as it does
# by default.
SETTINGS = {"shared_buffers": "1GB", "effective_cache_size": "4GB", "max_connections": "100"}


def binaries():
    """The folder of its programs: Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda it: float(it.parent.name))
    return found[-1] if found else Path(shutil.which("initdb") or "initdb").parent


@contextmanager
def postgres():
    """Runs a new cluster until the block ends, and gives its `Databases`."""
    # It refuses to run as root: then the user that its package made runs it, where he may go.
    root = os.geteuid() == 0
    MADE.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="chancery-bench-", dir="/var/tmp" if root else MADE))
    try:
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if root else []
        if root:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "cluster"
        make = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-instructions"]
        subprocess.run(
            [*become, binaries() / "initdb", "--pgdata", data, *make],
            check=True, stdout=subprocess.DEVNULL, cwd=folder,
        )
        port = free_port()
        listen = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
        given = [f"--{name}={value}" for name, value in (SETTINGS | listen).items()]
        command = [*become, binaries() / "postgres", "-D", data, *given]
        # Interrupted, it ends its sessions; by SIGTERM it would wait for them.
        with server(
            command, address=f"http://127.0.0.1:{port}", cwd=folder, ask_to_end=signal.SIGINT
        ):
            yield Databases(port)
    finally:
        shutil.rmtree(folder)


class Databases:
    """The databases of a cluster."""

    def __init__(self, port):
        self.port = port
        # It listens before it takes anybody.
        ready = [binaries() / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
        while subprocess.run(ready).returncode:
            time.sleep(0.1)

    def url(self, name):
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def fresh(self, name, sql):
        """A new database, made by some SQL: its address."""
        self.run("postgres", f"set client_min_messages = warning; drop database if exists {name} with (force)")
        self.run("postgres", f"create database {name}")
        self.run(name, sql)
        return self.url(name)

    def run(self, name, sql):
        command = [binaries() / "psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", self.url(name)]
        subprocess.run(command, input=sql, text=True, check=True, stdout=subprocess.DEVNULL)
