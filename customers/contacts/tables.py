"""The columns and orders of contacts."""

from collections import defaultdict

from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.core.keyset import Sort
from crm.web import components, formats
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from customers.companies import options, regions
from customers.companies.tables import LONG_AGO, ago_cell, completeness_cell
from customers.contacts.models import ContactPoint
from customers.contacts.policies import PHONES
from customers.contacts.ways import best

Kind = ContactPoint.Kind

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_NAME = Sort("name", _("Name A to Z"), "sort_key", label_reversed=_("Name Z to A"))
BY_CONTACT = Sort("contact", _("Longest without contact"), "last_contact_at", sentinel=LONG_AGO, label_reversed=_("Latest contact first"))
BY_COMPLETENESS = Sort("completeness", _("Least complete first"), "completeness", label_reversed=_("Most complete first"))


def name_cell(row, page):
    """The name; whoever has left the company is marked."""
    return format_html("{} {}", row.name, components.status("mute", gettext("Has left"))) if row.has_left else row.name


def company_cell(row, page):
    """The company, which opens."""
    return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company) if row.company_id else None


def points_of(rows, actor):
    """The ways to reach all people of a page: one query, whatever the columns."""
    found = defaultdict(list)
    for point in ContactPoint.objects.filter(contact__in=[row.pk for row in rows]):
        found[point.contact_id].append(point)
    return found


def way_cell(name, kinds):
    """The main number or address of some kinds, masked where the reader may not see it whole."""

    def cell(row, page):
        way = best(page.loaded[name][row.pk], page.actor, kinds)
        return way and way.text

    return cell


def checked_cell(row, page):
    """Whether somebody made sure of one of the ways, and whether that was long ago."""
    valid = [point for point in page.loaded["verified"][row.pk] if point.state == ContactPoint.State.VALID]
    if not valid:
        return None
    latest = max(valid, key=lambda point: point.verified_at)
    tone = "warn" if latest.is_stale else "ok"
    return components.alarm(tone, formats.day(latest.verified_at), "clock-exclamation" if latest.is_stale else "circle-check")


TABLE = Table(
    noun="contacts",
    row_url=lambda row: f"/customers/contacts/{row.pk}/",
    sorts=[BY_CHANGE, BY_NAME, BY_CONTACT, BY_COMPLETENESS],
    columns=[
        Column("name", pgettext_lazy("person", "Name"), name_cell, value=lambda row: row.name, sort=BY_NAME, main=True, phone="p1", position=1),
        Column("company", _("Company"), company_cell, value=lambda row: str(row.company or ""), phone="p2", position=10),
        Column("position", _("Position"), text_cell("position"), phone="p3", position=20),
        Column("decision_role", _("Role in the decision"), choice_cell("decision_role"), value=lambda row: row.get_decision_role_display(), position=30),
        Column("phone", _("Phone"), way_cell("phone", PHONES), guarded="contacts.phone", load=points_of, phone="p4", position=40),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=50),
        Column("last_contact", _("Last contact"), ago_cell("last_contact_at"), value=lambda row: row.last_contact_at, sort=BY_CONTACT, position=60),
        Column("completeness", _("Completeness"), completeness_cell, value=lambda row: row.completeness, sort=BY_COMPLETENESS, position=70),
        Column("email", _("E-mail"), way_cell("email", (Kind.EMAIL,)), guarded="contacts.email", load=points_of, shown=False),
        Column("wechat", _("WeChat"), way_cell("wechat", (Kind.WECHAT,)), guarded="contacts.wechat", load=points_of, shown=False),
        Column("verified", _("Verified on"), checked_cell, load=points_of, shown=False),
        Column("department", _("Department"), text_cell("department"), shown=False),
        Column("gender", _("Gender"), choice_cell("gender"), shown=False),
        Column("birthday", _("Birthday"), lambda row, page: formats.day(row.birthday) if row.birthday else None, value=lambda row: row.birthday, shown=False),
        Column("region", _("Region"), lambda row, page: regions.words(row.region) or None, shown=False),
        Column("source", _("Source"), lambda row, page: options.labels("source").get(row.source), shown=False),
        Column("interests", _("Interests"), lambda row, page: "、".join(row.interests) or None, shown=False),
        Column("tags", _("Tags"), lambda row, page: "、".join(row.tags) or None, shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, shown=False),
    ],
)
