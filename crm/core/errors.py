"""The few ways in which a verb can refuse. Pages and the API turn them into 403, 409, 422 and 507 in one place each."""

import dataclasses
import errno
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(eq=False)
class Refusal(Exception):
    """A clear answer to the person who asked: a stable code for programs, a sentence for people.

    `message` is a lazy translation, so that everyone reads it in their own language; `field` names the
    input it is about; `facts` holds the numbers and names the sentence speaks of.
    """

    message: object
    code: str = ""
    field: str = ""
    facts: Mapping = dataclasses.field(default_factory=dict)

    status = 400
    default_code = "refused"

    def __post_init__(self):
        self.code = self.code or self.default_code
        super().__init__(self.message)

    def __str__(self):
        return str(self.message)


class NotAllowed(Refusal):
    """The person lacks the right for this."""

    status = 403
    default_code = "not_allowed"


class WrongState(Refusal):
    """The record is not in a state in which this can be done."""

    status = 409
    default_code = "wrong_state"


class Conflict(Refusal):
    """Somebody else was faster, or the same thing exists already."""

    status = 409
    default_code = "conflict"


@dataclass(eq=False)
class Invalid(Refusal):
    """The input cannot be taken; `errors` holds a sentence for each field when there are several."""

    errors: Mapping = dataclasses.field(default_factory=dict)

    status = 422
    default_code = "invalid"

    def __post_init__(self):
        super().__post_init__()
        if not self.errors and self.field:
            self.errors = {self.field: [self.message]}

    @classmethod
    def of(cls, errors):
        """Build one refusal out of a mapping of field name to list of sentences."""
        first = next(iter(errors.items()))
        return cls(message=first[1][0], field=first[0], errors=errors)


class NoRoom(Refusal):
    """There is no room left for what should be saved."""

    status = 507
    default_code = "no_room"


# What PostgreSQL says when a disk is full.
DISK_FULL = "53100"


def no_room_of(error) -> "NoRoom | None":
    """The refusal behind a full disk, be it under the database or under the files."""
    if getattr(error.__cause__, "pgcode", None) == DISK_FULL or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)):
        return NoRoom(no_room())
    return None


def no_room() -> str:
    """What is said to whoever wanted to save something."""
    return _("There is no room left on the disk, so nothing was saved. Tell your administrator, and try again when there is room.")


# Constraints of the database that speak to people: name → (field, sentence). A race that a check could not see
# ends here instead of on an error page.
CONSTRAINTS: dict[str, tuple[str, object, str]] = {}


def explain_constraint(name: str, field: str, message, code="duplicate") -> None:
    """Say in a sentence what it means when the database refuses by this constraint."""
    CONSTRAINTS[name] = (field, message, code)


def conflict_of(error) -> "Conflict | None":
    """The refusal behind a database's integrity error, when the constraint has words."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    if name not in CONSTRAINTS:
        return None
    field, message, code = CONSTRAINTS[name]
    return Conflict(message, code=code, field=field)
