"""The API: a list and a record."""

from customers.models import Company


def add(book, people, clients):
    """Of companies, signed in by session."""
    one = Company.objects.order_by("-pk").values_list("pk", flat=True)[10]
    for who in ("admin", "rep"):
        book.add(f"API list: {who}", lambda who=who: clients[who].get("/api/v1/companies/"))
    book.add("API record: admin", lambda: clients["admin"].get(f"/api/v1/companies/{one}/"))
