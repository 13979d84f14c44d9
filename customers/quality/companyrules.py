"""The rules for companies."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.errors import Invalid
from crm.core.ids import ERROR, credit_code_problem, normal_credit_code, normal_website
from crm.core.phones import MOBILE, mask, parse
from customers.companies import options, regions
from customers.companies.models import Company
from customers.quality import learned, places, writing
from customers.quality.optionwords import option_meant, size_of
from customers.quality.rules import Found, Rule, reads_the_same, rewritten, rules, sources

TEXTS = ("short_name", "address")
LISTS = {"industry": "industry", "size": "size", "source": "source"}


def phone_form(text: str) -> str:
    """A number as it is stored, or "" where none can be read."""
    try:
        found = parse(text)
    except Invalid:
        return ""
    return found.e164 + (f";{found.extension}" if found.extension else "")


def website_form(text: str) -> str:
    """A web address as it is stored, or "" where none can be read."""
    try:
        return normal_website(text)
    except Invalid:
        return ""


def code_form(text: str) -> str:
    """A credit code as it is stored, or "" where it is none."""
    code = normal_credit_code(text)
    problem = credit_code_problem(code)
    return "" if problem and problem[0] == ERROR else code


def region_form(text: str) -> str:
    """The code for a region that stands there as words or with six digits, or "" where it is unknown or not unique."""
    return text if text in regions.names() else (regions.code_of(text) or "")


def names(rows, evidence):
    """Names of firms as registers write them."""
    return (found for found in rewritten(rows, "name", writing.company_name) if reads_the_same(found.before, found.after))


def texts(rows, evidence):
    """Short names and addresses without double blanks, wide letters and invisible marks."""
    for name in TEXTS:
        yield from rewritten(rows, name, writing.plain)


def listed(rows, evidence):
    """Values of lists that stand there by their name instead of their code."""
    for field, name in LISTS.items():
        codes = options.labels(name)
        for row in rows:
            text = getattr(row, field)
            if text and text not in codes and (code := options.code_of(name, text)):
                yield Found(row.pk, field, text, code)


def meant(rows, evidence):
    """Values that are on no list, by the words in them."""
    for field, name in LISTS.items():
        codes = options.labels(name)
        for row in rows:
            text = getattr(row, field)
            if text and text not in codes and not options.code_of(name, text) and (hit := option_meant(name, text)):
                yield Found(row.pk, field, text, hit[0], hit[1], {"code": "words", "text": text})


def sizes(rows, evidence):
    """The size from the number of employees."""
    for row in rows:
        if not row.size and row.employees and (code := size_of(row.employees)):
            yield Found(row.pk, "size", "", code, 98, {"code": "employees", "count": row.employees})


def _places(row):
    """What the record says about its place, the surest first: code of the region, certainty, source."""
    told = [
        (places.of_text(row.address), 95, {"code": "address", "text": row.address[:60]}),
        (places.of_phone(row.phone), 85, {"code": "area_code", "text": f"0{places.area_of(row.phone)}"}),
        (places.of_credit_code(row.credit_code), 75, {"code": "credit_code"}),
        (places.of_text(row.name), 70, {"code": "name", "text": row.name[:60]}),
    ]
    return [one for one in told if one[0]]


def region_gaps(rows, evidence):
    """The region from the address, the area code, the credit code or the name; sources that agree make it surer."""
    for row in rows:
        if row.region or not (told := _places(row)):
            continue
        code, certainty, source = told[0]
        agree = [other for other, _sure, _source in told[1:] if places.contains(other, code) or places.contains(code, other)]
        against = len(told) - 1 - len(agree)
        yield Found(row.pk, "region", "", max([code, *agree], key=len), max(50, min(99, certainty + 2 * len(agree) - 15 * against)), source)


def region_finer(rows, evidence):
    """The district, where the address names it and only the city is noted."""
    for row in rows:
        code = places.of_text(row.address) if row.region else ""
        if code != row.region and code.startswith(row.region):
            yield Found(row.pk, "region", row.region, code, 92, {"code": "address", "text": row.address[:60]})


def region_doubts(rows, evidence):
    """The region, where the address names another one; surer when the telephone agrees with the address."""
    for row in rows:
        code = places.of_text(row.address) if row.region and row.region in regions.names() else ""
        if not code or places.contains(code, row.region) or places.contains(row.region, code):
            continue
        rings = places.of_phone(row.phone)
        agrees = rings and (places.contains(rings, code) or places.contains(code, rings))
        yield Found(row.pk, "region", row.region, code, 90 if agrees else 75, {"code": "address", "text": row.address[:60]})


def websites(rows, evidence):
    """The web site from the domain that several colleagues write from."""
    gaps = [row for row in rows if not row.website]
    found = learned.mail_domains([row.pk for row in gaps]) if gaps else {}
    for row in gaps:
        if row.pk in found:
            domain, count, of = found[row.pk]
            yield Found(row.pk, "website", "", f"https://{domain}", _share(count, of, 85), {"code": "colleagues", "domain": domain, "count": count, "of": of})


def phones_of_people(rows, evidence):
    """The switchboard from the fixed line that several colleagues share."""
    gaps = [row for row in rows if not row.phone]
    found = learned.switchboards([row.pk for row in gaps]) if gaps else {}
    for row in gaps:
        if row.pk in found:
            number, count, of = found[row.pk]
            yield Found(row.pk, "phone", "", number, _share(count, of, 90), {"code": "shared_line", "count": count, "of": of})


def industries(rows, evidence):
    """The industry from the other companies of the same group."""
    gaps = [row for row in rows if not row.industry and row.parent_id]
    found = learned.industries_of_groups({row.parent_id for row in gaps}) if gaps else {}
    for row in gaps:
        if row.parent_id in found:
            code, count, of = found[row.parent_id]
            if 2 * count > of:
                yield Found(row.pk, "industry", "", code, _share(count, of, 70), {"code": "group", "count": count, "of": of})


def mobiles(rows, evidence):
    """A mobile in the field of the switchboard that is the mobile of one of the company's people."""
    called = [row for row in rows if row.phone.startswith("+86") and MOBILE.fullmatch(row.phone[3:])]
    holders = learned.holders_of_mobiles([row.pk for row in called]) if called else {}
    for row in called:
        if name := holders.get((row.pk, row.phone)):
            yield Found(row.pk, "phone", row.phone, "", 85, {"code": "mobile_of", "name": name})


