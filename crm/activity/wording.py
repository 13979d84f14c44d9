"""How events are put into words: rooms register a describer for each of theirs.

    @describer("leads.assigned", group="change", icon="user-share", people=("from", "to"))
    def assigned(activity, facts):
        return _("Assigned to %(name)s") % {"name": facts.name("to")}, activity.data["reason"]

A describer gives the title, or title and body; text is escaped, what is marked safe is not. It is called when somebody
reads, in that reader's language, and asks no database: names behind ids in `data` are fetched for the whole page at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from crm.core.registry import Registry

# The filters above a timeline, in their order.
GROUPS = {
    "contact": _("Conversations"),
    "deal": _("Deals"),
    "money": _("Money"),
    "feedback": _("Feedback"),
    "change": _("Changes"),
}
# Past participles that need no describer of their own.
COMMON = {
    "created": (_("%(what)s added"), "plus"),
    "updated": (_("%(what)s changed"), "pencil"),
    "deleted": (_("%(what)s put into the bin"), "trash"),
    "restored": (_("%(what)s taken out of the bin"), "arrow-back-up"),
    "removed": (_("%(what)s removed from the bin for good"), "trash"),
    "assigned": (_("%(what)s handed over"), "user-share"),
    "shared": (_("%(what)s shared"), "share"),
    "undone": (_("Change of %(what)s undone"), "arrow-back-up"),
    "imported": (_("%(what)s imported"), "file-import"),
    "repaired": (_("%(what)s repaired in the administration"), "tool"),
}


@dataclass(frozen=True)
class Describer:
    """The words for one event: `refs` says which keys of its data hold ids, and of what."""

    words: Callable
    group: str = "change"
    icon: str = "pencil"
    tone: str = ""
    changes: bool = True
    refs: dict[str, type[Model]] = field(default_factory=dict)


describers: Registry[Describer] = Registry("describer")
# Values of fields that are codes, in words: "companies.industry" → function of the value.
value_words: Registry[Callable] = Registry("words for values")


def describer(verb: str, *, group="change", icon="pencil", tone="", changes=True, people=(), refs=None):
    """Register the words for an event; with `changes`, the fields that changed are listed below them.

    `people` names the keys of the event's data that hold ids of persons, `refs` maps further keys to their models.
    """

    def register(words):
        found = dict.fromkeys(people, get_user_model()) | (refs or {})
        describers.add(verb, Describer(words, group, icon, tone, changes, found))
        return words

    return register


@dataclass
class Facts:
    """What a describer may ask about its event."""

    activity: object
    # Whether the timeline is that of the event's own subject, so that the words need not name it.
    is_own: bool
    names: dict
    changes: list
    # Who reads: amounts and other guarded facts in the words are covered for some.
    actor: object = None

    def name(self, key: str) -> str:
        """The name behind an id in the event's data; a dash where there is none."""
        model = describer_of(self.activity.verb).refs.get(key)
        return self.names.get((model, self.activity.data.get(key)), "—")

    @property
    def what(self) -> str:
        """What kind of record it happened to, in words."""
        model = self.activity.kind.model_class()
        return str(model._meta.verbose_name) if model else self.activity.kind.model


def describer_of(verb: str) -> Describer:
    """The registered describer, or one that finds words for the usual verbs."""
    return describers.get(verb) or _COMMON_DESCRIBERS.get(verb.rpartition(".")[2]) or _PLAIN


def verbs_of(group: str) -> list[str]:
    """The events of a group that are registered."""
    return [verb for verb, found in describers.items() if found.group == group]


def _common(sentence):
    return lambda activity, facts: sentence % {"what": facts.what}


def _plain(activity, facts):
    return f"{facts.what} · {activity.verb.rpartition('.')[2].replace('_', ' ')}"


_COMMON_DESCRIBERS = {verb: Describer(_common(sentence), icon=icon) for verb, (sentence, icon) in COMMON.items()}
_PLAIN = Describer(_plain)
