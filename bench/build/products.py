"""Products: twenty in four families."""

from bench.names import pieces
from deals.products.models import Product, ProductCategory

TABLES = ()
PRODUCTS = 20
FAMILIES = "设备 配件 服务 软件".split()


def fill(run):
    """So few that they are made one by one."""
    families = [ProductCategory.objects.create(name=name) for name in FAMILIES]
    Product.objects.bulk_create([_product(number, families[number % len(families)]) for number in range(1, PRODUCTS + 1)])


def _product(number, family):
    product = Product(pk=number, code=f"P{number:03d}", category=family, unit="台", list_price=100 * number)
    product.set_name(f"{pieces([family.name])[0][0]} {number} 型")
    return product
