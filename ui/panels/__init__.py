"""The panels of the windows: each draws from the desk and acts through it."""
