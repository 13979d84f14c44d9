"""What import contracts cannot see: relations between models, languages of templates, migrations, rooms that were forgotten."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.utils import translation

FLOORS = ("crm", "customers", "interactions", "deals", "feedback", "reports")
OURS = {"accounts", "activity", "calendars", "jobs", "importexport", "notifications", "files", "stars", "ops"}
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def floor_of(model):
    """How high the floor of a model lies."""
    label = model._meta.app_label
    return FLOORS.index(label) if label in FLOORS else 0 if label in OURS else -1


def test_relations_point_down_or_stay_on_their_floor():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if floor_of(model) >= 0
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model and floor_of(field.related_model) > floor_of(model)
    ]
    assert upward == []


def test_every_room_gathers_its_models():
    base = Path(settings.BASE_DIR)
    forgotten = [
        f"{floor}.{room}"
        for floor in FLOORS[1:]
        for room in apps.get_app_config(floor).rooms
        if (base / floor / room / "models.py").exists() and f"{floor}.{room}.models" not in (base / floor / "models.py").read_text()
    ]
    assert forgotten == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_template_compiles_in_every_language(language):
    with translation.override(language):
        for file in TEMPLATES.rglob("*.html"):
            get_template(str(file.relative_to(TEMPLATES)))


def test_no_page_carries_code_of_its_own():
    found = [
        str(file.relative_to(TEMPLATES))
        for file in TEMPLATES.rglob("*.html")
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|\son\w+=[\"']|javascript:|\sstyle=[\"']", file.read_text())
    ]
    assert found == [], "inline code or styles: the content security policy would refuse them"


def test_interface_text_is_translated():
    catalogue = (Path(settings.BASE_DIR) / "locale/zh_Hans/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    empty = re.findall(r'msgid "(.+)"\nmsgstr(?:\[0\])? ""\n(?!")', catalogue)
    assert empty == []


def test_gettext_is_called_by_a_name_under_which_its_texts_are_collected():
    renamed = re.compile(r"import [^\n]*gettext(?:_lazy|_noop)? as (?!_\b)")
    found = [
        str(file.relative_to(settings.BASE_DIR))
        for floor in FLOORS
        for file in (Path(settings.BASE_DIR) / floor).rglob("*.py")
        if renamed.search(file.read_text())
    ]
    assert found == [], "makemessages knows _, gettext, ngettext, pgettext and npgettext; any other name hides the text"
