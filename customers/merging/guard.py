"""Nothing is put under a record that was merged away: the database itself refuses, whichever way the row comes.

The check runs when a transaction ends, after that of the foreign key, which waits for a merge that is still going on: what was
added to one of its records at the same moment either came in time and was moved along, or is refused here (docs/adr/0009).
"""

import pgtrigger
from django.utils.translation import gettext_lazy as _

from crm.core.errors import explain_constraint

NOUNS = {"company": "companies", "contact": "contacts", "lead": "leads"}
# Where the row stands by now counts: it may have been moved along since it was written, by a merge in the same transaction.
CHECK = """IF NEW.{field}_id IS NOT NULL
   AND EXISTS (SELECT FROM customers_mergedrecord WHERE is_gone AND noun = '{noun}' AND object_id = NEW.{field}_id)
   AND EXISTS (SELECT FROM {{meta.db_table}} WHERE id = NEW.id AND {field}_id = NEW.{field}_id) THEN
    RAISE EXCEPTION 'row {field}_id=% is merged away', NEW.{field}_id USING ERRCODE = '23514', CONSTRAINT = 'not_under_merged';
END IF;
"""


def never_under_merged(*fields):
    """The trigger for a model whose rows point to companies, contacts or leads by these foreign keys."""
    return pgtrigger.Trigger(
        name="not_under_merged",
        when=pgtrigger.After,
        level=pgtrigger.Row,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*(f"{field}_id" for field in fields)),
        func=pgtrigger.Func("".join(CHECK.format(field=field, noun=NOUNS[field]) for field in fields) + "RETURN NULL;"),
    )


explain_constraint("not_under_merged", "company", _("This record was merged into another one a moment ago. Open that one and try again."), code="merged")
