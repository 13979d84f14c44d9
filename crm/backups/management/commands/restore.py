"""`manage.py restore --to TIME|BACKUP [--into NEW_DATABASE]`, `--forget NEW_DATABASE`: exit code 0 only when everything is back."""

import json
from datetime import datetime

from django.core.management import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.backups import returning
from crm.backups.entries import entries
from crm.backups.places import named
from crm.core.errors import Refusal


class Command(BaseCommand):
    """Without --into it takes the place of the house's own database, which has to be stopped; what was there is kept beside it."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", metavar="TIME|BACKUP", help="a backup by its name, or a moment such as 2026-11-20T18:30")
        what.add_argument("--forget", default="", metavar="NEW_DATABASE", help="remove one that was brought back with --into, and its files")
        parser.add_argument("--into", metavar="NEW_DATABASE", help="a new database on the present server instead")
        parser.add_argument("--place", choices=("local", "s3"), help="from where; the first place of the house unless said otherwise")
        parser.add_argument("--json", action="store_true", help="print one object instead of lines")

    def handle(self, *, to, into, forget, place, **options):
        with translation.override(translation.get_language() or "zh-hans"):
            try:
                told = returning.forget(forget) if forget else self._restore(to, into, place)
            except Refusal as refusal:
                if options["json"]:
                    self.stdout.write(json.dumps({"ok": False, "error": {"code": refusal.code, "message": str(refusal)}}, ensure_ascii=False))
                else:
                    self.stderr.write(str(refusal))
                raise SystemExit(1) from None
            if options["json"]:
                self.stdout.write(json.dumps({"ok": True} | told, ensure_ascii=False))
                return
            if forget:
                self.stdout.write(_("The database %(database)s and its files in %(files)s are removed.") % told)
                return
            self.stdout.write(_("%(backup)s is back after %(seconds).1f s.") % told)
            for name, kept in told.get("before", {}).items():
                self.stdout.write(_("What was in %(name)s before lies in %(kept)s.") % {"name": name, "kept": kept})
            if into:
                self.stdout.write(_("It is the database %(database)s; the uploaded files lie in %(files)s.") % told)

    def _restore(self, to, into, name):
        place, moment = named(name)[0], _moment(to)
        if into is None:
            return returning.in_place(place, entries(place), **({"moment": moment} if moment else {"code": to}))
        return returning.into_new(place, entries(place), into, **({"moment": moment} if moment else {"code": to}))


def _moment(text):
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment, timezone.get_default_timezone())
