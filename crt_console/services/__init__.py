"""One short function per command: it decides on fresh rows, under the head lock."""
