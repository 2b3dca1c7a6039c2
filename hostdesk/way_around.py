"""Where else one can go: the screens that have a key of their own, the same one everywhere."""

from hostdesk import whose_keys
from hostdesk.commands import keys
from hostdesk.widgets.lines import Line, Span, line
from hostdesk.words import company, gettext


def other_screens(here: str, along: int = 0) -> Line:
    """The keys of the other screens, for a line on which nothing needs saying.

    Args:
        here: the name of the screen that stands.
        along: how many look along at other screens; the help says who.
    """
    spans: list[Span] = []
    for screen in keys.SCREENS:
        if screen.name != here and whose_keys.may("app", screen.name):
            goes = f"app.{screen.name}"
            name = gettext(screen.label)
            spans += [Span(screen.key_face, "key", goes), Span(f" {name}", "quiet", goes), Span("  ")]
    if along:
        spans.append(Span(company.mark(along), "quiet", "app.help"))
    return line(*spans)
