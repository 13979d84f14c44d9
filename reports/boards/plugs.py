"""What the first page adds to the house."""

from django.utils.translation import gettext_lazy as _

from crm.web import nav
from reports.boards import cells

nav.pages.add("home", nav.Page(_("Home"), "boards:home", "home", "work", "", 1, "h"))

# Imported for the summaries it registers.
SUMMARIES = cells.groups
