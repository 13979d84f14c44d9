"""What was promised to a company is kept by whoever looks after it next."""

from collections import Counter, defaultdict

from django.db.models import F

from crm.core import clock
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
        team = owner.team_id if owner else None
        FollowUp.objects.filter(pk__in=places).update(owner=owner, team_id=team, updated_at=clock.now(), version=F("version") + 1)
        found.update(places.values())
    return found
