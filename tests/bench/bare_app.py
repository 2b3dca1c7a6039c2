"""The least that a Textual app with the desk's shape can be: what the desk is measured against."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Digits, Footer, Header


class BareApp(App[None]):
    """A header, a number, a table of 20 rows, the stock footer, and a key that adds one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("plus", "add_one", "Add one", key_display="+")]

    def compose(self) -> ComposeResult:
        """The four widgets."""
        yield Header()
        yield Digits("0")
        yield DataTable()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        self.count = 0
        table = self.query_one(DataTable)
        table.add_columns("Time", "What", "Persons")
        table.add_rows((f"{10 + row // 4}:{row % 4 * 15:02}", "arrival", row) for row in range(20))

    def action_add_one(self) -> None:
        """One more."""
        self.count += 1
        self.query_one(Digits).update(str(self.count))


if __name__ == "__main__":
    BareApp().run()
