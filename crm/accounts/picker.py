"""Choosing a person: to whom something goes, whose rows are shown."""

from django.db.models import Q

from crm.accounts.models import User
from crm.core.rights import nouns
from crm.web.pickers import LIMIT, Picker


def known_to(actor):
    """The colleagues a person may choose from: everybody who works here, or the own team for those who assign nothing."""
    rows = User.objects.filter(is_system=False, is_active=True)
    return rows if any(actor.may(f"{noun.name}.assign") for noun in nouns) else rows.filter(team_id=actor.team_id)


def search(actor, typed):
    """Colleagues by name or user name, those of the own team first when nothing is typed."""
    rows = known_to(actor).select_related("team")
    if not typed:
        own = list(rows.filter(team_id=actor.team_id)[:LIMIT])
        return own or list(rows[:LIMIT])
    return list(rows.filter(Q(name__icontains=typed) | Q(username__istartswith=typed))[:LIMIT])


def get(actor, pk):
    """One of them, or None."""
    return known_to(actor).filter(pk=pk).first()


people = Picker(search, get, hint=lambda row: row.team or "")
