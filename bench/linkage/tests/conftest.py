"""Small sheets, made once."""

import pytest

from bench.linkage.firms import company_sheet
from bench.linkage.people import contact_sheet
from bench.linkage.trial import UNSEEN

ROWS = 3000


@pytest.fixture(scope="package")
def companies():
    """Firms of the seen half."""
    return company_sheet(ROWS, seed=5)


@pytest.fixture(scope="package")
def unseen_companies():
    """Firms of the other half."""
    return company_sheet(ROWS, 5, UNSEEN)


@pytest.fixture(scope="package")
def contacts():
    """People of the seen half."""
    return contact_sheet(ROWS, seed=5)


@pytest.fixture(scope="package")
def unseen_contacts():
    """People of the other half."""
    return contact_sheet(ROWS, 5, UNSEEN)


@pytest.fixture(params=["companies", "unseen_companies", "contacts", "unseen_contacts"])
def sheet(request):
    """Each of them in turn."""
    return request.getfixturevalue(request.param)
