"""Where else one can go: the screens that have a key of their own, the same one everywhere."""

from hostdesk import whose_keys
from hostdesk.commands import keys
from hostdesk.widgets.lines import Line, Span, line
from hostdesk.words import gettext


def other_screens(here: str) -> Line:
    """The keys of the other screens, for a line on which nothing needs saying.

    Args:
        here: the name of the screen that stands.
    """
    spans: list[Span] = []
    for screen in keys.SCREENS:
        if screen.name != here and whose_keys.may("app", screen.name):
            goes = f"app.{screen.name}"
            name = gettext(screen.label)
            spans += [Span(screen.key_face, "key", goes), Span(f" {name}", "quiet", goes), Span("  ")]
    return line(*spans)
