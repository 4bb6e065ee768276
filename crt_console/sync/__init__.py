"""Keeping up with the room: the journal followed, the link judged, dues raised."""
