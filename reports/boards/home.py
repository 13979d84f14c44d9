"""What the first page after signing in holds: for a rep the own day, for a manager the team's; chosen by rights, not by titles."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count

from crm.accounts.models import User
from crm.core import clock
from crm.core.rights import ALL, TEAM, TREE
from crm.web import formats
from customers.companies.models import Company, Step
from deals.contracts.models import Contract
from deals.leads import queue
from deals.opportunities.models import Opportunity
from deals.opportunities.tables import stay_words
from deals.payments.models import Payment
from interactions.followups.models import FollowUp
from interactions.log.models import Interaction
from reports.boards import owed
from reports.funnel import reading
from reports.pipeline import stuck
from reports.slices.amounts import may_read, total
from reports.slices.periods import Period, present
from reports.slices.slices import Slice

ROWS = 6
SOON = timedelta(14)


@dataclass(frozen=True)
class Card:
    """The first rows of a list, how many it has, and where it opens."""

    count: int
    url: str
    rows: list = field(default_factory=list)
    amount: object = None


def leads_a_team(actor) -> bool:
    """Whether the page is that of a manager: whoever may read the figures of others."""
    return actor.reach("reports.view") in (TEAM, TREE, ALL)


def followups(actor) -> Card | None:
    """What I promised for today and did not do before."""
    if not actor.may("followups.view"):
        return None
    rows = FollowUp.objects.live().open().filter(owner=actor).due_before(clock.bounds_of(clock.today())[1])
    shown = list(rows.select_related("company", "contact").order_by("due_at", "pk")[:ROWS])
    for row in shown:
        row.due = formats.overdue(row.due_at)
    return Card(_count(rows, shown), "/followups/?owner=me&today=true", shown)


def leads(actor) -> list[tuple] | None:
    """My queue: the words of each layer and how many leads it holds."""
    return [(queue.LAYERS[layer], count) for layer, count in queue.counts(actor).items()] if actor.may("leads.view") else None


def closing(actor) -> Card | None:
    """My opportunities that should close within two weeks, or should have."""
    if not actor.may("opportunities.view"):
        return None
    last = clock.today() + SOON
    rows = Opportunity.objects.live().running().filter(owner=actor, expected_close__lte=last)
    shown = list(rows.select_related("company", "stage").order_by("expected_close", "pk")[:ROWS])
    asked = {"owner": "me", "state": ["open", "pending_order"], "close_before": last.isoformat()}
    return Card(_count(rows, shown), f"/deals/opportunities/?{urlencode(asked, doseq=True)}", shown)


def stagnant(part: Slice, *, mine=False) -> Card | None:
    """Opportunities past the longest stay of their stage, longest first."""
    if not part.actor.may("opportunities.view"):
        return None
    part = replace(part, owner=part.actor.pk) if mine else part
    shown = list(stuck.first(part, ROWS).select_related("company", "owner", "stage"))
    for row in shown:
        row.stayed = stay_words(row)
    count = len(shown) if len(shown) < ROWS else stuck.whole(part)[0]
    asked = {"stagnant": "true"} | ({"owner": "me"} if mine else part.parameters())
    return Card(count, f"/deals/opportunities/?{urlencode(asked)}", shown)


def overdue(part: Slice) -> Card | None:
    """Instalments that should have been paid, the oldest first, and their sum."""
    if not part.actor.may("instalments.view"):
        return None
    count, amount = owed.before(part, clock.today())
    shown = list(owed.oldest(part, clock.today(), ROWS).select_related("company", "order", "owner"))
    for row in shown:
        row.late = formats.overdue(row.due_on)
    amount = amount if may_read(part.actor, "payments.amount", "orders.amount") else None
    return Card(count, "/deals/payments/instalments/?" + urlencode({"state": "overdue"} | part.parameters()), shown, amount)


def talked_today(part: Slice) -> Card | None:
    """Who kept how many contacts today, the busiest first."""
    if not part.actor.may("interactions.view"):
        return None
    start, end = clock.bounds_of(clock.today())
    rows = part.rows(Interaction).filter(at__gte=start, at__lt=end)
    counts = list(rows.order_by().values_list("owner").annotate(n=Count("pk")).order_by("-n", "owner"))
    people = User.objects.in_bulk([owner for owner, _n in counts[:ROWS] if owner])
    today = {"at_after": clock.today().isoformat(), "at_before": clock.today().isoformat()}
    asked = [(people.get(owner), n, "/interactions/?" + urlencode(today | {"owner": owner or ""})) for owner, n in counts[:ROWS]]
    return Card(sum(n for _owner, n in counts), "/interactions/?" + urlencode(today | part.parameters()), asked)


def standing(part: Slice) -> list[tuple]:
    """Where the customers of my part of the firm stand now: step, who stands there, the list."""
    found = reading.standing(part)
    return [(step, found[step], "/customers/companies/?" + urlencode({"step": int(step)} | part.parameters())) for step in Step]


def my_month(actor) -> list[tuple]:
    """My month so far: new customers, opportunities, what I signed and what came in; name, count, amount, list."""
    month: Period = present("month")
    first, last = clock.bounds_of(month.first)[0], clock.bounds_of(month.last)[1]
    days = {"first": month.first.isoformat(), "last": month.last.isoformat()}
    found = []
    if actor.may("companies.view"):
        rows = Company.objects.live().filter(owner=actor, potential_at__gte=first, potential_at__lt=last)
        found.append(("customers", rows.count(), None, _mine("/customers/companies/", "potential", days)))
    if actor.may("opportunities.view"):
        rows = Opportunity.objects.live().filter(owner=actor, opened_at__gte=first, opened_at__lt=last)
        found.append(("opportunities", *_counted(rows, actor, "opportunities.amount"), _mine("/deals/opportunities/", "opened", days)))
    if actor.may("contracts.view"):
        rows = Contract.objects.live().filter(owner=actor, signed_on__range=(month.first, month.last))
        found.append(("signed", *_counted(rows, actor, "contracts.amount"), _mine("/deals/contracts/", "signed", days)))
    if actor.may("payments.view"):
        rows = Payment.objects.live().moved().filter(owner=actor, received_on__range=(month.first, month.last))
        url = _mine("/deals/payments/", "received", days) + "&kind=receipt&kind=refund"
        found.append(("received", *_counted(rows, actor, "payments.amount"), url))
    return found


def _counted(rows, actor, guarded):
    found = rows.aggregate(count=Count("pk"), sum=total())
    return found["count"], found["sum"] if may_read(actor, guarded) else None


def _mine(path, name, days):
    return f"{path}?" + urlencode({"owner": "me", f"{name}_after": days["first"], f"{name}_before": days["last"]})


def _count(rows, shown):
    """No second question where the first rows are all there are."""
    return len(shown) if len(shown) < ROWS else rows.count()
