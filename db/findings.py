"""What a check has to say about a room's file."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """Something that a person should know about the file: what is wrong, and what to do."""

    code: str
    sentence: str
    """With {named} places, in English, marked for translation."""
    values: dict[str, object] = field(default_factory=dict)
    serious: bool = True
    """Whether something is wrong; otherwise it is good to know."""
