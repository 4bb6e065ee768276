"""Scripts that make what ships or show what it looks like."""
