"""What a payment and a payment plan may look like: one set of rules for page, import and API."""

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from crm.core.figures import figure
from crm.core.money import CENT, written
from deals.payments.models import Payment
from deals.payments.plans import MOST_PARTS

FIELDS = ("amount", "received_on", "method", "payer", "reference", "notes", "external_id")


def clean(values):
    """The values of a receipt in their stored form, or one refusal that names every problem."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    values, problems = tidy(values), Problems()
    problems.required(values, "amount", "received_on")
    problems.length(values, Payment)
    problems.choices(values, Payment)
    if values.get("amount") not in (None, ""):
        with problems.of("amount"):
            values["amount"] = figure(values["amount"], least=CENT)
    if values.get("received_on") and values["received_on"] > clock.today():
        problems.add("received_on", _("This day lies in the future."))
    problems.check()
    return {name: value for name, value in values.items() if value not in (None, "")}


def clean_plan(parts, *, wanted, currency):
    """The parts of a plan in the order of their due days; together they make up `wanted`."""
    problems = Problems()
    if len(parts) > MOST_PARTS:
        problems.add("parts", _("At most %(most)d instalments.") % {"most": MOST_PARTS})
    problems.check()
    cleaned = []
    for place, (due_on, amount) in enumerate(parts):
        if due_on is None:
            problems.add(f"parts.{place}.due_on", _("This is required."))
        with problems.of(f"parts.{place}.amount"):
            cleaned.append((due_on, figure(amount, least=CENT)))
    problems.check()
    total = sum(amount for _due_on, amount in cleaned)
    if total != wanted:
        raise Invalid(
            _("The instalments add up to %(total)s; what is to be planned is %(wanted)s.")
            % {"total": written(total, currency), "wanted": written(wanted, currency)},
            field="parts",
            code="plan_sum",
            facts={"total": str(total), "wanted": str(wanted)},
        )
    return sorted(cleaned, key=lambda part: part[0])


def clean_part(amount, *, most, currency, sentence, code):
    """An amount of at least a cent and at most `most`; the sentence says what `most` is."""
    try:
        amount = figure(amount, least=CENT)
    except Invalid as problem:
        raise Invalid(problem.message, field="amount", code=problem.code) from problem
    if amount > most:
        raise Invalid(sentence % {"most": written(most, currency)}, field="amount", code=code, facts={"most": str(most)})
    return amount


def clean_reason(reason):
    """A reason in words."""
    if not reason.strip():
        raise Invalid(_("Say why."), field="reason", code="reason_required")
    return reason.strip()
