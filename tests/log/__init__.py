"""The shift log: what happened, read back by those who come after."""
