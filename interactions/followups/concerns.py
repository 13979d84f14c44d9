"""Whom an interaction or a follow-up concerns: a company, a person there, a lead or an opportunity."""

from django.utils.translation import gettext_lazy as _

from crm.activity.spine import kind_of
from interactions.followups import abouts

FIELDS = ("company", "contact", "about")


def check(values, problems, by):
    """Complete `company`, `contact` and `about` of the values; note what is missing, out of reach or at odds."""
    about, contact = values.get("about"), values.get("contact")
    if about is not None:
        abouts.of(about).refuse(about)
        values["company"] = about.company
        contact = values["contact"] = contact or (about.contact if about.company else None)
    if contact is not None and values.get("company") is None and about is None:
        values["company"] = contact.company
    if not any(values.get(field) for field in FIELDS):
        problems.add("company", _("Choose the company, the person or the lead this is about."))
    elif not _in_reach(about or values.get("company") or contact, by):
        problems.add("about" if about else "company", _("There is no such record in your reach."))
    if contact is not None and contact.company_id != (values["company"].pk if values["company"] else None):
        problems.add("contact", _("%(person)s does not belong to this company.") % {"person": contact})


def place(row, values):
    """Put a new row where it belongs: under the company, or under the lead, whose owner and team it then carries."""
    about, company = values.get("about"), values.get("company")
    row.company, row.contact = company, values.get("contact")
    if about is not None:
        row.about_kind, row.about_id = kind_of(about), about.pk
    holder = company or about
    if holder is not None:
        row.co_owner_id, row.co_team_id = holder.owner_id, holder.team_id


def _in_reach(record, by):
    return type(record).objects.visible_to(by).filter(pk=record.pk).exists()
