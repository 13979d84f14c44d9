"""The columns and orders of companies."""

from datetime import UTC, datetime

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from crm.core import clock
from crm.core.keyset import Sort
from crm.core.phones import mask
from crm.web import components, formats
from crm.web.tables import Column, Table, choice_cell, person_cell, text_cell
from customers.companies import options, regions
from customers.companies.models import Step

LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)

BY_CHANGE = Sort("updated", _("Last changed first"), "updated_at", descending=True)
BY_NAME = Sort("name", _("Name A to Z"), "sort_key", label_reversed=_("Name Z to A"))
BY_CONTACT = Sort("contact", _("Longest without contact"), "last_contact_at", sentinel=LONG_AGO, label_reversed=_("Latest contact first"))
BY_COMPLETENESS = Sort("completeness", _("Least complete first"), "completeness", label_reversed=_("Most complete first"))
BY_BIRTH = Sort("created", _("Oldest first"), "created_at", label_reversed=_("Newest first"))


def step_cell(row, page):
    """How far the company has come, as squares and words."""
    return page.once(("step", row.step), lambda: components.chain(row.step, str(Step(row.step).label)))


def option_cell(field, name):
    """The words of an option in the reader's language."""
    return lambda row, page: page.once(("option", name), lambda: options.labels(name)).get(getattr(row, field))


def ago_cell(field):
    """How long ago, or never."""
    return lambda row, page: formats.ago(getattr(row, field)) if getattr(row, field) else None


def completeness_cell(row, page):
    """How much of the data is filled in."""
    return components.bar_cell(row.completeness)


def next_step_cell(row, page):
    """When and what comes next, red once that has passed; where nothing does, the way to plan it."""
    if row.next_step_at is None:
        return plan_link(row, page) if page.actor.may("followups.create") else None
    if row.next_step_at < clock.now():
        return format_html("{} {}", components.alarm("bad", formats.overdue(row.next_step_at), "clock-stop"), row.next_step)
    return f"{formats.day(row.next_step_at)} {row.next_step}"


def plan_link(row, page):
    """The link that plans the next step with a company."""
    return format_html('<a class="km-plan" href="/followups/new/?company={}">{}</a>', row.pk, page.once("plan", lambda: pgettext("next step", "Plan")))


def phone_cell(row, page):
    """The switchboard, masked where the reader may not see it whole."""
    if not row.phone:
        return None
    return mask(row.phone) if page.hides("companies.phone") else formats.phone(row.phone)


TABLE = Table(
    noun="companies",
    row_url=lambda row: f"/customers/companies/{row.pk}/",
    sorts=[BY_CHANGE, BY_NAME, BY_CONTACT, BY_COMPLETENESS, BY_BIRTH],
    columns=[
        Column("name", _("Company"), text_cell("name"), sort=BY_NAME, main=True, phone="p1", position=1),
        Column("step", _("Chain"), step_cell, value=lambda row: row.get_step_display(), phone="p2", position=10),
        Column("owner", _("Owner"), person_cell(), value=lambda row: str(row.owner or ""), position=20),
        Column("industry", _("Industry"), option_cell("industry", "industry"), edit="industry", shown=False, position=25),
        Column("region", _("Region"), lambda row, page: regions.words(row.region) or None, shown=False, position=28),
        Column("last_contact", _("Last contact"), ago_cell("last_contact_at"), value=lambda row: row.last_contact_at, sort=BY_CONTACT, phone="p3", position=60),
        Column("next_step", _("Next step"), next_step_cell, phone="p4", position=70),
        Column("completeness", _("Completeness"), completeness_cell, value=lambda row: row.completeness, sort=BY_COMPLETENESS, numeric=True, position=90),
        Column("short_name", _("Short name"), text_cell("short_name"), shown=False),
        Column("credit_code", _("Credit code"), text_cell("credit_code", "companies.credit_code"), guarded="companies.credit_code", shown=False),
        Column("size", _("Size"), option_cell("size", "size"), edit="size", shown=False),
        Column("employees", _("Employees"), text_cell("employees"), numeric=True, shown=False),
        Column("source", _("Source"), option_cell("source", "source"), edit="source", shown=False),
        Column("grade", _("Grade"), choice_cell("grade"), edit="grade", shown=False),
        Column("phone", _("Switchboard"), phone_cell, guarded="companies.phone", shown=False),
        Column("website", _("Website"), text_cell("website"), shown=False),
        Column("tags", _("Tags"), lambda row, page: "、".join(row.tags) or None, edit="tags", shown=False),
        Column("team", _("Team"), lambda row, page: str(row.team) if row.team_id else None, shown=False),
        Column("created", _("Created"), lambda row, page: formats.day(row.created_at), value=lambda row: row.created_at, sort=BY_BIRTH, shown=False),
    ],
)
