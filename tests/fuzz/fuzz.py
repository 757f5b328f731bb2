"""Schemathesis against the running program, for so many seconds: `python fuzz.py SECONDS`, with the
packages of requirements.txt. CHANCERY names the program, or target/debug/chancery is taken.

Queries and mutations are made from the schema that the server tells, and sent with a key of all
roles. Each answer must come in time, be one of GraphQL over HTTP (hooks.py), and be no 5xx. Then the
server must be as well as before, and its log whole. What fails is printed with its query and the
seed; `python fuzz.py SECONDS --seed NUMBER` sends the like again.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CHANCERY", str(ROOT / "target" / "debug" / "chancery"))
TOOL = pathlib.Path(sys.executable).with_name("schemathesis")

# How long an answer may take, by a program that is built without optimisation, in seconds.
ANSWER_SECONDS = 10
# What the server may come to. The register of the fixtures takes 60 MB, its cache up to 64 MB.
MEMORY_BYTES = 600_000_000
ROLES = ["depositary", "secretariat", "treasurer", "editor"]


def main(seconds, *more):
    with tempfile.TemporaryDirectory(prefix="chancery-fuzz-") as folder:
        data = ["--data", str(pathlib.Path(folder) / "data")]
        for what in ("ccm", "example"):
            chancery(*data, "record", str(ROOT / "fixtures" / what))
        roles = [word for role in ROLES for word in ("--role", role)]
        key = re.search(r"chancery_[0-9a-f]{64}", chancery(*data, "key", "add", "fuzz", *roles))
        log = pathlib.Path(folder) / "log"
        server, site, metrics = serve(data, log)
        try:
            called = command(site, key.group(0), seconds, more)
            # It ends by itself; what it waits for may not.
            tried = subprocess.run(called, env=environment(ids(site)), cwd=folder, timeout=int(seconds) + 120)
            honest(site, key.group(0))
            left = figures(metrics)
        finally:
            server.terminate()
            server.wait(timeout=60)
        print(log_of(log), end="")
        judge(left, log)
        print(chancery(*data, "verify"), end="")
        sys.exit(tried.returncode)


def chancery(*arguments):
    done = subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True)
    return done.stdout + done.stderr


def serve(data, log):
    listen = ["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--log-requests", "false"]
    arguments = [PROGRAM, *data, "serve", *listen]
    with log.open("w") as said:
        server = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=said, text=True)
    site = re.search(r"(http://\S+)/graphql", server.stdout.readline()).group(1)
    metrics = re.search(r"http://\S+", server.stdout.readline()).group(0)
    return server, site, metrics


def command(site, key, seconds, more):
    """Everything is checked by hooks.py: Schemathesis itself takes codes that it does not know for
    mistakes of the server."""
    return [
        TOOL, "run", f"{site}/graphql",
        "--max-time", str(seconds), "--workers", "2", "--continue-on-failure",
        "--checks", "is_graphql_over_http",
        "--request-timeout", str(ANSWER_SECONDS), "--max-response-time", str(ANSWER_SECONDS),
        "--header", f"Authorization: Bearer {key}", "--header", "Accept: application/graphql-response+json",
        "--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", "--no-color", *more,
    ]  # fmt: skip


def environment(ids):
    here = str(pathlib.Path(__file__).parent)
    return {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": here, "CHANCERY_FUZZ_IDS": " ".join(ids)}


def ids(site):
    """Of a few objects of several types."""
    lists = "participants(first: 3) { nodes { id } } history(first: 3) { nodes { id } }"
    told = ask(site, f'{{ convention(id: "ccm") {{ id meeting(id: "7msp") {{ id }} {lists} }} }}')
    return re.findall('"id": "(.*?)"', json.dumps(told))


def ask(site, query, **headers):
    headers = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(f"{site}/graphql", json.dumps({"query": query}).encode(), headers)
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
        told = json.load(answer)
    assert "errors" not in told, told
    return told["data"]


def figures(metrics):
    with urllib.request.urlopen(metrics, timeout=ANSWER_SECONDS) as answer:
        lines = [line.rsplit(" ", 1) for line in answer.read().decode().splitlines() if line[0] != "#"]
    return {name: float(value) for name, value in lines}


def honest(site, key):
    """Whatever was tried before, the server answers, and records."""
    known = ask(site, '{ convention(id: "ccm", asAt: "2017-09-06", atPosition: 400) { status { bound } } }')
    assert known["convention"]["status"]["bound"] == 102, known
    fact = '{ place: { entry: "TUR" }, fact: { acceded: { state: "TUR", on: "2026-03-05" } } }'
    given = f'{{ convention: "ccm", source: "C.N.2.2026", facts: [{fact}] }}'
    done = ask(site, f"mutation {{ record(input: {given}) {{ receipt {{ facts }} }} }}", Authorization=f"Bearer {key}")
    assert done["record"]["receipt"]["facts"] == 1, done


def judge(left, log):
    def total(name, part=""):
        return sum(value for line, value in left.items() if line.startswith(name + "{") and part in line)

    operations = "chancery_graphql_operation_duration_seconds_count"
    asked, failed = total(operations), total("chancery_graphql_errors_total")
    appends = left["chancery_append_duration_seconds_count"]
    memory = left["process_resident_memory_bytes"]
    codes = {re.search('code="(.*?)"', line).group(1) for line in left if "errors_total{" in line}
    print({code: int(total("chancery_graphql_errors_total", f'"{code}"')) for code in sorted(codes)})
    print(f"{asked:.0f} operations, {failed:.0f} of them with errors; {appends:.0f} appends; {memory / 1e6:.0f} MB")
    assert total("chancery_http_requests_total", 'status="5') == 0, "an answer was a 5xx"
    assert total("chancery_graphql_errors_total", '"INTERNAL"') == 0, "a mistake of the program"
    assert left["chancery_views_events"] == left["chancery_log_events"], "the views are behind"
    assert memory < MEMORY_BYTES, "the server has grown"
    # Otherwise all of it was refused, and little was tried.
    assert asked - failed > asked / 20, "hardly anything was answered"
    assert appends > 0, "nothing was recorded"


def log_of(log):
    text = log.read_text()
    assert "panicked" not in text and "ERROR" not in text, text
    return text


if __name__ == "__main__":
    main(*sys.argv[1:])
