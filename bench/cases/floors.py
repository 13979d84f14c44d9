"""What Django takes by itself, in the same run: the bars are multiples of it."""

from itertools import count

from bench.floor.settings import SIGN_IN, plain
from bench.measure import client_for
from customers.models import Company

EMPTY, LIST, DETAIL, CREATE = "floor: signed-in empty page", "floor: plain list 50", "floor: plain detail", "floor: plain create"


def add(book, admin):
    """The empty page of the house, and plain pages without it."""
    ours = client_for(admin)
    book.add(EMPTY, lambda: ours.get("/search/"))
    one = Company.objects.order_by("-pk").values_list("pk", flat=True)[10]
    with plain():
        client, number = client_for(admin, SIGN_IN), count()
        book.add(LIST, lambda: client.get("/companies/"))
        book.add(DETAIL, lambda: client.get(f"/companies/{one}/"))
        book.add(CREATE, lambda: client.post("/companies/new/", {"name": f"地板{next(number)}有限公司"}))
