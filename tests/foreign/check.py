"""Makes a log, takes it down as anybody can over HTTP, changes it in every way that matters, and
asks a verifier that others wrote about each.

    check.py PROGRAM VERIFIER FOLDER
"""

import os
import shutil
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

PROGRAM, VERIFIER, FOLDER = sys.argv[1], sys.argv[2], Path(sys.argv[3])
ORIGIN = "example.org/register"
OLD = 100


def chancery(data, *arguments):
    environment = {**os.environ, "CHANCERY_ORIGIN": ORIGIN}
    done = subprocess.run(
        [PROGRAM, "--data", data, *arguments], capture_output=True, env=environment, check=True
    )
    return done.stdout


def take_down(data, log):
    """The log as it is served, with an earlier checkpoint, a proof of growth and proofs of entries.
    Returns its public key."""
    log.mkdir()
    (log / "old").write_bytes(chancery(data, "checkpoint", "--size", str(OLD)))
    (log / "growth").write_bytes(chancery(data, "consistency", str(OLD)))
    size = int(chancery(data, "checkpoint").split(b"\n")[1])
    for position in (0, 41, 255, 256, size - 1):
        proof = chancery(data, "prove", str(position))
        (log / f"{position}.tlog-proof").write_bytes(proof)
    server = subprocess.Popen(
        [PROGRAM, "--data", data, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE
    )
    try:
        words = server.stdout.readline().decode().split()
        address = next(word for word in words if word.startswith("http://"))
        site = address.removesuffix("/graphql")

        def get(path):
            with urllib.request.urlopen(f"{site}/log/{path}") as answer:
                return answer.read()

        (log / "checkpoint").write_bytes(get("checkpoint"))
        for level, width_at_level in (("0", size), ("1", size // 256), ("entries", size)):
            for number in range(-(-width_at_level // 256)):
                width = min(256, width_at_level - 256 * number)
                partial = "" if width == 256 else f".p/{width}"
                path = log / "tile" / level / f"{number:03}{partial}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(get(path.relative_to(log)))
        return get("key").decode().strip()
    finally:
        server.terminate()
        server.wait(timeout=20)


def entries(bundle):
    found = []
    while bundle:
        (length,) = struct.unpack(">H", bundle[:2])
        found.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return found


def bundle(entries):
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def change_bundle(log, number, change):
    path = log / "tile" / "entries" / f"{number:03}"
    path.write_bytes(bundle(change(entries(path.read_bytes()))))


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def swap(them):
    them[7], them[8] = them[8], them[7]
    return them


def flip_entry(them):
    them[20] = them[20].replace(b'"schema":1', b'"schema":2')
    return them


def judge(name, log, key, accept):
    done = subprocess.run([VERIFIER, str(log), key], capture_output=True, text=True)
    said = done.stdout.strip() or done.stderr.strip()
    print(f"{name}: {said}")
    if done.returncode != (0 if accept else 1):
        sys.exit(f"{name}: the verifier should have {'accepted' if accept else 'refused'} this")


def main():
    data, fork, stranger = (str(FOLDER / name) for name in ("data", "fork", "stranger"))
    chancery(data, "record", "fixtures/ccm", "fixtures/example")
    key = take_down(data, FOLDER / "log")
    judge("the log", FOLDER / "log", key, accept=True)

    # Another history under the same key, whole in itself.
    os.mkdir(fork)
    shutil.copy(Path(data) / "ledger.key", fork)
    chancery(fork, "record", "fixtures/example", "fixtures/ccm")
    take_down(fork, FOLDER / "forked")
    chancery(stranger, "record", "fixtures/example/profile.yaml", "fixtures/ccm")
    other_key = take_down(stranger, FOLDER / "strange")
    assert other_key != key

    refused = 0

    def changed(name, change, key=key):
        nonlocal refused
        log = FOLDER / "changed"
        shutil.rmtree(log, ignore_errors=True)
        shutil.copytree(FOLDER / "log", log)
        change(log)
        judge(name, log, key, accept=False)
        refused += 1

    def copy(name, source, log):
        shutil.copy(FOLDER / source / name, log / name)

    changed("one flipped byte of an entry", lambda log: change_bundle(log, 0, flip_entry))
    changed("one flipped bit of a tile", lambda log: flip(log / "tile/0/000", 3000))
    changed("one flipped bit of a proof", lambda log: flip(log / "41.tlog-proof", 200))
    changed("one flipped bit of the checkpoint", lambda log: flip(log / "checkpoint", 40))
    changed("a swapped pair of events", lambda log: change_bundle(log, 0, swap))
    changed("a dropped last event", lambda log: change_bundle(log, 1, lambda them: them[:-1]))

    def rolled_back(log):
        shutil.copy(log / "checkpoint", log / "old")
        size = int((log / "checkpoint").read_bytes().split(b"\n")[1])
        (log / "checkpoint").write_bytes(chancery(data, "checkpoint", "--size", str(size - 1)))
        # Whole in itself: only whoever kept the later checkpoint can tell.
        for level, shorten in (
            ("0", lambda content: content[:-32]),
            ("entries", lambda content: bundle(entries(content)[:-1])),
        ):
            (path,) = (log / "tile" / level).glob("*.p/*")
            path.with_name(str(int(path.name) - 1)).write_bytes(shorten(path.read_bytes()))
        (log / f"{size - 1}.tlog-proof").unlink()

    changed("a log that lost its last event after it was signed", rolled_back)

    def forked(log):
        shutil.rmtree(log)
        shutil.copytree(FOLDER / "forked", log)
        copy("old", "log", log)

    changed("a forked history", forked)
    changed("a checkpoint of a forked history", lambda log: copy("checkpoint", "forked", log))
    changed("a signature by another key", lambda log: copy("checkpoint", "strange", log))
    changed("the key of another log", lambda log: None, key=other_key)
    print(f"refused {refused} of {refused} changed logs")


main()
