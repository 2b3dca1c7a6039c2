"""How the program ends: at once, after saving, or with one sentence."""
