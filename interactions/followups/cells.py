"""Cells that lists of interactions and of follow-ups share: whom it concerns, and the way it goes."""

from django.utils.html import format_html

from interactions.followups import naming
from interactions.followups.models import Channel

ICONS = {
    Channel.PHONE: "phone",
    Channel.EMAIL: "mail",
    Channel.MEETING: "users",
    Channel.VISIT: "map-pin",
    Channel.WECHAT: "brand-wechat",
    Channel.SOCIAL: "world",
    Channel.IM: "message",
}


def whom_cell(row, page):
    """The company, else the lead or the person; it opens."""
    if row.company_id:
        return format_html('<a href="/customers/companies/{}/">{}</a>', row.company_id, row.company)
    about = page.loaded["whom"].get((row.about_kind_id, row.about_id))
    if about is not None:
        return format_html('<a href="/deals/{}/{}/">{}</a>', about.noun, about.pk, about)
    return contact_cell(row, page)


def contact_cell(row, page):
    """The person; opens."""
    return format_html('<a href="/customers/contacts/{}/">{}</a>', row.contact_id, row.contact) if row.contact_id else None


load_abouts = naming.abouts_of
