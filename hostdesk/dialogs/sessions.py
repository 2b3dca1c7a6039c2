"""Which dialog fills in what about a session."""

from collections.abc import Callable

from db.thread import DatabaseThread
from hostdesk.board_requests import FillIn, Form
from hostdesk.deeds import Deeds
from hostdesk.dialogs.attend import AttendDialog
from hostdesk.dialogs.form import Dialog
from hostdesk.dialogs.lead import LeadDialog
from hostdesk.dialogs.sign_ups import SignUpsDialog
from hostdesk.dialogs.stop import StopDialog
from hostdesk.dialogs.when import AddDialog, MoveDialog


def form(asked: FillIn, database: DatabaseThread, deeds: Deeds, draft: str = "") -> Dialog:
    """The dialog with this form; what was half typed in it is gone on with."""
    forms: dict[Form, Callable[[], Dialog]] = {
        Form.NUMBER: lambda: AttendDialog(database, asked.session, deeds.said, draft),
        Form.STOP: lambda: StopDialog(database, asked.session, asked.following, deeds, draft),
        Form.MOVE: lambda: MoveDialog(database, asked.session, asked.following, deeds, draft),
        Form.SIGN_UPS: lambda: SignUpsDialog(database, asked.session, deeds, draft),
        Form.LEAD: lambda: LeadDialog(database, asked.session, deeds, draft),
        Form.ADD: lambda: AddDialog(database, asked.session, deeds, draft),
    }
    return forms[asked.form]()
