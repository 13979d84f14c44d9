"""What the page of today's queue shows: the list in its layers, one lead, and why it stands where it stands."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.activity.timeline import timeline
from crm.core import clock
from crm.core.policy import allows
from crm.web import formats
from customers.companies import regions
from deals.leads import page, queue, times
from deals.leads.queue_forms import CHANNELS, PICK
from deals.leads.whyme import topic_of, why_me
from interactions.followups.cells import ICONS
from interactions.log.models import Outcome
from interactions.log.tables import TONES

# So many entries are drawn; the numbers count all.
SHOWN = 300
LAST = 3


@dataclass
class Layer:
    """One layer with its words, its number of leads and its entries."""

    label: str
    count: int
    items: list = field(default_factory=list)


def of(actor, at, is_list=False):
    """The queue of a person with the lead `at` (its id), or the first one, before him."""
    found, counts = queue.entries(actor, SHOWN), queue.counts(actor)
    left, done = sum(counts.values()), queue.worked_today(actor)
    place = next((n for n, entry in enumerate(found) if entry.lead.pk == at), 0)
    entry = found[place] if found else None
    return {
        "layers": layers_of(found, counts, entry),
        "left": left,
        "done": done,
        "all": left + done,
        "share": round(done * 100 / (left + done)) if left + done else 100,
        "entry": entry,
        "place": place + 1,
        "next_url": url_of(found[place + 1]) if place + 1 < len(found) else "",
        "previous_url": url_of(found[place - 1]) if place else "",
        "later": list(queue.later_today(actor)[:5]) if not found else [],
        "is_list": is_list,
        "today": clock.today(),
        "after": found[place + 1].lead.pk if place + 1 < len(found) else "",
        **(lead_of(entry, found, counts, actor) if entry else {}),
    }


def layers_of(found, counts, current):
    """The layers that hold anything, each entry with its reason and what stands at its right."""
    layers = {number: Layer(str(label), counts[number]) for number, label in queue.LAYERS.items() if counts[number]}
    for entry in found:
        layers[entry.layer].items.append({"lead": entry.lead, "url": url_of(entry), "current": entry is current, "aside": aside_of(entry), "why": why(entry)})
    return list(layers.values())


def aside_of(entry):
    """What stands at the right of an entry: the time agreed, or the points."""
    due = entry.lead.next_step_at
    if entry.layer in (queue.DUE, queue.AGAIN) and due and not entry.is_overdue:
        return formats.time_of(due)
    return _("%(n)s points") % {"n": round(entry.lead.score)}


def why(entry):
    """The reasons in one line, and what it is about; what every entry of the layer shares stands in its heading already."""
    reasons = entry.reasons[1:] if entry.layer in (queue.QUALITY, queue.AGAIN) and len(entry.reasons) > 1 else entry.reasons
    # Whoever promised something specific knows by that what it is about.
    topic = "" if entry.lead.next_step and entry.lead.next_step_at else topic_of(entry.lead)
    return " · ".join(filter(None, (*(str(reason) for reason in reasons), topic)))


def lead_of(entry, found, counts, actor):
    """Everything about the one lead in the middle."""
    lead = entry.lead
    told = timeline(lead, actor, limit=LAST)
    return {
        "lead": lead,
        "layer_label": queue.LAYERS[entry.layer],
        "place_in_layer": [one.lead.pk for one in found if one.layer == entry.layer].index(lead.pk) + 1,
        "layer_count": counts[entry.layer],
        "who": " · ".join(filter(None, (lead.person if lead.person != lead.name else "", lead.position, regions.words(lead.region)))),
        "reasons": _("; ").join(str(reason) for reason in entry.reasons),
        "ways": page.ways_of(lead, actor),
        "matches": page.matches_of(lead, actor)[:2],
        "details": [fact for fact in page.details_of(lead) if fact.text],
        "score": page.score_of(lead),
        "why_me": why_me(lead),
        "last": told.entries,
        "channels": [(way.value, way.label, ICONS[way]) for way in CHANNELS],
        "outcomes": [(out.value, out.label, TONES[out][1], n) for n, out in enumerate(Outcome, 1)],
        "times": times.choices(),
        "pick": PICK,
        "phrases": phrases(),
        "may_convert": allows(actor, "leads.convert", lead),
        "may_return": allows(actor, "leads.return", lead),
        "may_log": actor.may("interactions.create"),
    }


def url_of(entry):
    """The address of the queue with this lead in the middle."""
    return f"{reverse('queue:today')}?at={entry.lead.pk}"


def phrases():
    """What is said so often that it is one press."""
    return [
        pgettext("phrase", "Material sent"),
        pgettext("phrase", "Waiting for the budget"),
        pgettext("phrase", "Must speak with the decision maker"),
        pgettext("phrase", "Has a supplier already"),
    ]
