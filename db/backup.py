"""Copies of the room that can be trusted."""

from pathlib import Path


def before_migration(file: Path) -> None:
    """Keep the room as it was before its tables change."""
    raise NotImplementedError(file)
