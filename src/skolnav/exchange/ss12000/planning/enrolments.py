"""Where pupils go to school."""

from skolnav.exchange.ss12000.entities import Enrolment, Person

from .changes import Existing, Ref, Wanted
from .context import Context

LIST = "enrolments"


def plan_enrolments(context: Context) -> None:
    wanted = [
        row
        for person in context.reading.persons.rows.values()
        if person.id not in context.deceased
        for enrolment in person.enrolments
        if (row := _wanted(context, person, enrolment))
    ]
    existing = []
    for row in context.snapshot.enrolments:
        pupil, unit = context.person_id(row.pupil_id), context.unit_ref(row.school_id).id
        existing.append(
            Existing(
                LIST, row.pk, pupil, (pupil, unit, row.school_type),
                f"{context.name_of(pupil)}, {context.unit_name(unit)}", {"school_year": row.school_year},
                [Ref.to("persons", pupil), Ref.to("organisations", unit)],
                row.valid_from, row.valid_until, context.is_running(row), context.is_local(row),
            )
        )  # fmt: skip
    context.compare(LIST, wanted, existing, is_kept=lambda row: _is_kept(context, row))


def _wanted(context: Context, person: Person, enrolment: Enrolment) -> Wanted | None:
    unit = context.place(
        "persons", person.id, context.tree.unit_of(enrolment.organisation), "enrolments.enroledAt"
    )
    if unit is None:
        return None
    return Wanted(
        LIST,
        person.id,
        (person.id, unit, enrolment.school_type),
        f"{context.name_of(person.id)}, {context.unit_name(unit)}",
        {} if enrolment.school_year is None else {"school_year": enrolment.school_year},
        {
            "pupil": Ref.to("persons", person.id),
            "school": Ref.to("organisations", unit),
            "school_type": enrolment.school_type,
        },
        enrolment.period,
    )


def _is_kept(context: Context, row: Existing) -> bool:
    person = context.reading.persons.rows.get(row.id)
    return (
        context.reading.persons.may_hold(row.id)
        or context.reading.organisations.may_hold(row.key[1])
        or ("persons", row.id) in context.uncertain
        or (person is not None and LIST in person.unreadable)
    )
