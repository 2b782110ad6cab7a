"""What is valid on a day. Dates are inclusive at both ends, as in SS 12000; days are Stockholm's."""

from datetime import date

from django.db.models import CheckConstraint, F, Q


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose `valid_from`..`valid_until` holds the day; `prefix` reaches over a relation ("duty__")."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gte": day})
    return begun & not_over


def runs_forward(name: str) -> CheckConstraint:
    """The constraint that a validity does not end before the day before it starts."""
    return CheckConstraint(
        condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name=f"{name}_runs_forward"
    )
