"""Files as browsers send them, and a company they lie with."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.files import services
from customers.companies import services as companies

PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def own_folder(media):
    """Every test has a folder of its own."""
    return media


@pytest.fixture
def company(db, people):
    """A company of rep_a."""
    return companies.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_a)


@pytest.fixture
def sent():
    """`sent("合同.pdf", b"…")`: an upload."""
    return lambda name="合同.pdf", content=PDF: SimpleUploadedFile(name, content)


@pytest.fixture
def kept(company, people, sent):
    """A file that lies with the company."""
    return services.add(company, sent(), by=people.rep_a)
