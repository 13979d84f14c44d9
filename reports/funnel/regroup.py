"""The rows behind the worst number, added up by person, team, industry, source or region: each number opens its list."""

from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.accounts.models import Team, User
from crm.web import formats
from customers.companies import options, regions
from customers.companies.models import Company
from reports.slices.amounts import total

ROWS, OWNER, TEAM, INDUSTRY, SOURCE, REGION = "rows", "owner", "team", "industry", "source", "region"
WAYS = {
    ROWS: pgettext_lazy("rows of a report", "One by one"),
    OWNER: gettext_lazy("By person"),
    TEAM: gettext_lazy("By team"),
    INDUSTRY: gettext_lazy("By industry"),
    SOURCE: gettext_lazy("By source"),
    REGION: gettext_lazy("By region"),
}
SHOWN = 12
# The first two digits of a region name its province.
PROVINCE = 2


@dataclass(frozen=True)
class Group:
    """What has one person, team, industry, source or region in common: its words, number, share and money, and the list of it."""

    label: str
    count: int
    share: float
    amount: str
    url: str


def groups(rows, way, url_of, *, with_money=False) -> tuple[list[Group], int]:
    """The largest groups of these rows and how many further ones there are; `url_of` (filters) is the list of the same rows with more filters."""
    money = {"money": total()} if with_money else {}
    found = list(rows.order_by().annotate(**_key(rows.model, way)).values_list("key").annotate(n=Count("pk"), **money).order_by("-n", "key"))
    whole, shown = sum(row[1] for row in found), found[:SHOWN]
    words = _words(way, [row[0] for row in shown])
    return [
        Group(
            str(words.get(row[0]) or _("Not known")), row[1], row[1] / whole,
            formats.money_short(row[2]) if with_money else "", url_of(_filter(way, row[0])) if row[0] else "",
        )
        for row in shown
    ], len(found) - len(shown)  # fmt: skip


def _key(model, way):
    of_company = "" if model is Company else "company__"
    return {
        "key": {
            OWNER: F("owner_id"), TEAM: F("team_id"), SOURCE: F("source"),
            INDUSTRY: F(f"{of_company}industry"), REGION: Left(f"{of_company}region", PROVINCE),
        }[way]
    }  # fmt: skip


def _words(way, keys):
    if way in (OWNER, TEAM):
        return (User if way == OWNER else Team).objects.in_bulk([key for key in keys if key])
    if way == REGION:
        return {key: regions.words(_province(key)) for key in keys if key}
    return options.labels(way)


def _filter(way, key):
    """The filter that gives exactly this group."""
    return {way: {TEAM: f"{key}.only", REGION: _province(key)}.get(way, key)}


def _province(key):
    return f"{key:0<6}"
