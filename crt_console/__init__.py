"""The console without its window: commands in, changes out."""
