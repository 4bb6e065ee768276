"""Triage guidance as pure functions over a city's protocol pack and the fixed floor."""
