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
        row.device = data.get("device", "")
        known = Session.objects.filter(pk=row.pk).first()
        if known:
            row.created_at, row.last_seen_at = known.created_at, known.last_seen_at
        if SESSION_KEY in data:
            row.account_id, row.account_epoch = self._whose(int(data[SESSION_KEY]), known)
        return row

    def _whose(self, account_id: int, known: Session | None) -> tuple[int, int]:
        """The account and its epoch at the login: saving a session later must not make it valid anew."""
        if known and known.account_id == account_id:
            return account_id, known.account_epoch
        return account_id, Account.objects.values_list("session_epoch", flat=True).get(pk=account_id)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=hash_of_key(key)).delete()
