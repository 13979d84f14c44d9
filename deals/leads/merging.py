"""How leads are merged, and what becomes of leads when the company or the person they became is merged."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import WrongState
from crm.web import formats
from customers.companies import options, regions
from customers.matching.companynames import has_legal_form
from customers.merging.kinds import ALL, SUREST, Choice, Evidence, Kind, followers, kinds
from customers.merging.relations import moves
from deals.leads import policies, services, together
from deals.leads.models import Lead


def _option(name):
    return lambda code: options.labels(name).get(code, code)


CHOICES = (
    Choice("name", SUREST, full=has_legal_form),
    Choice("person"),
    Choice("position"),
    Choice("mobile", words=lambda number: formats.phone(*number.partition(";")[::2]), guarded="leads.mobile", mask=policies.WAYS["mobile"]),
    Choice("wechat", guarded="leads.wechat", mask=policies.WAYS["wechat"]),
    Choice("email", guarded="leads.email", mask=policies.WAYS["email"]),
    Choice("source", words=_option("source")),
    Choice("industry", words=_option("industry")),
    Choice("size", words=_option("size")),
    Choice("region", words=regions.words),
    Choice("need", ALL),
    Choice("tags", ALL),
    Choice("external_id"),
)


def _one(field):
    return lambda records: {row.pk: {getattr(row, field)} - {"", None} for row in records}


EVIDENCE = (
    Evidence(_("same phone"), _("different phones"), _one("mobile")),
    Evidence(_("same WeChat"), "", _one("wechat")),
    Evidence(_("same e-mail"), _("different e-mails"), _one("email")),
    Evidence(_("same core of the name"), _("different names"), _one("name_key")),
    Evidence("", _("different regions"), _one("region")),
    Evidence("", _("different owners"), _one("owner_id")),
)


def _update(lead, values, by):
    """A lead that goes by the name of its person goes by the new name of that person; a covered number stays as it is."""
    if policies.is_veiled(lead) and policies.WAYS.keys() & values.keys():
        sentence = _("%(lead)s waits in a pool that covers its number. Claim it first, or keep the one that has the number.") % {"lead": lead}
        raise WrongState(sentence, code="lead_veiled")
    if lead.name == lead.person and "name" not in values and values.get("person"):
        values = values | {"name": values["person"]}
    return services.update(lead, values, by=by, even_if_known=True)


kinds.add(
    "leads",
    Kind(
        Lead,
        CHOICES,
        update=_update,
        url="deals:leads:merging",
        list_url="deals:leads:list",
        page_url="deals:leads:detail",
        title=_("Merge leads"),
        evidence=EVIDENCE,
        # The name of a company is surer than that of a person.
        surest=lambda lead: lead.name != lead.person,
        related=("owner", "team", "pool"),
        prepare=together.pass_on,
        settle=together.settle,
        join=together.join,
        kept=together.KEPT,
        refuse=together.refuse,
        able=lambda rows: rows.exclude(state=Lead.State.CONVERTED),
        fullness=lambda lead: lead.score,
    ),
)
followers.add("leads", together.follow)
moves(Lead, "company", "the lead became the customer that stays", counted=True)
moves(Lead, "contact", "the lead became the person that stays", counted=True)
