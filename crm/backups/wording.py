"""What came of runs and drills, kept as a code with values, and put into words when somebody reads it."""

import errno

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.backups.refusals import SENTENCES
from crm.core.errors import Refusal
from crm.web import formats

MOST, LONGEST = 5, 1000  # examples that are kept; characters of words that are not ours
SAID = {
    "chained": gettext_lazy("%(number)s in the chain, every file there as it was written"),
    "started": gettext_lazy("%(number)s backups put together, PostgreSQL runs on them"),
    "counted": gettext_lazy("%(rows)s rows in %(tables)s tables"),
    "compared": gettext_lazy("%(number)s records compared by content"),
    "linked": gettext_lazy("%(number)s foreign keys"),
    "read": gettext_lazy("every table and index was read"),
    "unpacked": gettext_lazy("%(number)s files, every hash as it was"),
    "signed_in": gettext_lazy("signed in and saw the first page"),
    "no_page": gettext_lazy("the first page answered %(status)s"),
    "interrupted": gettext_lazy("Its process was killed."),
    "not_based": gettext_lazy("It could not build on the one before, so this is a full one."),
    "no_base": gettext_lazy("There was none to build on, so this is a full one."),
    "dump_only": gettext_lazy("This server does not let us copy it whole, so this is a dump: it brings back its own moment only."),
}


def finding(code: str, **facts) -> dict:
    """What is kept of something that was found."""
    return {"code": code, "facts": facts}


def differing(wrong) -> dict:
    """What is kept of things that are not as they were: the first of them."""
    return finding("differs", wrong=list(wrong[:MOST]), number=len(wrong))


def failing(failure: Exception) -> dict:
    """What is kept of a failure: a refusal by its code, anything else by its own words."""
    if isinstance(failure, OSError) and failure.errno in (errno.ENOSPC, errno.EDQUOT):
        return finding("no_space", folder=str(failure.filename or settings.BACKUP_SCRATCH))
    if not isinstance(failure, Refusal):
        return finding("told", words=f"{type(failure).__name__}: {failure}"[:LONGEST])
    facts = {name: value if isinstance(value, int | float) else str(value)[:LONGEST] for name, value in failure.facts.items()}
    return finding(failure.code, **facts) if failure.code in SENTENCES else finding("told", words=str(failure)[:LONGEST])


def words(found: dict) -> str:
    """A finding in the reader's language; nothing where nothing was found."""
    code, facts = found.get("code", ""), found.get("facts", {})
    if code == "differs":
        more = facts["number"] - len(facts["wrong"])
        return "; ".join(facts["wrong"]) + (_(" and %(number)s more") % {"number": formats.number(more)} if more > 0 else "")
    if code in SAID:
        return SAID[code] % {name: formats.number(value) if isinstance(value, int) else value for name, value in facts.items()}
    return str(SENTENCES[code]) % facts if code in SENTENCES else facts.get("words", "")
