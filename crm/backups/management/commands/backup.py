"""`manage.py backup full|incremental|list|verify|drill`: exit code 0 only when what was done or checked is good."""

import json

from django.core.management import BaseCommand
from django.template.defaultfilters import filesizeformat as filesize
from django.utils import translation
from django.utils.translation import gettext as _

from crm.backups import checking, services
from crm.backups.entries import FULL, INCREMENTAL, catalogue, entry_of
from crm.backups.places import named
from crm.backups.refusals import refuse
from crm.backups.wording import words
from crm.core import context
from crm.core.errors import Refusal


class Command(BaseCommand):
    """Take, list, check and prove backups. `list` and `verify` need no database."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("what", choices=("full", "incremental", "list", "verify", "drill"))
        parser.add_argument("code", nargs="?", default="", help="which backup to verify or to prove; the newest unless said otherwise")
        parser.add_argument("--all", action="store_true", help="verify every backup")
        parser.add_argument("--place", choices=("local", "s3"), help="where to look; the first place of the house unless said otherwise")
        parser.add_argument("--json", action="store_true", help="print one object instead of lines")

    def handle(self, *, what, **options):
        with translation.override(translation.get_language() or "zh-hans"), context.coming_by("command"):
            try:
                good, told, lines = getattr(self, f"_{what}")(options)
            except Refusal as refusal:
                good, told, lines = False, {"error": {"code": refusal.code, "message": str(refusal)}}, [str(refusal)]
        if options["json"]:
            self.stdout.write(json.dumps({"ok": good} | told, ensure_ascii=False, default=str))
        else:
            for line in lines:
                (self.stdout if good else self.stderr).write(line)
        if not good:
            raise SystemExit(1)

    def _full(self, options):
        return self._take(FULL)

    def _incremental(self, options):
        return self._take(INCREMENTAL)

    def _take(self, kind):
        row = services.take(kind, by=services.system())
        told = {"backup": row.code, "kind": row.kind, "based_on": row.based_on, "size": row.size, "rows": row.rows, "files": row.files}
        line = _("%(code)s: %(size)s, %(rows)s rows, %(files)s files, %(seconds).1f s") % {
            "code": row.code, "size": filesize(row.size), "rows": f"{row.rows:,}", "files": row.files, "seconds": row.seconds,
        }  # fmt: skip
        return True, told | {"note": row.words, "places": row.places, "seconds": row.seconds}, [line, *filter(None, [row.words])]

    def _list(self, options):
        held, broken = {}, []
        for place in self._places(options):
            found, damaged = catalogue(place)
            broken += map(str, damaged)
            for entry in found:
                held.setdefault(entry.code, (entry, []))[1].append(place.name)
        rows = [
            {"backup": code, "kind": entry.kind, "based_on": entry.based_on, "ended_at": entry.ended_at, "size": entry.size,
             "rows": sum(low for low, _high in entry.rows.values()), "files": entry.files, "places": names, "key": entry.key}
            for code, (entry, names) in sorted(held.items())
        ]  # fmt: skip
        lines = [f"{row['backup']:32}  {filesize(row['size']):>9}  {row['rows']:>12,}  {row['files']:>8,}  {'+'.join(row['places']):9}" for row in rows]
        return not broken, {"backups": rows, "unreadable": broken}, (lines or [_("There is no finished backup here.")]) + broken

    def _verify(self, options):
        told, lines = [], []
        for place in self._places(options):
            found, damaged = catalogue(place)
            chosen = found if options["all"] else [entry_of(found, options["code"])]
            if not found:
                raise refuse("no_backup")
            broken = damaged if options["all"] else []
            told += [{"backup": one.facts["name"], "place": place.name, "ok": False, "problems": [_plain(one)]} for one in broken]
            lines += map(str, broken)
            for entry in chosen:
                problems = checking.check(place, found, entry) + services.told_otherwise(entry)
                told.append({"backup": entry.code, "place": place.name, "ok": not problems, "problems": [_plain(one) for one in problems]})
                lines += [str(one) for one in problems] or [_("%(name)s (%(place)s): good") % {"name": entry.code, "place": place}]
        return all(one["ok"] for one in told), {"backups": told}, lines

    def _drill(self, options):
        by = services.system()
        row = services.drill(by=by, code=options["code"], place=options["place"])
        lines = [f"{'✓' if step['ok'] else '✗'} {step['name']:10} {step['seconds']:7.1f} s  {words(step)}" for step in row.steps]
        steps = [step | {"words": words(step)} for step in row.steps]
        return row.ok, {"backup": row.code, "place": row.place, "seconds": row.seconds, "steps": steps}, lines

    def _places(self, options):
        return named(options["place"])


def _plain(problem):
    return {"code": problem.code, "message": str(problem)}
