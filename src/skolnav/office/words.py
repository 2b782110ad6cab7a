"""What the office calls roles, years, reasons and deeds."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.people.models import AssignmentRole, Duty
from skolnav.core.people.models.protection import SecurityMarking

# A text, or one that is said in the language of whoever reads the page.
if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Label = str | _StrPromise
else:
    Label = str

ROLES: dict[str, Label] = {
    Duty.Role.TEACHER: gettext_lazy("Lärare"),
    Duty.Role.PRINCIPAL: gettext_lazy("Rektor"),
    Duty.Role.EDUCARE_STAFF: gettext_lazy("Fritidspersonal"),
    Duty.Role.ADMINISTRATOR: gettext_lazy("Skoladministratör"),
    Duty.Role.SUBSTITUTE: gettext_lazy("Vikarie"),
    Duty.Role.OTHER: gettext_lazy("Annan personal"),
}
ASSIGNMENTS: dict[str, Label] = {
    AssignmentRole.Kind.MENTOR: gettext_lazy("mentor"),
    AssignmentRole.Kind.TEACHER: gettext_lazy("undervisar"),
    AssignmentRole.Kind.EDUCARE: gettext_lazy("fritids"),
    AssignmentRole.Kind.OTHER: gettext_lazy("annat"),
}
CUSTODY_END_REASONS: dict[str, Label] = {
    "court": gettext_lazy("Dom eller beslut av domstol"),
    "agreement": gettext_lazy("Avtal som socialnämnden godkänt"),
    "deceased": gettext_lazy("Vårdnadshavaren har avlidit"),
    "mistake": gettext_lazy("Uppgiften var fel"),
    "other": gettext_lazy("Annat skäl"),
}
RESTRICTION_REASONS: dict[str, Label] = {
    "contact_ban": gettext_lazy("Kontaktförbud"),
    "secret_address": gettext_lazy("Barnet har hemlig adress"),
    "authority": gettext_lazy("Beslut av socialnämnd eller domstol"),
    "other": gettext_lazy("Annat skäl"),
}
MARKINGS: dict[str, Label] = {
    SecurityMarking.CONFIDENTIALITY: gettext_lazy("Sekretessmarkering"),
    SecurityMarking.PROTECTED_REGISTRATION: gettext_lazy("Skyddad folkbokföring"),
}
FIELDS: dict[str, Label] = {
    "given_name": gettext_lazy("Förnamn"),
    "family_name": gettext_lazy("Efternamn"),
    "birth_date": gettext_lazy("Födelsedatum"),
    "identity_number": gettext_lazy("Personnummer"),
    "email": gettext_lazy("E-post"),
    "mobile": gettext_lazy("Mobil"),
    "phone": gettext_lazy("Telefon"),
    "street_address": gettext_lazy("Gatuadress"),
    "postal_code": gettext_lazy("Postnummer"),
    "locality": gettext_lazy("Ort"),
    "sex": gettext_lazy("Kön"),
    "is_active": gettext_lazy("Aktiv"),
}


def year_name(year: int | None) -> str:
    """ "årskurs 5", "förskoleklass"; empty where the year is not known."""
    if year is None:
        return ""
    return _("förskoleklass") if year == 0 else _("årskurs %(year)s") % {"year": year}


def isolated(name: str) -> str:
    """A name inside a sentence: an Arabic one then turns itself about, and not the sentence."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
