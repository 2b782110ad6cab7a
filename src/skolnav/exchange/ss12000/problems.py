"""What an import could not understand, row by row: never guessed in silence."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Stable codes: other programs sort by them. The sentence for people is in MESSAGES."""

    NOT_AN_OBJECT = "not_an_object"
    MISSING_ID = "missing_id"
    DUPLICATE_ID = "duplicate_id"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    TEXT_TOO_LONG = "text_too_long"
    UNKNOWN_VALUE = "unknown_value"
    INVALID_DATE = "invalid_date"
    IMPLAUSIBLE_DATE = "implausible_date"
    ENDS_BEFORE_START = "ends_before_start"
    INVALID_EMAIL = "invalid_email"
    IDENTITY_NUMBER_CHECKSUM = "identity_number_checksum"
    IDENTITY_NUMBER_INVALID = "identity_number_invalid"
    IDENTITY_NUMBER_NOT_OF_BIRTH_DATE = "identity_number_not_of_birth_date"
    IDENTITY_NUMBER_TAKEN = "identity_number_taken"
    PROTECTED_CONTACT = "protected_contact"
    UNKNOWN_ORGANISATION = "unknown_organisation"
    NO_SCHOOL_UNIT = "no_school_unit"
    SEVERAL_SCHOOL_UNITS = "several_school_units"
    ABOVE_SCHOOLS = "above_schools"
    OTHER_ORGANISER = "other_organiser"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_GUARDIAN = "unknown_guardian"
    OWN_GUARDIAN = "own_guardian"
    UNKNOWN_GROUP = "unknown_group"
    UNKNOWN_DUTY = "unknown_duty"
    UNKNOWN_ACTIVITY = "unknown_activity"
    REPEATED = "repeated"
    DELETED_BUT_LISTED = "deleted_but_listed"
    LOWERING_TAKES_TWO = "lowering_takes_two"
    ENDED_BY_OFFICE = "ended_by_office"
    RESEMBLES_STOPPED_GUARDIAN = "resembles_stopped_guardian"
    RESEMBLES_PROTECTED = "resembles_protected"
    ACROSS_MIDNIGHT = "across_midnight"
    SEVERAL_ROOMS = "several_rooms"
    EXCEPTIONS_LEFT_OUT = "exceptions_left_out"
    KEPT_BY_SCHOOL = "kept_by_school"
    REMOVALS_NEED_ACCEPTANCE = "removals_need_acceptance"


MESSAGES = {
    Reason.NOT_AN_OBJECT: "The row is no object; it is left out.",
    Reason.MISSING_ID: "The row has no usable id; it is left out.",
    Reason.DUPLICATE_ID: "Several rows have this id; the first one counts.",
    Reason.MISSING_FIELD: "{field} is missing.",
    Reason.WRONG_TYPE: "{field} is not of the kind that the standard says; it is left out.",
    Reason.TEXT_TOO_LONG: "{field} is too long; it is left out.",
    Reason.UNKNOWN_VALUE: "{field} has an unknown value: {value}.",
    Reason.INVALID_DATE: "{field} is no date that exists; it is left out.",
    Reason.IMPLAUSIBLE_DATE: "{field} is not plausible: {value}.",
    Reason.ENDS_BEFORE_START: "{field} ends before it starts; it is left out.",
    Reason.INVALID_EMAIL: "{field} is no e-mail address; it is left out.",
    Reason.IDENTITY_NUMBER_CHECKSUM: "The identity number fails its checksum; the person comes in without it.",
    Reason.IDENTITY_NUMBER_INVALID: "The identity number cannot be read ({value}); the person comes in without it.",
    Reason.IDENTITY_NUMBER_NOT_OF_BIRTH_DATE: (
        "The identity number does not go with the birth date; the person comes in without it."
    ),
    Reason.IDENTITY_NUMBER_TAKEN: "Another person has this identity number; the person comes in without it.",
    Reason.PROTECTED_CONTACT: (
        "A person with protected identity, and yet the source has {field}. E-mail comes in, hidden; "
        "address and telephone are left out."
    ),
    Reason.UNKNOWN_ORGANISATION: "{field} names an organisation that does not exist; it is left out.",
    Reason.NO_SCHOOL_UNIT: "{field} names an organisation without a school unit below it; it is left out.",
    Reason.SEVERAL_SCHOOL_UNITS: "{field} names a school with several school units; which, is not said. Left out.",
    Reason.ABOVE_SCHOOLS: "{field} names an organisation above the schools: no right follows from it. Left out.",
    Reason.OTHER_ORGANISER: "The organisation belongs to another organiser than this import is for; left out.",
    Reason.UNKNOWN_PERSON: "{field} names a person who does not exist ({value}); it is left out.",
    Reason.UNKNOWN_GUARDIAN: "The guardian {value} is not among the persons; the relation is left out.",
    Reason.OWN_GUARDIAN: "The person stands as their own guardian; the relation is left out.",
    Reason.UNKNOWN_GROUP: "{field} names a group that does not exist ({value}); it is left out.",
    Reason.UNKNOWN_DUTY: "{field} names a duty that does not exist ({value}); it is left out.",
    Reason.UNKNOWN_ACTIVITY: "{field} names an activity that does not exist ({value}).",
    Reason.REPEATED: "{field} says the same thing several times; it counts once.",
    Reason.DELETED_BUT_LISTED: "The source says both that the row is deleted and that it exists; it is kept.",
    Reason.LOWERING_TAKES_TWO: (
        "The source protects this person less than Skolnav. The protection stands: lowering takes two persons "
        "in the office."
    ),
    Reason.ENDED_BY_OFFICE: (
        "The office has ended the custody of {value}; it stays ended though the source still has it."
    ),
    Reason.RESEMBLES_STOPPED_GUARDIAN: (
        "Somebody of the same name has had their access to this pupil ended or restricted by the office; "
        "the relation of {value} is left out. If they are different people, the office adds it by hand."
    ),
    Reason.RESEMBLES_PROTECTED: (
        "Somebody of the same name and birth date has protected identity here under another id; the person comes "
        "in protected too."
    ),
    Reason.ACROSS_MIDNIGHT: "{field} goes across midnight: no lesson does. It is left out.",
    Reason.SEVERAL_ROOMS: "{field} names several rooms; the first one counts.",
    Reason.EXCEPTIONS_LEFT_OUT: (
        "{field} says that others than usual take part this time. That is not kept; the lesson itself comes in."
    ),
    Reason.KEPT_BY_SCHOOL: (
        "The source no longer has this lesson, but the school has written something on it ({value}); it is kept."
    ),
    Reason.REMOVALS_NEED_ACCEPTANCE: (
        "{value} would be ended, more than {field}. Nothing is written. If it is right, run again with "
        "--accept-removals."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row. It never holds names, numbers or addresses of people."""

    type: str
    id: str
    reason: Reason
    field: str = ""
    value: str = ""

    @property
    def message(self) -> str:
        """The sentence for the operator; English, as all that the command prints."""
        return MESSAGES[self.reason].format(field=self.field, value=self.value)
