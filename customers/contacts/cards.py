"""Contacts as cards for a telephone: only what the person reads whole goes along."""

from crm.core.masking import shown
from crm.importexport.vcardout import Card, CardMaker
from customers.contacts.models import Contact, ContactPoint

Kind = ContactPoint.Kind
WAYS = {
    Kind.MOBILE: "mobile", Kind.LANDLINE: "phone", Kind.PHONE: "phone", Kind.EMAIL: "email", Kind.WECHAT: "wechat", Kind.QQ: "qq",
}  # fmt: skip


def cards(rows, by):
    """The cards of these contacts, in their order."""
    return [_card(contact, by) for contact in rows]


def _card(contact, by):
    def whole(name, value):
        return value if value and shown(by, f"contacts.{name}", value, record=contact) == value else None

    points = [(WAYS[point.kind], point.value) for point in contact.points.all() if point.kind in WAYS]
    return Card(
        name=contact.name,
        company=whole("company", str(contact.company or "")) or "",
        department=whole("department", contact.department) or "",
        position=whole("position", contact.position) or "",
        ways=tuple((name, value) for name, value in points if whole(name, value)),
        birthday=whole("birthday", contact.birthday),
        gender=whole("gender", contact.gender) or "",
        notes=whole("notes", contact.notes) or "",
        tags=tuple(whole("tags", contact.tags) or ()),
        uid=whole("external_id", contact.external_id) or "",
    )


MAKER = CardMaker(Contact, cards, related=("company",), prefetch=("points",))
