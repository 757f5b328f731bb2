# The tasks that a contributor repeats. `just` lists them; `just check` before every push.

# List the tasks.
default:
    @just --list

# Everything that must hold before a change goes in.
check: fmt-check lint docs test

# Run all tests.
test:
    cargo test --workspace

# Format all code.
fmt:
    cargo fmt --all

# Look whether all code is formatted.
fmt-check:
    cargo fmt --all --check

# Lint all code; a warning is an error.
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# Build the documentation of the code; a warning is an error.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Record the fixtures and serve them at http://127.0.0.1:8017.
demo:
    cargo run --release -- demo

# Write the schemas that the code says into schema/.
schema:
    cargo run -- schema --write

# Write the sample of all settings that the code says into deploy/.
sample:
    cargo run -- settings --sample > deploy/chancery.toml.new
    mv deploy/chancery.toml.new deploy/chancery.toml

# Check the fixtures as recording them would, in an empty data folder; nothing is recorded.
fixtures:
    #!/usr/bin/env bash
    set -euo pipefail
    data=$(mktemp -d)
    trap 'rm -rf "$data"' EXIT
    cargo run -- --data "$data" record --check fixtures/ccm
    cargo run -- coverage fixtures/ccm/records/7msp.yaml --source fixtures/ccm/source/CCM-MSP-2017-12.txt

# Run the tests and take over every changed snapshot; review them with `git diff` afterwards.
snapshots:
    INSTA_UPDATE=always cargo test --package chancery-tests --package chancery-gateway

# Kill the program and damage its files 500 times: never a lost commit or a wrong answer.
faults:
    CHANCERY_FAULTS=full cargo test --package chancery --test it faults -- --nocapture

# Show by its system calls that nothing is acknowledged before it is synced (needs strace).
fsync:
    cargo build
    tests/fsync/run

# Have systemd judge the unit in deploy/, and Prometheus the figures (needs systemd-analyze, strace, curl, Python and promtool).
deploy:
    cargo build
    tests/deploy/run

# Write a register of fictional conventions: village, town, nation or world, into a new folder.
world size data:
    cargo run --release --package chancery-world -- {{size}} --data {{data}}

# Try the gateway with the programs of GraphQL clients (needs Node.js 20, Python 3, R with jsonlite).
clients:
    cargo build
    cd tests/clients && npm ci --silent && npm test

# Ask the questions of docs/queries.md and docs/writing.md again, and write their answers there.
queries:
    CHANCERY_WRITE=1 cargo test --package chancery-gateway --test it documented

# Judge what the changes of the schema since a commit break for clients (needs Node.js 20).
breaking since="HEAD~1":
    cd tests/clients && npm ci --silent && git show {{since}}:schema/schema.graphql | node breaking.js

# Have Go judge a log and its proofs (needs golang-go, golang-golang-x-mod-dev and Python).
foreign:
    cargo build
    tests/foreign/run

# What a proof costs, at a thousand and at a million entries; how soon events reach a thousand subscribers.
bench:
    cargo bench --package chancery-ledger
    cargo bench --package chancery-gateway --bench subscribers

# Measure Chancery beside what people would use instead, and beside the machine: installs and builds what it needs.
bench-peers size="town" *options:
    python3 benches --size {{size}} {{options}}

# Write what `bench-peers` measured last into docs/benchmarks.md.
bench-report:
    python3 benches --report

# Read the exports with Datasette, feedparser, icalendar and csvw (needs Python 3.10 with venv).
readers:
    cargo build
    python3 -m venv target/ci-tools/readers
    target/ci-tools/readers/bin/pip install --quiet --requirement tests/readers/requirements.txt
    cd tests/readers && ../../target/ci-tools/readers/bin/python -m unittest

# Try the gateway with what Schemathesis makes of its schema, for so many seconds (needs Python 3.10 with venv).
fuzz seconds="600":
    cargo build
    python3 -m venv target/ci-tools/fuzz
    target/ci-tools/fuzz/bin/pip install --quiet --requirement tests/fuzz/requirements.txt
    target/ci-tools/fuzz/bin/python tests/fuzz/fuzz.py {{seconds}}

# Check licences, duplicate versions and sources of dependencies (needs cargo-deny).
deny:
    cargo deny check licenses bans sources

# What continuous integration runs.
ci:
    .ci/run
