"""How people are merged."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.web import formats
from customers.companies import options, regions
from customers.contacts import completeness, services
from customers.contacts.models import Contact, ContactPoint, DecisionRole, Gender
from customers.contacts.ways import way_of
from customers.merging.kinds import ALL, NEWEST, OWN, Choice, Evidence, Kind, followers, kinds
from customers.merging.moving import note
from customers.merging.relations import derived, moves

CHOICES = (
    Choice("name"),
    Choice("company", NEWEST),
    Choice("position", NEWEST),
    Choice("department", NEWEST),
    Choice("decision_role", NEWEST, words=lambda code: str(dict(DecisionRole.choices).get(code, code))),
    Choice("gender", words=lambda code: str(dict(Gender.choices).get(code, code))),
    Choice("birthday", words=formats.day),
    Choice("region", words=regions.words),
    Choice("source", words=lambda code: options.labels("source").get(code, code)),
    Choice("interests", ALL),
    Choice("tags", ALL),
    Choice("notes", ALL),
    Choice("has_left", OWN, words=lambda value: str(_("Yes") if value else _("No"))),
    Choice("external_id"),
)


def _ways(*kinds_of_point):
    def values(records):
        found = {row.pk: set() for row in records}
        for contact, norm in ContactPoint.objects.filter(contact__in=found, kind__in=kinds_of_point).values_list("contact", "norm"):
            found[contact].add(norm)
        return found

    return values


def _one(field):
    return lambda records: {row.pk: {getattr(row, field)} - {"", None} for row in records}


EVIDENCE = (
    Evidence(_("same mobile"), _("different mobiles"), _ways(ContactPoint.Kind.MOBILE)),
    Evidence(_("same e-mail"), _("different e-mails"), _ways(ContactPoint.Kind.EMAIL)),
    Evidence(_("same WeChat"), "", _ways(ContactPoint.Kind.WECHAT)),
    Evidence(_("same name"), _("different names"), _one("sort_key")),
    Evidence(_("same company"), _("different companies"), _one("company_id")),
    Evidence("", _("different owners"), _one("owner_id")),
)


def _ways_of_all(records, by):
    """The numbers and addresses as this person may read them."""
    found = {row.pk: [] for row in records}
    for point in ContactPoint.objects.filter(contact__in=found).order_by("-is_primary", "pk"):
        if (way := way_of(point, by)) is not None:
            found[point.contact_id].append(way.text)
    return _("Ways to reach the person"), found


def _one_main_each(move):
    """The survivor keeps its main number of each kind; where it has none, the first of the others' becomes it."""
    points = list(ContactPoint.objects.filter(contact__in=[move.survivor.pk, *move.others], is_primary=True).order_by("pk"))
    points.sort(key=lambda point: point.contact_id != move.survivor.pk)
    taken, spare = set(), []
    for point in points:
        (spare.append(point.pk) if point.kind in taken else taken.add(point.kind))
    ContactPoint.objects.filter(pk__in=spare).update(is_primary=False)
    note(move.merge, ContactPoint, "is_primary", [(pk, 1, 0) for pk in spare])


def _main_again(merge):
    """What was a main number before is one again, where no other has become it."""
    noted = merge.moves.filter(field="is_primary").values_list("object_id", flat=True)
    for point in ContactPoint.objects.filter(pk__in=list(noted), is_primary=False):
        others = ContactPoint.objects.filter(contact=point.contact_id, kind=point.kind, is_primary=True)
        if point.contact_id in merge.records.values_list("object_id", flat=True) and not others.exists():
            ContactPoint.objects.filter(pk=point.pk).update(is_primary=True)


def _verified(move):
    """What is known of a number's worth is not lost when the survivor has the same one unchecked."""
    known = ContactPoint.objects.filter(contact__in=move.others, verified_at__isnull=False).order_by("verified_at")
    for point in known:
        same = Q(contact=move.survivor.pk, kind=point.kind, norm=point.norm)
        ContactPoint.objects.filter(same).filter(Q(verified_at=None) | Q(verified_at__lt=point.verified_at)).update(
            state=point.state, verified_at=point.verified_at, verified_by=point.verified_by_id
        )


def _prepare(move):
    _one_main_each(move)
    _verified(move)


def _rate(kind, ids, event):
    if kind.model is Contact:
        rows = list(Contact._base_manager.filter(pk__in=ids).prefetch_related("points"))
        for row in rows:
            row.completeness = completeness.score(row, list(row.points.all()))
        Contact._base_manager.bulk_update(rows, ["completeness"])


def _join(survivor, others):
    first = min(row.created_at for row in (survivor, *others))
    if first == survivor.created_at:
        return []
    survivor.created_at = first
    return ["created_at"]


kinds.add(
    "contacts",
    Kind(
        Contact,
        CHOICES,
        update=lambda record, values, by: services.update(record, values, by=by, even_if_known=True),
        url="customers:merging:contacts",
        list_url="customers:contacts:list",
        page_url="customers:contacts:detail",
        title=_("Merge contacts"),
        evidence=EVIDENCE,
        united=(_ways_of_all,),
        related=("owner", "team", "company"),
        prepare=_prepare,
        settle=_main_again,
        join=_join,
        kept=frozenset({"created_at", "last_contact_at", "completeness"}),
    ),
)
followers.add("contacts", _rate)
moves(Contact, "company", "people work for the company that stays", counted=True)
moves(ContactPoint, "contact", "one person is reached by the numbers of all; the same one is kept once", once=("kind", "norm"), counted=True)
derived(ContactPoint, "company", "the switchboards are made anew from the companies")
