"""What higher floors add to the page of a company: facts in its head, tabs, and things to do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.core.masking import shown
from crm.core.phones import mask
from crm.core.registry import Registry
from crm.web import formats
from customers.companies import options, regions
from customers.companies.models import Company


@dataclass(frozen=True)
class Fact:
    """A figure of the head: its words, its text, the list that makes it."""

    label: str
    text: str
    url: str = ""
    note: str = ""
    tone: str = ""
    share: int | None = None  # of what was ordered, in percent: how far the chain's last step has come


@dataclass(frozen=True)
class Tab:
    """A list of another room, narrowed to this company; one that is no list says its `address` (company) and its `count` (company, actor)."""

    label: object
    url_name: str
    right: str
    position: int = 50
    address: Callable | None = None
    count: Callable | None = None


@dataclass(frozen=True)
class Action:
    """Something to do from the head of the page; `url_name` opens with `?company=<id>` and `query`.

    With `in_place`, the id of a part of the page, it opens there; `on_phone` says that it is a button of phones alone.
    """

    label: object
    url_name: str
    icon: str
    right: str
    kind: str = "plain"
    key: str = ""
    position: int = 50
    query: str = ""
    in_place: str = ""
    on_phone: bool = False

    def shown(self, query):
        """What a page draws of it, for the record that `query` names."""
        url = f"{reverse(self.url_name)}?{query}" + (f"&{self.query}" if self.query else "")
        return {
            "label": self.label, "icon": self.icon, "kind": self.kind, "key": self.key, "url": url, "in_place": self.in_place, "on_phone": self.on_phone,
        }  # fmt: skip


# Functions of (company, actor) that give Facts, in the order of their names.
facts: Registry[Callable] = Registry("company fact")
tabs: Registry[Tab] = Registry("company tab")
actions: Registry[Action] = Registry("company action")
# Functions of (record, actor) that say of fields where their value comes from: field → sentence.
marks: Registry[Callable] = Registry("mark of values")


def marks_of(record, actor) -> dict[str, str]:
    """What is to be said of values of a record, by field: a value that was filled in from elsewhere says so where it stands."""
    found: dict = {}
    for mark in marks:
        found |= mark(record, actor)
    return found


def facts_of(company, actor):
    """At most five figures, those of money first."""
    return [fact for _name, find in sorted(facts.items()) for fact in find(company, actor)][:5]


def tabs_of(company, actor, *, is_counted=False):
    """The lists of other rooms that this person may see; the numbers of lists are added by those who know lists."""
    allowed = sorted((tab for tab in tabs if actor.may(tab.right)), key=lambda tab: tab.position)
    return [
        {"label": tab.label, "url": _address(tab, company), **({"count": tab.count(company, actor)} if is_counted and tab.count else {})} for tab in allowed
    ]


def _address(tab, company):
    return tab.address(company) if tab.address else f"{reverse(tab.url_name)}?company={company.pk}"


def actions_of(company, actor):
    """What this person may do from the head of the page."""
    allowed = sorted((a for a in actions if actor.may(a.right)), key=lambda action: action.position)
    return [action.shown(f"company={company.pk}") for action in allowed]


def details_of(company, actor):
    """The facts of the left column, masked where this person may not read them whole."""
    phone = shown(actor, "companies.phone", company.phone, mask)
    rows = [
        ("short_name", company.short_name, ""),
        ("credit_code", shown(actor, "companies.credit_code", company.credit_code), ""),
        ("parent", str(company.parent or ""), f"/customers/companies/{company.parent_id}/" if company.parent_id else ""),
        ("industry", options.labels("industry").get(company.industry, ""), ""),
        ("size", options.labels("size").get(company.size, ""), ""),
        ("region", regions.words(company.region), ""),
        ("address", company.address, ""),
        ("phone", formats.phone(phone) if phone and phone == company.phone else phone, f"tel:{phone}" if phone == company.phone and phone else ""),
        ("website", company.domain or company.website, company.website),
        ("source", options.labels("source").get(company.source, ""), ""),
    ]
    short = {"credit_code": _("Credit code")}
    label = Company._meta.get_field
    said = marks_of(company, actor)
    found = [Fact(short.get(name) or capfirst(label(name).verbose_name), text, url, note=said.get(name, "")) for name, text, url in rows if text is not None]
    return [*found, Fact(_("Created"), formats.day(company.created_at))]
