"""What stands in the way of a record on its way back from the bin, in sentences, and the way round it where there is one."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.bin import acts
from crm.bin.waysback import ways_back

# The ways round: come back without a value, leave a child where it is, give it to somebody else.
WITHOUT, LEAVE, OWNER = "without", "leave", "owner"


@dataclass(frozen=True)
class Obstacle:
    """One conflict: a code for programs, a sentence for people, the field it is about and the `way` round it, if there is one.

    `choice` is what is named in `without` to go that way; `url` leads to the record that is in the way. What does not
    hinder is only told.
    """

    code: str
    sentence: str
    field: str = ""
    way: str = ""
    choice: str = ""
    url: str = ""
    hinders: bool = True

    def is_met(self, without, owner) -> bool:
        """Whether the person has chosen the way round."""
        return owner is not None if self.way == OWNER else bool(self.choice) and self.choice in without

    def plain(self) -> dict:
        """The same for a program."""
        return {name: str(getattr(self, name)) for name in ("code", "sentence", "field", "way", "choice")}

    @property
    def words(self):
        """What the choice is called on the page."""
        return {WITHOUT: _("Restore without this value"), LEAVE: _("Leave this one in the bin")}.get(self.way, "")


def obstacles(record, by) -> list[Obstacle]:
    """All that this record, and what comes with it, would meet now."""
    return [*_holders(record), *_clashes(record, by), *_owners(record), *_clashes_along(record, by)]


def _holders(record):
    for holder in acts.holders_of(record):
        if holder.deleted_at:
            words = _("%(noun)s %(name)s, to which this belongs, lies in the bin itself. Restore that first; what went in with it comes back with it.")
            facts = {"noun": holder._meta.verbose_name, "name": holder}
            yield Obstacle("holder_in_bin", words % facts, url=acts.page_of(holder))


def _clashes(record, by):
    way = ways_back[record.noun]
    for _row, one in way.clashes([record], by):
        can = one.field in way.values
        yield replace(one, way=WITHOUT, choice=one.field) if can else one


def _owners(record):
    if record.owner_id and not record.owner.is_active:
        yield Obstacle("owner_left", _("%(name)s, whose it was, has left.") % {"name": record.owner}, "owner", OWNER)
    gone = [row for rows in acts.along(record).values() for row in rows if row.owner_id and not row.owner.is_active]
    if gone:
        n = len(gone)
        words = ngettext("%(n)d record that comes back belongs to somebody who has left.", "%(n)d records that come back belong to people who have left.", n)
        yield Obstacle("owners_left", words % {"n": n}, "owner", OWNER)


def _clashes_along(record, by):
    for noun, rows in acts.along(record).items():
        way = ways_back.get(noun)
        for row, one in way.clashes(rows, by) if way else ():
            words = f"{row}: {one.sentence}"
            yield replace(one, sentence=words, way=LEAVE, choice=f"{noun}:{row.pk}")
