"""What all measurements share: processes, load, rounds, the table."""
