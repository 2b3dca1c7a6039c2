"""The report as one HTML file: nothing else is loaded, it prints on A4 and reads on a phone."""

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from db.text import visible
from hostdesk.reports import figures_picture
from hostdesk.words import N_, gettext

if TYPE_CHECKING:
    from hostdesk.reports.figures_document import Cell, Document, Table
    from hostdesk.reports.figures_picture import Picture

_FEW = 3
"""Columns that fit on a phone beside each other."""

_STYLE = """\
@page { size: A4 portrait; margin: 18mm 15mm }
* { box-sizing: border-box }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; background: #fff; color: #000; line-height: 1.4;
  font-family: Helvetica, Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif }
h1 { font-size: 1.7rem; line-height: 1.15; margin: 0 }
h1 span { display: block; font-size: 1.15rem; font-weight: normal; margin-top: .3rem }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .3rem; break-after: avoid }
.gaps { border: 2px solid #000; padding: .6rem 1rem; margin: 1rem 0 }
.gaps h2 { margin: 0 }
table { border-collapse: collapse; width: 100%; font-size: .92rem }
th, td { text-align: left; vertical-align: top; padding: .2rem .5rem; border-bottom: 1px solid #767676 }
th { border-bottom-width: 2px; border-bottom-color: #000 }
tr { break-inside: avoid }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td:first-child { min-width: 9rem; overflow-wrap: anywhere }
.many { table-layout: fixed }
.many :is(th, td) { padding-inline: .3rem; overflow-wrap: anywhere; hyphens: auto }
.many .n { white-space: normal }
.many td.n { overflow-wrap: normal }
.many :is(th, td):nth-child(1) { width: 18% }
.many :is(th, td):nth-child(2) { width: 12% }
.many :is(th, td):nth-child(3) { width: 14% }
.many :is(th, td):nth-child(2n + 4) { width: 13% }
.many :is(th, td):nth-child(2n + 5) { width: 15% }
dt { font-weight: bold; margin-top: .5rem; break-after: avoid }
dd { margin: 0 }
figure { margin: .4rem 0 .8rem; max-width: 34rem; break-inside: avoid }
figcaption { font-size: .92rem }
svg { display: block; width: 100%; height: auto }
svg text { font: 11px Helvetica, Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans", sans-serif }
ul.moments { padding-left: 1.2rem }
@media print {
  html { font-size: 10pt }
  body { padding: 0 }
  table { font-size: 8.5pt }
  th, td { padding: .15rem .3rem }
  figure { max-width: 26rem; break-before: avoid }
}
@media screen and (max-width: 56rem) {
  body { padding: .6rem }
  h1, dt, dd, p, li { overflow-wrap: anywhere }
  th, th.n { white-space: normal; overflow-wrap: anywhere }
  td:first-child { min-width: 0 }
  .many thead { position: absolute; left: -200rem }
  .many tr { display: block; padding: .4rem 0; border-bottom: 1px solid #767676 }
  .many td:nth-child(n) { width: auto }
  .many td { display: block; border: 0; padding: .05rem 0; text-align: left; white-space: normal }
  .many td:first-child { font-weight: bold }
  .many td:not(:first-child)::before { content: attr(data-head) ": " }
  .many td.none { display: none }
}
"""


def of(document: "Document") -> bytes:
    """The page."""
    return ("\n".join(_lines(document)) + "\n").encode()


def _lines(document: "Document") -> Iterator[str]:
    name, title = _text(document.room), _text(document.title)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(document.language)}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(visible(document.room))} – {title}</title><style>\n{_STYLE}</style></head>"
    yield f"<body><header><h1><bdi>{name}</bdi><span>{title}</span></h1>"
    yield f"<p>{_text(document.dated)}</p></header>"
    yield from (f"<p><bdi>{_text(paragraph)}</bdi></p>" for paragraph in document.words)
    if document.gaps:
        items = "".join(f"<li>{_text(sentence)}</li>" for sentence in document.gaps)
        heading = _text(gettext(N_("What is missing")))
        yield f'<section class="gaps"><h2>{heading}</h2><ul>{items}</ul></section>'
    if document.moments:
        said = "".join(f"<li>{_text(day)}: <bdi>{_text(text)}</bdi></li>" for day, text in document.moments)
        heading = _text(gettext(N_("Happy moments")))
        yield f'<section><h2>{heading}</h2><ul class="moments">{said}</ul></section>'
    for table in document.printed:
        yield from _table(table)
    yield f"<section><h2>{_text(gettext(N_('What the figures mean')))}</h2><dl>"
    yield from (f"<dt>{_text(label)}</dt><dd>{_text(meaning)}</dd>" for label, meaning in document.meanings)
    yield "</dl></section></body></html>"


def _table(table: "Table") -> Iterator[str]:
    yield f"<section><h2>{_text(table.title)}</h2>"
    if table.rows:
        numeric = table.numeric
        heads = "".join(
            f'<th scope="col"{_class("n" if is_number else "")}>{_text(head)}</th>'
            for head, is_number in zip(table.heads, numeric, strict=True)
        )
        if picture := figures_picture.of(table):
            yield from _drawn(picture)
        many = len(table.heads) > _FEW
        yield f"<table{_class('many' if many else '')}><thead><tr>{heads}</tr></thead><tbody>"
        yield from (_row(row, table, named=many) for row in table.rows)
        yield "</tbody></table>"
    if table.note:
        yield f"<p>{_text(table.note)}</p>"
    yield "</section>"


def _row(row: "tuple[Cell, ...]", table: "Table", *, named: bool) -> str:
    """A row; on a phone each cell of a wide table has its own line, and says what it is of."""
    cells = "".join(
        f"<td{_class('n' if is_number else '', '' if cell.text else 'none')}"
        f"{_head(head) if named else ''}><bdi>{_amount(cell.text)}</bdi></td>"
        for cell, head, is_number in zip(row, table.heads, table.numeric, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _head(head: str) -> str:
    return f' data-head="{_text(head)}"'


def _class(*names: str) -> str:
    said = " ".join(name for name in names if name)
    return f' class="{said}"' if said else ""


def _drawn(picture: "Picture") -> Iterator[str]:
    """The picture as SVG, in the page itself; its words are read out, and stand below it."""
    size = f"0 0 {figures_picture.WIDTH:g} {picture.height:g}"
    yield f'<figure><svg viewBox="{size}" role="img" aria-label="{_text(picture.says)}">'
    for part in picture.parts:
        match part:
            case figures_picture.Bar(x, y, width, height, filled):
                look = 'fill="#000"' if filled else 'fill="#fff" stroke="#000"'
                yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {look}/>'
            case figures_picture.Line(y):
                yield f'<path d="M34 {y:.1f}H{figures_picture.WIDTH:g}" stroke="#767676" stroke-width=".5"/>'
            case figures_picture.Label(x, y, text, anchor):
                yield f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_text(text)}</text>'
    yield f"</svg><figcaption>{_text(picture.says)}</figcaption></figure>"


def _amount(text: str) -> str:
    """The signs of a number stay with it."""
    return re.sub("([+-])€", r"\1&NoBreak;€", _text(text)).replace("€ ", "€&nbsp;")


def _text(text: str) -> str:
    """A text from people is no markup."""
    return escape(visible(text))
