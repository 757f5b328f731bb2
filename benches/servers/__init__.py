"""One file for each server that is asked: how it is set up, started and ended."""
