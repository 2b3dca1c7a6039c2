"""Our two looks. Text reaches 7:1 against what is behind it and controls 3:1; a test computes it."""

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#5fb8a8",
    secondary="#7f8f9a",
    accent="#ffc857",
    warning="#ffb454",
    error="#ff9d91",
    success="#8fd19e",
    foreground="#eceae4",
    background="#12171c",
    surface="#12171c",
    panel="#222a32",
    dark=True,
    variables={"text-muted": "#b6c0c8"},
)

LIGHT = Theme(
    name="light",
    primary="#1d6f62",
    secondary="#6b767e",
    accent="#7a3600",
    warning="#8a2c00",
    error="#8c1010",
    success="#155724",
    foreground="#1a1f24",
    background="#fbf8f1",
    surface="#fbf8f1",
    panel="#e9e4d8",
    dark=False,
    variables={"text-muted": "#3d444b"},
)

THEMES = (DARK, LIGHT)
