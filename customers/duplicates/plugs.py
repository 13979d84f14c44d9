"""What duplicates add to the house: what the rules let in is kept for people to look at."""

from django.utils.translation import gettext_lazy as _

from crm.rest.router import router
from crm.web import nav
from customers.duplicates import flaws, page, searches, sheetjobs  # noqa: F401 - all but the page register what they do
from customers.duplicates.api import CompanyPairs, ContactPairs
from customers.duplicates.finding import report
from customers.matching.checking import reported
from customers.merging.kinds import kinds

nav.pages.add("duplicates", nav.Page(_("Duplicates"), "customers:duplicates:companies", "copy-check", "manage", "companies.merge", 60, count=page.count))

router.register("companies/duplicates", CompanyPairs, basename="company-duplicate")
router.register("contacts/duplicates", ContactPairs, basename="contact-duplicate")

# A comparison of the rules, and the evidence of the search that says the same.
SAME_AS = {"full_name": "company", "name": "company", "person": "name"}


@reported.named("duplicates")
def keep_reported(record, findings, by):
    """Put a record that was let in beside others like it onto the list; likenesses across kinds belong to other pages."""
    for found in findings:
        if found.noun == record.noun and record.noun in kinds:
            same = dict.fromkeys(SAME_AS.get(code, code) for code in sorted(found.verdict.holds) if code != "sound")
            report(
                record.noun, record.pk, found.record.pk, score=found.score / 100, decision=found.decision, said={"same": list(same), "near": [], "other": []}
            )
