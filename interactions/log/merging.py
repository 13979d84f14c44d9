"""What becomes of what was said and promised when companies or people are merged."""

from django.db.models import Max

from customers.companies import services as companies
from customers.contacts import lastcontact as contacts
from customers.merging.kinds import followers
from customers.merging.relations import moves
from interactions.followups.abouts import abouts
from interactions.followups.models import FollowUp
from interactions.followups.nextsteps import settle_company
from interactions.log.models import Interaction

RESET = {"companies": ("company", companies.reset_contact), "contacts": ("contact", contacts.reset_contact)}

for _model in (Interaction, FollowUp):
    moves(_model, "company", "what was said and promised to one of them was said to the customer", counted=True)
    moves(_model, "contact", "the person it was said to is the one that stays", counted=True)
    moves(_model, "about_id", "what was said and promised to one lead was said to the one that stays", by_kind="about_kind", nouns=abouts, counted=True)


def follow(kind, ids, event):
    """Let the records show when they were last spoken to, and companies what comes next."""
    if kind.noun not in RESET:
        return
    column, reset = RESET[kind.noun]
    rows = Interaction.objects.live().filter(**{f"{column}__in": ids}).order_by()
    latest = dict(rows.values_list(column).annotate(Max("at")))
    for pk in ids:
        reset(pk, at=latest.get(pk))
        if kind.noun == "companies":
            settle_company(pk)


followers.add("interactions", follow)
