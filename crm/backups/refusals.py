"""What can be wrong with a backup, each as one sentence."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Refusal


class Damaged(Refusal):
    """A backup, or the way back from it, is not as it should be."""

    default_code = "damaged"


def damaged(code, sentence, **facts) -> Damaged:
    """A refusal whose sentence speaks of these facts."""
    return Damaged(sentence % facts, code=code, facts=facts)


SENTENCES = {
    "no_backup": _("There is no finished backup here."),
    "unknown": _("There is no finished backup %(name)s."),
    "missing_part": _("%(name)s: the file %(part)s is missing."),
    "size": _("%(name)s: the file %(part)s has %(found)s bytes instead of %(told)s."),
    "hash": _("%(name)s: the file %(part)s is not what was written: its SHA-256 differs."),
    "missing_increment": _("%(name)s cannot be used: %(missing)s, on which it builds, is missing."),
    "wrong_key": _("%(name)s: the key %(key)s does not open %(part)s; it was sealed for %(sealed)s."),
    "no_key": _("The key of the backups is not at %(path)s: put it there, or set KEMAN_BACKUP_KEY to where it is."),
    "bad_key": _("%(path)s holds no key of backups."),
    "entry": _("%(name)s: its description %(file)s cannot be read."),
    "told_otherwise": _("%(name)s: its description is not the one that was noted when it was taken."),
    "contents": _("%(name)s: PostgreSQL's own check failed: %(words)s"),
    "tool": _("%(tool)s failed: %(words)s"),
    "no_space": _("There is no room left in %(folder)s: free some space there, or choose another place."),
    "too_early": _("No backup had ended by %(time)s; the earliest one ended at %(first)s."),
    "future": _("%(time)s lies in the future: choose a moment that has passed."),
    "no_log": _("The log of changes that was kept ends before %(time)s: choose an earlier moment, or a backup by its name."),
    "files": _("%(name)s: %(number)s of the uploaded files are missing or not what they were."),
    "busy": _("Another backup or restore is at work (process %(pid)s); try again when it has ended."),
    "running": _("The house is running: stop it first, or restore into another database with --into."),
    "not_ours": _("The database is not the one that comes with the product: restore into a new database with --into."),
    "exists": _("There is a database %(name)s already: name another one."),
    "not_restored": _("There is no database %(name)s that was brought back with --into."),
    "bad_name": _("No new database can be called %(name)s: use letters, digits and underscores."),
    "no_place": _("This house keeps no backups in %(place)s (KEMAN_BACKUP_PLACES)."),
    "not_here": _("The place %(place)s does not answer: %(words)s"),
    "older_tools": _("The database is PostgreSQL %(server)s, the tools here are of %(tools)s: set KEMAN_PG_BIN to newer ones."),
    "logical_time": _("A dump brings back its own moment only; the nearest before %(time)s is %(name)s."),
}


def refuse(code, **facts) -> Damaged:
    """The refusal of this code."""
    return damaged(code, SENTENCES[code], **facts)
