"""Django's database sessions, with the account beside them and the key stored as a hash."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from .models import Account, Session, hash_of_key


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Any:
        key, self._session_key = self._session_key, hash_of_key(self.session_key or "")
        try:
            return super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        finally:
            if self._session_key is not None:
                self._session_key = key

    def exists(self, session_key: str) -> bool:
        return super().exists(hash_of_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.session_key = hash_of_key(row.session_key)
        known = Session.objects.filter(pk=row.pk).first()
        account = Account.objects.filter(pk=data[SESSION_KEY]).first() if SESSION_KEY in data else None
        row.account = account
        row.account_epoch = account.session_epoch if account else 0
        row.device = data.get("device", "")
        if known:
            row.created_at, row.last_seen_at = known.created_at, known.last_seen_at
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=hash_of_key(key)).delete()
