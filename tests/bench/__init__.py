"""The design's budgets, measured in a real terminal side by side with a bare Textual app.

`python -m tests.bench` prints a table and exits 1 when a budget is missed. One module in `rows` is
one row of the table; the list is in `rows/__init__.py`.
"""
