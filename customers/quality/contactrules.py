"""The rules for people and the ways to reach them."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.errors import Invalid
from crm.core.ids import normal_email
from crm.core.phones import parse
from customers.companies import options, regions
from customers.contacts.correcting import POINT
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.points import KIND_OF_PHONE
from customers.contacts.policies import PHONES, guard_of, masked
from customers.quality import slips, writing
from customers.quality.rules import Found, Rule, reads_the_same, rewritten, rules, sources

Kind = ContactPoint.Kind
TEXTS = ("position", "department")
# What people write before a WeChat name, which is no part of it.
WECHAT_LABEL = re.compile(r"^(?:微信号?|wechat(?:\s*id)?|wx|vx|v信|加v)\s*(?:id)?\s*[:：]\s*", re.IGNORECASE)


def text_of(point):
    """A number or address as a proposal writes it: its kind and its value."""
    return f"{point.kind}:{point.value}"


def names(rows, evidence):
    """Names of people without blanks between their characters and without invisible marks."""
    return (found for found in rewritten(rows, "name", writing.person_name) if reads_the_same(found.before, found.after))


def texts(rows, evidence):
    """Positions and departments without double blanks, wide letters and invisible marks."""
    for name in TEXTS:
        yield from rewritten(rows, name, writing.plain)


def listed(rows, evidence):
    """Sources that stand there by their name instead of their code, and regions as words."""
    codes = options.labels("source")
    for row in rows:
        if row.source and row.source not in codes and (code := options.code_of("source", row.source)):
            yield Found(row.pk, "source", row.source, code)
        if row.region and row.region not in regions.names() and (code := regions.code_of(row.region)):
            yield Found(row.pk, "region", row.region, code)


def phones(rows, evidence):
    """Numbers in the standard form, each of the kind it is: a mobile among the fixed lines becomes a mobile."""
    for row, point in _points(rows, PHONES):
        try:
            found = parse(point.value)
        except Invalid:
            continue
        text = f"{KIND_OF_PHONE[found.kind]}:{found.e164}" + (f";{found.extension}" if found.extension else "")
        if text != text_of(point):
            yield Found(row.pk, f"{POINT}{point.pk}", text_of(point), text)


def mails(rows, evidence):
    """E-mail addresses in small letters, without blanks and wide marks."""
    for row, point in _points(rows, (Kind.EMAIL,)):
        try:
            address = normal_email(point.value.replace(" ", "").replace("\u3000", ""))
        except Invalid:
            continue
        if address != point.value:
            yield Found(row.pk, f"{POINT}{point.pk}", text_of(point), f"{Kind.EMAIL}:{address}")


def slipped(rows, evidence):
    """Mail domains that look mistyped."""
    for row, point in _points(rows, (Kind.EMAIL,)):
        if address := slips.meant(point.norm):
            given, usual = point.norm.rpartition("@")[2], address.rpartition("@")[2]
            yield Found(row.pk, f"{POINT}{point.pk}", text_of(point), f"{Kind.EMAIL}:{address}", 85, {"code": "slip", "given": given, "usual": usual})


def wechats(rows, evidence):
    """WeChat names without odd characters."""
    for row, point in _points(rows, (Kind.WECHAT,)):
        written = writing.plain(point.value)
        if written != point.value and reads_the_same(written, point.value):
            yield Found(row.pk, f"{POINT}{point.pk}", text_of(point), f"{Kind.WECHAT}:{written}")


def labelled(rows, evidence):
    """WeChat names with the word WeChat before them."""
    for row, point in _points(rows, (Kind.WECHAT,)):
        written = WECHAT_LABEL.sub("", writing.plain(point.value))
        if written and written != writing.plain(point.value):
            yield Found(row.pk, f"{POINT}{point.pk}", text_of(point), f"{Kind.WECHAT}:{written}", 95, {"code": "wechat_label"})


def region_gaps(rows, evidence):
    """The region from that of the company."""
    for row in rows:
        if not row.region and row.company_id and row.company.region in regions.names():
            yield Found(row.pk, "region", "", row.company.region, 75, {"code": "company", "text": row.company.name})


def _points(rows, kinds):
    for row in rows:
        for point in row.points.all():
            if point.kind in kinds:
                yield row, point


def cover(field, text):
    """What a role says of the field, and how its value is covered."""
    kind = text.partition(":")[0]
    if not field.startswith(POINT):
        return f"contacts.{field}", None
    return guard_of(kind), lambda value: f"{kind}:{masked(kind, value.partition(':')[2])}"


def value_words(field, text):
    """A value as people read it."""
    if field.startswith(POINT):
        kind, _mark, value = text.partition(":")
        return f"{dict(Kind.choices).get(kind, kind)} {value}" if value else ""
    if field == "source":
        return options.labels("source").get(text, text)
    return regions.words(text) or text if field == "region" else text


def field_words(field):
    """The name of a field."""
    return _("Ways to reach") if field.startswith(POINT) else Contact._meta.get_field(field).verbose_name


rules.add("contact-name", Rule("contacts", gettext_lazy("Names of people without odd characters"), names, lossless=True))
rules.add("contact-text", Rule("contacts", gettext_lazy("Positions and departments without odd characters"), texts, lossless=True))
rules.add("contact-list", Rule("contacts", gettext_lazy("Sources and regions by their code"), listed, lossless=True))
rules.add("contact-phone", Rule("contacts", gettext_lazy("Phone numbers in the standard form, each of its kind"), phones, lossless=True))
rules.add("contact-mail", Rule("contacts", gettext_lazy("E-mail addresses in the standard form"), mails, lossless=True))
rules.add("contact-wechat", Rule("contacts", gettext_lazy("WeChat names without odd characters"), wechats, lossless=True))
rules.add("contact-wechat-label", Rule("contacts", gettext_lazy("WeChat names without words before them"), labelled))
rules.add("contact-mail-slip", Rule("contacts", gettext_lazy("Mail domains that look mistyped"), slipped, doubts=True))
rules.add("contact-region-gap", Rule("contacts", gettext_lazy("Missing regions of people"), region_gaps, fills=True))

sources.add("slip", lambda facts: _("“%(given)s” looks like a slip for “%(usual)s”") % facts)
sources.add("wechat_label", lambda facts: _("The words before the name are no part of it"))
sources.add("company", lambda facts: _("The region of %(text)s") % facts)
