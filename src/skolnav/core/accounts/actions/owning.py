"""The actor's own account."""

from skolnav.core.accounts.models import Account
from skolnav.core.tenancy.viewer import Viewer


def own_account(actor: Viewer, *, to_change: bool = False) -> Account:
    """The account that the actor is logged in with; `to_change` locks its row until the transaction ends.

    Raises Account.DoesNotExist for a viewer of a job, who has none.
    """
    accounts = Account.objects.select_for_update() if to_change else Account.objects.all()
    return accounts.get(person_id=actor.person_id)
