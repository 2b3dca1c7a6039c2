"""The Dutch catalogue: the file that people edit (.po) and the one that the program reads (.mo)."""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from hostdesk.words import CATALOGUES, DOMAIN
from tests.words.texts import MsgId

PO = CATALOGUES / "nl" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")

BEGUN_AT = datetime(2026, 11, 23, tzinfo=UTC)
"""The catalogue's date never changes: who wants to know asks git, and a merge has one conflict less."""

COMMENT = """\
The Dutch words of hostdesk. Fill in the empty texts and run: python -m tests.words.update
"""


def read(file: Path = PO) -> Catalog:
    """The catalogue as it stands; an empty one when there is none."""
    if not file.exists():
        return Catalog(locale="nl", domain=DOMAIN)
    with file.open("rb") as opened:
        return read_po(opened, locale="nl", domain=DOMAIN)


def pairs(message: Message) -> list[tuple[str, str]]:
    """The English and the Dutch text of a message; of a plural, one and many apart."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string or ""))]
    return list(zip(message.id, message.string or ("", ""), strict=True))


def merge(known: Catalog, wanted: dict[MsgId, list[str]]) -> Catalog:
    """The wanted texts with the translations that are known already; what is not wanted goes."""
    merged = Catalog(
        locale="nl",
        domain=DOMAIN,
        project="hostdesk",
        version="1",
        msgid_bugs_address="hostdesk",
        last_translator="hostdesk",
        language_team="Nederlands",
        fuzzy=False,
        header_comment="\n".join(f"# {line}" for line in COMMENT.splitlines()),
        creation_date=BEGUN_AT,
        revision_date=BEGUN_AT,
    )
    for msgid, files in wanted.items():
        message = known.get(msgid if isinstance(msgid, str) else msgid[0])
        string = message.string if message and message.id == msgid else None
        comments = message.user_comments if message else ()
        merged.add(msgid, string, [(file, None) for file in files], user_comments=comments)
    return merged


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file, in the order of its texts."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()
