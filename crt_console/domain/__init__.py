"""What the room talks about, as plain values: incidents, units, commands, entries, the board."""
