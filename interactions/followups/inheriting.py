"""What was promised to a company is kept by whoever looks after it next."""

from collections import Counter, defaultdict

from django.contrib.auth import get_user_model
from django.db.models import F

from crm.activity.fieldchanges import changed_by
from crm.activity.spine import kind_of
from crm.core import clock
from customers.companies.models import Company
from interactions.followups.models import FollowUp


def pass_on(former, owner):
    """Open follow-ups of the former owners fall to the new one: `former` maps ids of companies to ids of persons.

    Those about contacts and opportunities of the company are among them. Gives back how many there were for each company.
    """
    companies_of = defaultdict(list)
    for company, person in former.items():
        companies_of[person].append(company)
    found = Counter()
    for person, companies in companies_of.items():
        rows = FollowUp.objects.live().open().filter(company_id__in=companies, owner_id=person)
        places = dict(rows.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk", "company_id"))
        _give(places, owner)
        found.update(places.values())
    return found


def give_back(event_id, model, takers, owner, since):
    """A hand-over of companies or leads is undone: what went along returns to whoever had it, if it is still to be done.

    What the one who loses the records planned for them in between falls to their owner, as by every hand-over.
    """
    under = {"company_id__in": takers} if model is Company else {"about_kind": kind_of(model), "about_id__in": takers}
    rows = list(FollowUp.objects.live().open().filter(**under).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    went, homes = changed_by(FollowUp, event_id), defaultdict(list)
    for row in rows:
        former, taker = went.get(row.pk, {}).get("owner_id"), takers[row.company_id if model is Company else row.about_id]
        if former is not None and row.owner_id == former[1]:
            homes[former[0]].append(row.pk)
        elif former is None and row.created_at >= since and row.owner_id == taker:
            homes[owner and owner.pk].append(row.pk)
    people = get_user_model().objects.in_bulk([pk for pk in homes if pk])
    for home, ids in homes.items():
        _give(ids, people.get(home))


def _give(ids, owner):
    FollowUp.objects.filter(pk__in=ids).update(owner=owner, team_id=owner.team_id if owner else None, updated_at=clock.now(), version=F("version") + 1)
