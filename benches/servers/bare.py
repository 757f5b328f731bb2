"""A bare async-graphql server over structs in memory, and bytes that are always the same."""

from measure.paths import PEERS_RELEASE

from .process import server


def bare(lists):
    return server([PEERS_RELEASE / "peer-bare", "--lists", lists])
