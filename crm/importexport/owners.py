"""To whom imported rows belong: to the person named in the row, else to whoever imports them."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.policy import allows


def owner_for(noun, given, by):
    """The owner of a new record; naming somebody else needs the right to assign. What the house itself brings belongs to nobody."""
    if given is None:
        return None if by.is_system else by
    if given.pk != by.pk and not allows(by, f"{noun}.assign"):
        raise Invalid(_("You may not bring in records for other people."), field="owner", code="owner_not_allowed")
    return given


def together(rows, create_many, **options):
    """Call a bulk verb that asks for the owner of each row by `owner_of`; the rows carry theirs under `owner`."""
    owners = iter([row["owner"] for row in rows])
    bare = [{name: value for name, value in row.items() if name != "owner"} for row in rows]
    return create_many(bare, owner_of=lambda _values: next(owners), **options)


def change(record, values, *, update, assign, by):
    """Change a record, and give it to another person where the row names one."""
    owner = values.pop("owner", None)
    record = update(record, values, by=by) if values else record
    if owner is not None and owner.pk != record.owner_id:
        record = assign([record], to=owner, by=by)[0]
    return record
