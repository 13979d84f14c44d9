"""What lies beside the records of the demo company: quotes as spreadsheets, and the stars that sellers give."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile

from crm.core import clock
from crm.files import services as files
from crm.importexport.writing import FORMATS, XLSX, write_xlsx
from crm.stars import services as stars

QUOTE_HEADERS = ("产品编号", "产品名称", "单位", "单价（元）", "数量", "金额（元）", "税率（%）")
# A seller keeps an eye on what is worth so much.
WORTH_A_STAR = 400_000


def quote(opportunity, *, by):
    """The quote that was sent, as a spreadsheet with the opportunity."""
    product, amount = opportunity.product, opportunity.amount
    number = max(1, round(amount / product.list_price))
    row = [product.code, product.name, product.unit, amount / number, number, amount, product.tax_rate]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quote.xlsx"
        write_xlsx(path, QUOTE_HEADERS, [row])
        content = path.read_bytes()
    files.add(opportunity, SimpleUploadedFile(f"报价单 {clock.today():%Y%m%d}.xlsx", content, FORMATS[XLSX]), by=by)


def notice(opportunity, *, by):
    """Mark what is large, and whose customer it is."""
    if opportunity.amount >= WORTH_A_STAR:
        stars.star(opportunity, by=by)
        stars.star(opportunity.company, by=by)
