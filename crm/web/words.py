"""The words that scripts say: translated on the server and handed over as data."""

import json
from functools import cache

from django.utils.html import json_script
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SCRIPT_WORDS = {
    "undo": _("Undo"),
    "close": _("Close"),
    "seconds": _("%s s"),
    "failed": _("Not saved. What you wrote is still here."),
    "offline": _("You are offline. Nothing was saved."),
    "code": _("Code %s"),
    "still_working": _("Still working, you may leave"),
    "nothing": _("Nothing found"),
    "on_chosen": _("Do with the chosen rows"),
    "on_record": _("Do with this record"),
    "remove": _("Remove %s"),
    "search": _("Type to search"),
    "moved": _("%1 moved to %2"),
    "held": _("%1 picked up. Arrow keys choose the stage, Enter moves, Esc cancels."),
    "unsaved": _("There are changes that are not saved."),
    "draft": _("Your draft from %s is back."),
    "discard": _("Discard the draft"),
    "show_table": _("Show table"),
    "show_chart": _("Show chart"),
    "characters": _("%s characters"),
}


class Plain(json.JSONEncoder):
    """Characters as they are: escaped, a Chinese one takes twice the room."""

    def __init__(self, **options):
        super().__init__(**options | {"ensure_ascii": False})


def script_words():
    """All of them in one JSON element that the scripts read."""
    return _in(get_language())


@cache
def _in(_language):
    return json_script({key: str(text) for key, text in SCRIPT_WORDS.items()}, "km-words", encoder=Plain)
