"""`python -m tests.words.update`: bring the Dutch catalogue in step with the source.

New texts come in empty, translations of texts that are gone go, and the rest stays.
"""

import sys

from tests.words import catalogue, texts


def main() -> int:
    """Write both files; 1 when a text still waits for its translation."""
    merged = catalogue.merge(catalogue.read(), texts.wanted())
    catalogue.PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue.PO.write_bytes(catalogue.po_bytes(merged))
    catalogue.MO.write_bytes(catalogue.mo_bytes(catalogue.read()))
    waiting = [message.id for message in merged if message.id and not _translated(message.string)]
    for msgid in waiting:
        print(f"not translated yet: {msgid!r}")
    print(f"{len(merged)} texts, {len(waiting)} not translated yet: {catalogue.PO}")
    return 1 if waiting else 0


def _translated(string: str | tuple[str, ...] | None) -> bool:
    return bool(string) and all(string)


if __name__ == "__main__":
    sys.exit(main())
