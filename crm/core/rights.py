"""What can be allowed: each noun registers its actions, each role says how far each action reaches."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from crm.core.registry import Registry

NONE, OWN, TEAM, TREE, ALL = "none", "own", "team", "tree", "all"
REACHES = {
    NONE: _("not at all"),
    OWN: _("own records"),
    TEAM: _("own team"),
    TREE: _("own team and teams below"),
    ALL: _("everything"),
}
ROW_ACTIONS = {
    "view": _("see"),
    "create": _("create"),
    "edit": _("change"),
    "assign": _("assign and transfer"),
    "delete": _("delete and restore"),
    "import": _("import"),
    "export": _("export"),
}


@dataclass(frozen=True)
class Noun:
    """One kind of record that rights speak of: `name` is the plural used in URLs and the API."""

    name: str
    label: object
    actions: dict
    masked_fields: dict


nouns: Registry[Noun] = Registry("noun")


def register(name, label, *, extra=None, without=(), masked_fields=None) -> Noun:
    """Let roles speak of a noun; `extra` maps further actions to labels, `masked_fields` field names to labels."""
    actions = {key: text for key, text in ROW_ACTIONS.items() if key not in without} | (extra or {})
    return nouns.add(name, Noun(name, label, actions, masked_fields or {}))
