"""Reports: the funnel in its three ways, sales, channels and opportunities, and the home pages; of the firm and of one owner."""

PAGES = {
    "funnel, stock": ("/reports/funnel/", {"mode": "stock"}),
    "funnel, period": ("/reports/funnel/", {"mode": "period"}),
    "funnel, cohort": ("/reports/funnel/", {"mode": "cohort"}),
    "sales by month": ("/reports/sales/", {"by": "month"}),
    "sales by person": ("/reports/sales/", {"by": "person"}),
    "sales by product": ("/reports/sales/", {"by": "product"}),
    "channels": ("/reports/channels/", {}),
    "opportunity funnel": ("/reports/opportunities/", {}),
}
FIRM, OWNER = "firm", "one owner"


def add(book, people, clients):
    """Each page for the whole firm, for a manager and for one owner; a year of the cohort; the home pages."""
    owner = {"owner": people["rep"].pk}
    for name, (url, asked) in PAGES.items():
        book.add(f"{name}: {FIRM}", lambda url=url, asked=asked: clients["admin"].get(url, asked))
        book.add(f"{name}: manager", lambda url=url, asked=asked: clients["manager"].get(url, asked))
        book.add(f"{name}: {OWNER}", lambda url=url, asked=asked: clients["admin"].get(url, asked | owner))
    for who in ("admin", "manager", "rep"):
        book.add(f"home: {who}", lambda who=who: clients[who].get("/"))
