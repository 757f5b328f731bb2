"""A server as a process: started, waited for, ended by its own id."""

import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    url: str
    pid: int

    def resident(self):
        """The memory that it has now, in bytes."""
        with open(f"/proc/{self.pid}/status") as status:
            line = next(it for it in status if it.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024


@contextmanager
def server(command, *, address=None, patience=600, env=None, cwd=None, ask_to_end=signal.SIGTERM):
    """Runs a server until the block ends. `address` is where it listens; without it the first
    `http://…` that it prints is taken."""
    log = tempfile.TemporaryFile()
    process = subprocess.Popen(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if address is None else subprocess.DEVNULL,
        stderr=log, text=True, env=env, cwd=cwd,
    )
    try:
        listens = told(process) if address is None else wait(process, address, patience)
        if listens is None:
            raise RuntimeError(f"{process.args[0]} does not serve; it said: {end_of(log)}")
        yield Server(listens, process.pid)
    finally:
        process.send_signal(ask_to_end)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def told(process):
    """The address that it prints; none if it ended without."""
    for line in process.stdout:
        found = re.search(r"http://[\w.:\[\]]+", line)
        if found:
            return found.group()
    return None


def wait(process, address, patience):
    """The address, once something listens there; none if it ended, or took too long."""
    host, port = re.fullmatch(r"http://([\w.]+):(\d+)", address).groups()
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
            return address
        except OSError:
            time.sleep(0.1)
    return None


def end_of(log):
    """The last of what it complained about."""
    log.seek(0)
    return log.read().decode(errors="replace")[-500:].strip() or "nothing"


def free_port():
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(url, body):
    """The bytes of one answer, and its headers."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read(), answer.headers
    except urllib.error.HTTPError as refused:
        raise RuntimeError(f"{url} answered {refused.code}: {refused.read(500)!r}") from None
