"""To whom imported rows belong: to the person named in the row, else to whoever imports them."""

from crm.core.errors import Invalid, Refusal
from crm.core.reached import refuse_owner


def owner_for(noun, given, by):
    """The owner of a new record; naming somebody else needs the right to assign. What the house itself brings belongs to nobody."""
    if given is None:
        return None if by.is_system else by
    try:
        refuse_owner(given, by, noun)
    except Refusal as refusal:
        raise Invalid(refusal.message, code=refusal.code, field="owner") from refusal
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
