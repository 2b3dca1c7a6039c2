"""Stories of the room first, then what must always hold."""
