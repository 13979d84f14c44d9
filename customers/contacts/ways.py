"""The ways to reach a person as a reader may see them: masked, hidden, or whole with a link."""

from dataclasses import dataclass
from urllib.parse import quote

from crm.core.masking import HIDDEN, MASKED
from crm.web import formats
from customers.contacts.models import ContactPoint
from customers.contacts.policies import PHONES, guard_of, masked

Kind = ContactPoint.Kind
ICONS = {Kind.EMAIL: "mail", Kind.WECHAT: "brand-wechat", Kind.LINKEDIN: "link", Kind.WEIBO: "world"}


@dataclass(frozen=True)
class Way:
    """One way to reach a person, in words; `url` dials or writes, and is empty where the value is masked."""

    point: ContactPoint
    text: str
    url: str
    is_masked: bool

    @property
    def icon(self):
        """Its drawing."""
        return "phone" if self.point.kind in PHONES else ICONS.get(self.point.kind, "message")

    @property
    def verified_on(self):
        """The day on which somebody checked it, in words."""
        return formats.day(self.point.verified_at)

    @property
    def kind(self):
        """What it is, in words: the label somebody gave it, or its kind."""
        return self.point.label or self.point.get_kind_display()


def ways_of(points, actor) -> list[Way]:
    """All that this person may see at all, main ones of each kind first."""
    order = {kind: place for place, kind in enumerate(Kind.values)}
    seen = (way_of(point, actor) for point in sorted(points, key=lambda point: (not point.is_primary, order[point.kind])))
    return [way for way in seen if way is not None]


def way_of(point, actor) -> Way | None:
    """One point as this person may read it; None when it is hidden."""
    rule = actor.field_rule(guard_of(point.kind))
    if rule == HIDDEN:
        return None
    if rule == MASKED:
        return Way(point, masked(point.kind, point.value), "", True)
    if point.kind in PHONES:
        number, _mark, extension = point.value.partition(";")
        return Way(point, formats.phone(number, extension), f"tel:{point.value.replace(';', ',')}", False)
    url = f"mailto:{quote(point.value, safe='@')}" if point.kind == Kind.EMAIL else ""
    return Way(point, point.value, url, False)


def best(points, actor, kinds) -> Way | None:
    """The first usable way of these kinds, main ones and mobiles first."""
    usable = [point for point in points if point.kind in kinds and point.state != ContactPoint.State.INVALID]
    usable.sort(key=lambda point: (point.kind != Kind.MOBILE, not point.is_primary))
    return way_of(usable[0], actor) if usable else None
