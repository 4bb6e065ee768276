"""Calls coming in from elsewhere: past ones imported or replayed, present ones received."""
