"""The poster as one HTML file: nothing else is loaded, and any browser prints it on one A4 page."""

import unicodedata
from html import escape

from db.week import Week
from hostdesk.reports import sheet as sheets
from hostdesk.reports.sheet import Entry, Row, Sheet, Style

_WIDTHS = {
    **dict.fromkeys(" .,:;'!|iljt/I·", 0.3),
    **dict.fromkeys("frs()[]-", 0.4),
    **dict.fromkeys("ckvxyzJ", 0.52),
    **dict.fromkeys("mwMW@%—", 0.98),
}
_USUAL, _CAPITAL, _SQUARE = 0.57, 0.75, 1.3
"""How wide letters are, in sizes: those of the fonts named below, and a little more."""

_STYLE = """\
@page { size: A4 portrait; margin: 0 }
* { box-sizing: border-box; margin: 0; padding: 0 }
html { background: #888 }
body { width: 210mm; height: 296.5mm; margin: 0 auto; padding: 15mm; overflow: hidden; background: #fff;
  color: #000; display: flex; flex-direction: column;
  font-family: Helvetica, Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif }
h1 { font-size: %(name_size).2fpt; line-height: 1.15; white-space: nowrap }
header { height: %(heading).0fpt; flex: none }
header p { font-size: 17pt; margin-top: 4pt; display: flex; justify-content: space-between }
ol { list-style: none }
main { flex: 1; min-height: 0; display: flex; flex-direction: column; font-size: %(size).1fpt;
  line-height: %(leading)s }
section { flex: 1 0 auto; display: flex; align-items: center; border-top: 1.2pt solid #000;
  padding: %(padding)sem 0 }
section:first-child { border-top-width: 3pt }
section:last-child { border-bottom: 1.2pt solid #000 }
section.shut { flex: 0.4 0 auto; color: #444 }
h2 { flex: none; width: %(day_column)sem; font-size: 1em; align-self: flex-start; line-height: inherit }
h2 b { display: block; font-size: %(day_size)sem; line-height: inherit }
h2 span, .hours, .more { font-size: %(small_size)sem; font-weight: normal }
section > div { flex: 1; min-width: 0; align-self: flex-start }
li { display: flex; overflow-wrap: anywhere }
time { flex: none; width: %(time_column)sem; font-weight: bold; font-variant-numeric: tabular-nums }
.place { color: #444 }
s { text-decoration-thickness: 0.08em }
footer { flex: none; height: %(footing).0fpt; padding-top: 9pt; font-size: 12pt; text-align: center;
  white-space: nowrap; overflow: hidden }
@media print { html { background: none } }
"""


def of(week: Week) -> bytes:
    """The page."""
    sheet = sheets.fitted(sheets.of(week), _width)
    style = _STYLE % {
        "name_size": sheet.name_size,
        "heading": sheets.HEADING,
        "size": sheet.size,
        "leading": sheets.LEADING,
        "padding": sheets.PADDING,
        "day_column": sheets.DAY_COLUMN,
        "day_size": sheets.DAY_SIZE,
        "small_size": sheets.SMALL_SIZE,
        "time_column": sheets.TIME_COLUMN,
        "footing": sheets.FOOTING,
    }
    return _page(sheet, style).encode()


def _page(sheet: Sheet, style: str) -> str:
    days = "\n".join(map(_day, sheet.rows))
    footer = f"<footer>{_text(sheet.footing)}</footer>\n" if sheet.footing else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{escape(sheet.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(sheet.name)} – {escape(sheet.week)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<header><h1>{_text(sheet.name)}</h1>\n"
        f"<p><b>{escape(sheet.week)}</b> <span>{escape(sheet.stretch)}</span></p></header>\n"
        f"<main>\n{days}\n</main>\n{footer}</body>\n</html>\n"
    )


def _day(row: Row) -> str:
    compact = row.shut and not row.entries
    date = "" if compact else f"<span>{escape(row.date)}</span>"
    entries = "".join(f"\n<li>{_entry(entry)}</li>" for entry in row.entries)
    listed = f"\n<ol>{entries}\n</ol>" if entries else ""
    more = f'\n<p class="more">{escape(row.more)}</p>' if row.more else ""
    return (
        f"<section{' class=shut' if compact else ''}><h2><b>{escape(row.name)}</b>{date}</h2>\n"
        f'<div><p class="hours">{_text(row.hours)}</p>{listed}{more}</div></section>'
    )


def _entry(entry: Entry) -> str:
    title, times = _text(entry.title), escape(entry.times)
    if entry.cancelled:
        title, times = f"<s>{title}</s>", f"<s>{times}</s>"
    place = f' <span class="place">· {_text(entry.place)}</span>' if entry.place else ""
    cancelled = f" <b>{escape(entry.cancelled)}</b>" if entry.cancelled else ""
    return f"<time>{times}</time><span>{title}{place}{cancelled}</span>"


def _text(text: str) -> str:
    """A text from people: it is no markup, and runs its own way without turning the rest round."""
    return f"<bdi>{escape(text)}</bdi>"


def _width(text: str, style: Style) -> float:
    """About how wide a text is, in sizes: which of the fonts a browser takes is not known here."""
    return sum(map(_letter, text)) * (1.06 if style is Style.BOLD else 1.0)


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _SQUARE
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    return _CAPITAL if letter.isupper() else _USUAL
