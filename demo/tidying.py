"""What tidies itself in the demo company: some customers were entered twice, the search found them, quality is measured each week."""

from datetime import timedelta

from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.duplicates import finding
from customers.duplicates.reading import subjects
from customers.quality import figures
from demo.firm import SELLERS

WEEKS, TWICE = 13, 14
# How a colleague writes a name that is there already.
WRITINGS = (
    lambda name: name.replace("有限公司", ""),
    lambda name: f"{name}（新）",
    lambda name: name.replace("有限公司", "有限责任公司"),
    lambda name: f"{name[:2]}市{name[2:]}",
)


def plan(story):
    """Measure the quality at the end of each of the last weeks, and let colleagues enter some customers again."""
    for week in range(WEEKS):
        story.at(story.until - timedelta(weeks=week, hours=4), figures.measure)
    for number in range(TWICE):
        story.at(story.until - timedelta(days=3 + 4 * number), enter_again, story, number)


def enter_again(story, number):
    """A seller enters a customer whom a colleague looks after, written otherwise, at the same address and with the same person."""
    known = Company.objects.live().exclude(owner=None).exclude(address="").order_by("-pk")[number * 5 : number * 5 + 1].first()
    if known is None:
        return
    seller = next(story.people[name] for name in SELLERS if story.people[name].pk != known.owner_id)
    told = {field: getattr(known, field) for field in ("address", "region", "industry", "website")}
    values = {"name": WRITINGS[number % len(WRITINGS)](known.name), "source": "visit"} | told
    company = companies.create(values, by=seller, even_if_known=True)
    person = known.contacts.order_by("pk").first()
    if person is not None:
        contacts.create({"name": person.name, "company": company, "position": person.position, "wechat": f"wx{person.pk}"}, by=seller, even_if_known=True)


def search():
    """The list of possible duplicates as the weekly search leaves it."""
    for noun, _subject in subjects.items():
        finding.keep(noun, finding.pairs(noun))
