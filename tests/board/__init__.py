"""The activity board: its rules, and how people meet them."""
