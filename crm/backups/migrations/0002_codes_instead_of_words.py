"""What runs and drills found is kept as a code with values, so that everybody reads it in their own language; sentences of before are recognised."""

import re

from django.conf import settings
from django.db import migrations, models
from django.utils import translation
from django.utils.translation import gettext

# As they were written before. Numbers were written with commas.
SENTENCES = {
    "started": "%(number)s backups put together, PostgreSQL runs on them",
    "counted": "%(rows)s rows in %(tables)s tables",
    "compared": "%(number)s records compared by content",
    "linked": "%(number)s foreign keys",
    "read": "every table and index was read",
    "unpacked": "%(number)s files, every hash as it was",
    "signed_in": "signed in and saw the first page",
    "not_based": "It could not build on the one before, so this is a full one.",
    "no_base": "There was none to build on, so this is a full one.",
    "dump_only": "This server does not let us copy it whole, so this is a dump: it brings back its own moment only.",
}
PLACE = re.compile(r"%\\\((\w+)\\\)s")


def found(words):
    """The code and the values behind a sentence; one that nobody knows keeps its words."""
    if words == "interrupted":
        return {"code": "interrupted", "facts": {}}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, sentence in SENTENCES.items():
                pattern = PLACE.sub(r"(?P<\1>[\\d,]+)", re.escape(gettext(sentence)))
                if match := re.fullmatch(pattern, words):
                    return {"code": code, "facts": {name: int(value.replace(",", "")) for name, value in match.groupdict().items()}}
    return {"code": "told", "facts": {"words": words}}


def converted(step):
    """A step of a drill with a code in place of its words."""
    return step if "code" in step else {key: step[key] for key in step if key != "words"} | found(step.get("words", ""))


def to_codes(apps, schema_editor):
    """Each stored sentence becomes its code."""
    Backup, Drill = apps.get_model("backups", "Backup"), apps.get_model("backups", "Drill")
    for row in Backup.objects.exclude(message="", note=""):
        row.outcome = found(row.message or row.note)
        row.save(update_fields=["outcome"])
    for row in Drill.objects.all():
        row.steps = [converted(step) for step in row.steps]
        row.save(update_fields=["steps"])


class Migration(migrations.Migration):
    dependencies = [("backups", "0001_catalogue")]

    operations = [
        migrations.AddField("backup", "outcome", models.JSONField(blank=True, default=dict)),
        migrations.RunPython(to_codes, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("backup", "message"),
        migrations.RemoveField("backup", "note"),
    ]
