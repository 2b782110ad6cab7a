"""Organisations: the organiser, its schools, and the school units below them."""

from skolnav.exchange.ss12000.entities import Address, Organisation, OrganisationType
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import Row

from .contact import address_of, email_of

TYPES = {type.value: type for type in OrganisationType}


def parse_organisation(row: Row) -> Organisation | None:
    type = row.choice("organisationType", TYPES)
    name = row.text("displayName", longest=120)
    period = row.period()
    if type is None or not name or period is None:
        if not name:
            row.report(Reason.MISSING_FIELD, "displayName")
        if type is None and row.raw.get("organisationType") is None:
            row.report(Reason.MISSING_FIELD, "organisationType")
        return None
    return Organisation(
        id=row.id,
        name=name,
        type=type,
        parent=row.reference("parentOrganisation") if row.raw.get("parentOrganisation") else None,
        period=period,
        school_unit_code=row.text("schoolUnitCode", longest=8),
        organisation_number=row.text("organisationNumber", longest=13),
        municipality_code=row.text("municipalityCode", longest=4),
        email=email_of(row, "email"),
        phone=row.text("phoneNumber", longest=30),
        website=row.text("url", longest=200),
        address=_address(row),
    )


def _address(row: Row) -> Address | None:
    inner = row.raw.get("address")
    if inner is None:
        return None
    if not isinstance(inner, dict):
        row.report(Reason.WRONG_TYPE, "address")
        return None
    return address_of(Row(row.type, row.id, inner, row.notes, "address"))
