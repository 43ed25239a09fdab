"""Editions to artifacts. A package without names of its own: who makes a web page does not load the layout engine."""
