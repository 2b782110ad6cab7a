"""Where the pages put mails about logging in; the worker sends them (see `mailing`)."""

from skolnav.core.tenancy import clock

from .models import Account, WaitingMail


def put(
    kind: WaitingMail.Kind,
    *,
    account: Account | None = None,
    email: str = "",
    typed: str = "",
    language: str = "",
) -> None:
    """Add a mail to be written and sent. Part of the caller's transaction."""
    WaitingMail.objects.create(
        kind=kind,
        account=account,
        email=email,
        typed=typed,
        language=language or (account.language if account else ""),
        next_try_at=clock.now(),
    )
