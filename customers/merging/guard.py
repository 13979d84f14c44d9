"""Nothing is put under a record that was merged away: the database itself refuses, whichever way the row comes.

The check runs when a transaction ends, after that of the foreign key, which waits for a merge that is still going on: what was
added to one of its records at the same moment either came in time and was moved along, or is refused here (docs/adr/0009).
It is made by migrations of the floors whose rows point to companies and contacts: `RunSQL(*never_under_merged(…))`.
"""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import explain_constraint

NAME = "not_under_merged"
NOUNS = {"company": "companies", "contact": "contacts", "parent": "companies"}
FUNCTION = """CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{checks}    RETURN NULL;
END $$"""
# Where the row stands by now counts: it may have been moved along since it was written, by a merge in the same transaction.
CHECK = """    IF NEW.{field}_id IS NOT NULL
       AND EXISTS (SELECT FROM customers_mergedrecord WHERE is_gone AND noun = '{noun}' AND object_id = NEW.{field}_id)
       AND EXISTS (SELECT FROM {table} WHERE id = NEW.id AND {field}_id = NEW.{field}_id) THEN
        RAISE EXCEPTION '% is merged away', NEW.{field}_id USING ERRCODE = '23514', CONSTRAINT = '{name}';
    END IF;
"""
TRIGGER = """CREATE CONSTRAINT TRIGGER {name} AFTER INSERT OR UPDATE OF {columns} ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}()"""


def never_under_merged(table, *fields):
    """The SQL that makes the check for a table whose rows point to records by these foreign keys, and the SQL that takes it away.

    Written by hand: the triggers of pgtrigger ask on every row whether they are to be ignored, by an exception that is caught,
    which makes the end of a transaction of many rows take the square of their number.
    """
    function = f"{table}_{NAME}"
    checks = "".join(CHECK.format(field=field, noun=NOUNS[field], table=table, name=NAME) for field in fields)
    columns = ", ".join(f"{field}_id" for field in fields)
    names = {"function": function, "name": NAME, "table": table}
    make = [FUNCTION.format(checks=checks, **names), TRIGGER.format(columns=columns, **names)]
    return make, [f"DROP TRIGGER {NAME} ON {table}", f"DROP FUNCTION {function}()"]


ABOUT = """CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.about_kind_id = (SELECT id FROM django_content_type WHERE app_label = '{app}' AND model = '{model}') THEN
        PERFORM FROM {records} WHERE id = NEW.about_id FOR KEY SHARE;
        IF EXISTS (SELECT FROM customers_mergedrecord WHERE is_gone AND noun = '{noun}' AND object_id = NEW.about_id)
           AND EXISTS (SELECT FROM {table} WHERE id = NEW.id AND about_id = NEW.about_id AND about_kind_id = NEW.about_kind_id) THEN
            RAISE EXCEPTION '% is merged away', NEW.about_id USING ERRCODE = '23514', CONSTRAINT = '{name}';
        END IF;
    END IF;
    RETURN NULL;
END $$"""
ABOUT_TRIGGER = """CREATE CONSTRAINT TRIGGER {name}_{model} AFTER INSERT OR UPDATE OF about_id ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.about_id IS NOT NULL) EXECUTE FUNCTION {function}()"""


def never_about_merged(table, records, noun, *, app, model):
    """The same for rows that name a record by its kind and id; no foreign key waits for a merge there, so the check does."""
    function = f"{table}_{NAME}_{model}"
    names = {"function": function, "table": table, "records": records, "noun": noun, "app": app, "model": model, "name": NAME}
    return [ABOUT.format(**names), ABOUT_TRIGGER.format(**names)], [f"DROP TRIGGER {NAME}_{model} ON {table}", f"DROP FUNCTION {function}()"]


explain_constraint(NAME, "company", _("This record was merged into another one a moment ago. Open that one and try again."), code="merged")
