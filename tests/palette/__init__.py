"""The palette: everything one can do, by its name."""
