"""Records as they lie in houses that were filled before the rules were: written past the verbs."""

from types import SimpleNamespace

import pytest

from customers.companies.models import Company
from customers.contacts.models import Contact, ContactPoint


@pytest.fixture
def dirty(make_company, make_contact):
    """`dirty.company(name="恒立达(上海)…", phone="010-6888 1234")`: a company of rep_a that holds exactly these values."""
    serial = iter(range(1000))

    def company(**values):
        made = make_company(f"干净公司{next(serial)}号", **({"by": values.pop("by")} if "by" in values else {}))
        Company.objects.filter(pk=made.pk).update(**values)
        made.refresh_from_db()
        return made

    def contact(company, *, points=(), **values):
        made = make_contact(company, f"周建明{next(serial)}", mobile=f"138{next(serial):08d}")
        made.points.all().delete()
        ContactPoint.objects.bulk_create([ContactPoint(contact=made, kind=kind, value=value, norm=norm) for kind, value, norm in points])
        Contact.objects.filter(pk=made.pk).update(**values)
        made.refresh_from_db()
        return made

    return SimpleNamespace(company=company, contact=contact)
