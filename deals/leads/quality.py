"""Which values of leads should stand otherwise: the rules of cleaning for them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.ids import normal_email
from customers.companies import options, regions
from customers.quality import places, slips, writing
from customers.quality.companyrules import phone_form
from customers.quality.optionwords import option_meant
from customers.quality.rules import Found, Rule, Subject, reads_the_same, rewritten, rules, subjects
from deals.leads import correcting, policies
from deals.leads.models import Lead

LISTS = ("source", "industry", "size")


def mail_form(text: str) -> str:
    """An e-mail address as it is stored, or "" where none can be read."""
    try:
        return normal_email("".join(text.split()))
    except Invalid:
        return ""


def names(rows, evidence):
    """Names of firms as registers write them, names of people without odd characters."""
    for row in _open(rows):
        for field, form in (("name", writing.person_name if row.name == row.person else writing.company_name), ("person", writing.person_name)):
            text = getattr(row, field)
            if text and (written := form(text)) and written != text and reads_the_same(written, text):
                yield Found(row.pk, field, text, written)


def ways(rows, evidence):
    """Phone numbers, e-mail addresses and WeChat names in the standard form."""
    for field, form in (("mobile", phone_form), ("email", mail_form), ("wechat", writing.plain)):
        yield from rewritten(_open(rows), field, form)


def listed(rows, evidence):
    """Values of lists that stand there by their name instead of their code."""
    for row in _open(rows):
        for field in LISTS:
            text = getattr(row, field)
            if text and text not in options.labels(field) and (code := options.code_of(field, text)):
                yield Found(row.pk, field, text, code)


def meant(rows, evidence):
    """Values that are on no list, by the words in them."""
    for row in _open(rows):
        for field in LISTS:
            text = getattr(row, field)
            if text and text not in options.labels(field) and not options.code_of(field, text) and (hit := option_meant(field, text)):
                yield Found(row.pk, field, text, hit[0], hit[1], {"code": "words", "text": text})


def slipped(rows, evidence):
    """Mail domains that look mistyped."""
    for row in _open(rows):
        if row.email and (address := slips.meant(row.email)):
            given, usual = row.email.rpartition("@")[2], address.rpartition("@")[2]
            yield Found(row.pk, "email", row.email, address, 85, {"code": "slip", "given": given, "usual": usual})


def region_gaps(rows, evidence):
    """The region from the name of the firm, or from the area code of its fixed line."""
    for row in _open(rows):
        if row.region:
            continue
        if code := places.of_phone(row.mobile):
            yield Found(row.pk, "region", "", code, 85, {"code": "area_code", "text": f"0{places.area_of(row.mobile)}"})
        elif code := places.of_text(row.name):
            yield Found(row.pk, "region", "", code, 70, {"code": "name", "text": row.name[:60]})


def _open(rows):
    """A lead that has become a customer is read-only."""
    return [row for row in rows if not row.is_converted]


def _words(field, text):
    if field in LISTS:
        return options.labels(field).get(text, text)
    return regions.words(text) or text if field == "region" else text


subjects.add(
    "leads",
    Subject(
        Lead,
        _("Leads"),
        rows=lambda: Lead.objects.live().select_related("pool"),
        correct=correcting.correct_many,
        text_of=correcting.text_of,
        url=lambda pk: reverse("deals:leads:detail", args=[pk]),
        field_words=lambda field: Lead._meta.get_field(field).verbose_name,
        value_words=_words,
        guard=lambda field, text: (f"leads.{field}", policies.WAYS.get(field)),
    ),
)
rules.add("lead-name", Rule("leads", _("Names of leads in the standard form"), names, lossless=True))
rules.add("lead-ways", Rule("leads", _("Phones, e-mail and WeChat of leads in the standard form"), ways, lossless=True))
rules.add("lead-list", Rule("leads", _("Values of lists of leads by their code"), listed, lossless=True))
rules.add("lead-meant", Rule("leads", _("Values of leads that are on no list"), meant))
rules.add("lead-mail-slip", Rule("leads", _("Mail domains of leads that look mistyped"), slipped, doubts=True))
rules.add("lead-region-gap", Rule("leads", _("Missing regions of leads"), region_gaps, fills=True))
