"""Chancery itself, as it is served; and served while something is recorded."""

from measure.paths import CHANCERY, MEASURE

from .process import server


def chancery(data):
    return server([CHANCERY, "--data", data, "serve", "--listen", "127.0.0.1:0"])


def while_recording(data, each_second):
    return server([MEASURE, "serve", "--data", data, "--appends", each_second])
