"""pendulum without the parser that it keeps for a last resort: `from db.light_pendulum import pendulum`.

pendulum imports `dateutil.parser` for `parse(…, strict=False)` alone, which nothing here uses. That
takes 16 of pendulum's 40 ms of processor time and 2.4 of its 5 MB (x86, Python 3.11), so it is put off
until somebody looks into it; everything else of dateutil is as ever. This can go once pendulum imports
it where it needs it.
"""

import sys
from contextlib import suppress
from importlib.util import LazyLoader, find_spec, module_from_spec

__all__ = ["pendulum"]


def _put_off(package: str, name: str) -> None:
    """Load this module when something in it is first asked for; where that cannot be, load it as always."""
    module_name = f"{package}.{name}"
    with suppress(ImportError, TypeError):  # it has gone, or its loader cannot wait
        spec = find_spec(module_name)
        if module_name in sys.modules or spec is None or spec.loader is None:
            return
        spec.loader = LazyLoader(spec.loader)
        module = module_from_spec(spec)
        sys.modules[module_name] = module
        spec.loader.exec_module(module)
        # `from package import name` takes it from here; finding it in sys.modules would load it.
        setattr(sys.modules[package], name, module)


_put_off("dateutil", "parser")

import pendulum  # noqa: E402 - it must not come first
