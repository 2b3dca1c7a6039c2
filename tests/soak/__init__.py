"""A long time at the desk, at speed: `python -m tests.soak`."""
