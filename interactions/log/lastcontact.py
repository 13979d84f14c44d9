"""When people, companies, leads and opportunities were last spoken to, kept by every verb that touches an interaction."""

from django.db.models import Max

from customers.companies import services as companies
from customers.contacts import lastcontact as contacts
from interactions.followups import abouts
from interactions.log.models import Interaction


def note(interaction, about, found):
    """Tell everybody it concerns about a new contact, child before company, as all verbs lock."""
    if about is not None:
        abouts.of(about).contacted(about, at=interaction.at, outcome=interaction.outcome, event=found)
    if interaction.contact_id:
        contacts.note_contact(interaction.contact_id, at=interaction.at)
    if interaction.company_id:
        companies.note_contact(interaction.company_id, at=interaction.at)


def recount(interaction):
    """After a correction: whoever it concerns was last spoken to at the latest interaction that is left."""
    about = abouts.record_of(interaction)
    if about is not None:
        abouts.of(about).last_contact(about, at=latest(about_kind=interaction.about_kind_id, about_id=about.pk))
    if interaction.contact_id:
        contacts.reset_contact(interaction.contact_id, at=latest(contact=interaction.contact_id))
    if interaction.company_id:
        companies.reset_contact(interaction.company_id, at=latest(company=interaction.company_id))


def latest(**where):
    """The time of the latest interaction of these, or None."""
    return Interaction.objects.live().filter(**where).aggregate(at=Max("at"))["at"]
