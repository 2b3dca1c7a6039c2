"""The help: what it says, and that it never blocks the door."""
