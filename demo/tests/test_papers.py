"""The papers of the demo company."""

from datetime import timedelta
from decimal import Decimal

import pytest

from crm.core import clock
from crm.files import storage
from crm.files.models import KeptFile
from crm.importexport.reading import open_sheet
from crm.stars.models import Star
from customers.companies import services as companies
from deals.opportunities import services as opportunities
from demo import firm, papers
from demo.closing import Closing
from demo.story import Story

pytestmark = pytest.mark.django_db


def test_a_quote_adds_up_to_the_amount_and_what_is_large_carries_a_star_with_its_company(media):
    people, pools = firm.build()
    closing = Closing(Story(people, pools, until=clock.now(), weeks=1))
    closing.begin()
    seller = people[firm.SELLERS[0]]
    company = companies.create({"name": "苏州恒立达精密机械有限公司"}, by=seller)
    values = {"name": "恒立达 MES", "company": company, "product": closing.products["MES-P"], "amount": Decimal(720_000)}
    deal = opportunities.create(values | {"need": "追溯", "expected_close": clock.today() + timedelta(days=30)}, by=seller)
    papers.quote(deal, by=seller)
    papers.notice(deal, by=seller)
    kept = KeptFile.objects.get()
    (row,) = open_sheet(storage.path_of(kept.token)).lines()
    assert row.cells[:6] == ["MES-P", "MES 专业版", "套", 360_000, 2, 720_000]
    assert set(Star.objects.values_list("noun", "object_id")) == {("opportunities", deal.pk), ("companies", company.pk)}
