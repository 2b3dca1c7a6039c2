"""The roster: who is on when, how a shift starts and how it is closed."""
