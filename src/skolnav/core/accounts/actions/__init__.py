"""What is done to accounts. Each is one transaction: rule, write, audit, and the mail that tells of it."""

from .contact import confirm_contact, verify_email
from .creating import create_account
from .cutting import cut_sessions, end_other_sessions, end_session
from .issuing import CannotIssue, Issued, IssuedLetters, issue_credential, issue_many
from .language import choose_language
from .names import UsernameTaken, change_username
from .passwords import (
    SamePassword,
    WrongPassword,
    change_password,
    request_new_password,
    set_first_password,
    set_password,
    set_password_by_link,
)

__all__ = [
    "CannotIssue",
    "Issued",
    "IssuedLetters",
    "SamePassword",
    "UsernameTaken",
    "WrongPassword",
    "change_password",
    "change_username",
    "choose_language",
    "confirm_contact",
    "create_account",
    "cut_sessions",
    "end_other_sessions",
    "end_session",
    "issue_credential",
    "issue_many",
    "request_new_password",
    "set_first_password",
    "set_password",
    "set_password_by_link",
    "verify_email",
]
