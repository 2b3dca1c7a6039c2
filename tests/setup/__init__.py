"""The first run: a machine without a room."""