def _share(count, of, most):
    """How sure many that agree make: more of them, and fewer against, is surer; never beyond `most`."""
    return max(50, min(most, round(100 * count / of) - max(0, 20 - 5 * count)))


def cover(field, text):
    """What a role says of the field, and how its value is covered."""
    return f"companies.{field}", mask if field == "phone" else None


def value_words(field, text):
    """A value as people read it."""
    if field in LISTS:
        return options.labels(LISTS[field]).get(text, text)
    return regions.words(text) or text if field == "region" else text


def field_words(field):
    """The name of a field."""
    return Company._meta.get_field(field).verbose_name


rules.add("company-name", Rule("companies", gettext_lazy("Company names as registers write them"), names, lossless=True))
rules.add("company-text", Rule("companies", gettext_lazy("Short names and addresses without odd characters"), texts, lossless=True))
rules.add(
    "company-phone",
    Rule("companies", gettext_lazy("Switchboards in the standard form"), lambda rows, evidence: rewritten(rows, "phone", phone_form), lossless=True),
)
rules.add(
    "company-code",
    Rule("companies", gettext_lazy("Credit codes in the standard form"), lambda rows, evidence: rewritten(rows, "credit_code", code_form), lossless=True),
)
rules.add(
    "company-website",
    Rule("companies", gettext_lazy("Web addresses in the standard form"), lambda rows, evidence: rewritten(rows, "website", website_form), lossless=True),
)
rules.add("company-region", Rule("companies", gettext_lazy("Regions as codes"), lambda rows, evidence: rewritten(rows, "region", region_form), lossless=True))
rules.add("company-list", Rule("companies", gettext_lazy("Values of lists by their code"), listed, lossless=True))
rules.add("company-meant", Rule("companies", gettext_lazy("Values that are on no list"), meant))
rules.add("company-mobile", Rule("companies", gettext_lazy("A person's mobile as switchboard"), mobiles, doubts=True))
rules.add("company-region-doubt", Rule("companies", gettext_lazy("Region and address contradict each other"), region_doubts, doubts=True))
rules.add("company-region-finer", Rule("companies", gettext_lazy("The district, where only the city is noted"), region_finer, fills=True))
rules.add("company-region-gap", Rule("companies", gettext_lazy("Missing regions"), region_gaps, fills=True))
rules.add("company-size-gap", Rule("companies", gettext_lazy("Missing sizes"), sizes, fills=True))
rules.add("company-website-gap", Rule("companies", gettext_lazy("Missing web sites"), websites, fills=True))
rules.add("company-phone-gap", Rule("companies", gettext_lazy("Missing switchboards"), phones_of_people, fills=True))
rules.add("company-industry-gap", Rule("companies", gettext_lazy("Missing industries"), industries, fills=True))

sources.add("words", lambda facts: _("By its words: “%(text)s”") % facts)
sources.add("employees", lambda facts: _("%(count)s employees are noted") % facts)
sources.add("address", lambda facts: _("Named in the address: %(text)s") % facts)
sources.add("area_code", lambda facts: _("The area code of the switchboard: %(text)s") % facts)
sources.add("credit_code", lambda facts: _("Characters 3 to 8 of the credit code: where it was registered"))
sources.add("name", lambda facts: _("Named in the company's name: %(text)s") % facts)
sources.add("colleagues", lambda facts: _("%(count)s of %(of)s colleagues with an address of a firm write from @%(domain)s") % facts)
sources.add("shared_line", lambda facts: _("%(count)s of %(of)s colleagues with a fixed line share it") % facts)
sources.add("group", lambda facts: _("%(count)s of %(of)s companies of the same group") % facts)
sources.add("mobile_of", lambda facts: _("The mobile of %(name)s, where it is kept already") % facts)
