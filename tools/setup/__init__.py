"""Installs what the rest needs, and asks what became of it."""
