"""What the house knows by its own records: which domain the people of a company write from, which field of business a group is in."""

from collections import Counter, defaultdict

from django.db.models import Count

from crm.core.ids import domain_of, is_public_mail
from customers.companies.models import Company
from customers.contacts.models import Contact, ContactPoint
from customers.matching.ways import is_personal

LEAST = 2


def mail_domains(companies) -> dict[int, tuple[str, int, int]]:
    """Company → the domain most of its people write from, how many do, and how many have an address of a firm at all."""
    found = defaultdict(Counter)
    rows = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, contact__company__in=companies, contact__deleted_at=None).exclude(
        state=ContactPoint.State.INVALID
    )
    people = defaultdict(set)
    for company, contact, address in rows.values_list("contact__company", "contact", "norm"):
        domain = domain_of(address)
        if domain and not is_public_mail(domain) and contact not in people[company, domain] and is_personal(address):
            people[company, domain].add(contact)
            found[company][domain] += 1
    return {company: (*domains.most_common(1)[0], sum(domains.values())) for company, domains in found.items() if domains.most_common(1)[0][1] >= LEAST}


def switchboards(companies) -> dict[int, tuple[str, int, int]]:
    """Company → the fixed line most of its people share, extensions apart, how many do, and how many have one at all."""
    found = defaultdict(Counter)
    rows = ContactPoint.objects.filter(kind=ContactPoint.Kind.LANDLINE, contact__company__in=companies, contact__deleted_at=None).exclude(
        state=ContactPoint.State.INVALID
    )
    for company, _contact, number in set(rows.values_list("contact__company", "contact", "norm")):
        found[company][number.partition(";")[0]] += 1
    return {company: (*numbers.most_common(1)[0], sum(numbers.values())) for company, numbers in found.items() if numbers.most_common(1)[0][1] >= LEAST}


def industries_of_groups(parents) -> dict[int, tuple[str, int, int]]:
    """Group → the industry most of its companies (itself included) are in, how many are, and how many have one at all."""
    found = defaultdict(Counter)
    live = Company.objects.live().exclude(industry="").order_by()
    for parent, industry, count in live.filter(parent__in=parents).values_list("parent", "industry").annotate(n=Count("pk")):
        found[parent][industry] += count
    for pk, industry in live.filter(pk__in=parents).values_list("pk", "industry"):
        found[pk][industry] += 1
    return {parent: (*industries.most_common(1)[0], sum(industries.values())) for parent, industries in found.items()}


def holders_of_mobiles(companies) -> dict[tuple[int, str], str]:
    """Company and mobile → the name of the person of that company who has it."""
    rows = Contact.objects.live().filter(company__in=companies, points__kind=ContactPoint.Kind.MOBILE)
    return {(company, norm.partition(";")[0]): name for company, norm, name in rows.values_list("company", "points__norm", "name")}
