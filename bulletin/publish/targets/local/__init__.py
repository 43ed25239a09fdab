"""This machine's disk, and what is mounted on it."""
