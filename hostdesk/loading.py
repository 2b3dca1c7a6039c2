"""Modules, loaded in a sixth less of the time of a count."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """What is loaded meanwhile lives as long as the program: it is never looked through for what can go."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
