"""Races, kills and stops with real processes; each is a command of its own (README)."""
