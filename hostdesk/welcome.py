"""Whether who came in may still be here: asked again when the room or the keys have changed."""

from contextlib import suppress

from db import connection, roles


class Welcome:
    """Whoever came in; at the desk itself nobody did, and there is nothing to ask."""

    def __init__(self) -> None:
        """They are welcome now, by a key or as an account of their own."""
        roles.stay()
        self._name = roles.came_in()
        self._by_key = False
        self._by_key = bool(self._name) and self._has_key()

    def changed(self) -> int:
        """A number that is another one when the file of keys is."""
        if not self._by_key:
            return 0
        from hostdesk import authorized_keys

        try:
            return authorized_keys.visitors_file().stat().st_mtime_ns
        except OSError:
            return 0

    def assert_stands(self) -> None:
        """Ask again, in the database thread.

        Raises:
            NoLonger: they ended, are something else in the house now, or their key was taken away.
        """
        connection.assert_still_theirs()
        if self._by_key and not self._has_key():
            raise roles.NoLonger(name=self._name)

    def _has_key(self) -> bool:
        """Whether one of our lines lets them in; a file that cannot be read says what it said before."""
        from hostdesk import authorized_keys

        with suppress(PermissionError):
            return authorized_keys.lets_in(authorized_keys.visitors_file(), self._name)
        return self._by_key
