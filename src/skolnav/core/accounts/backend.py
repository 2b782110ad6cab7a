"""User name and password, exactly as written (rows 1-login-1 and 6-case-1)."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from .models import Account, as_typed
from .password_queue import check


class ExactPassword(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """The account whose user name and password are exactly these, or None.

        An unknown name costs as much time as a wrong password. Raises `TooBusy` past the queue's bound.
        """
        if username is None or password is None:
            return None
        account = Account.objects.filter(username=as_typed(username)).first()
        return account if check(account, password) and account else None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id).first()
