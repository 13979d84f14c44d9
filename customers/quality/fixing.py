"""Asking somebody to put right what falls short, and the digest of the week."""

from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.core import clock
from crm.core.errors import NotAllowed, WrongState
from crm.core.policy import require
from crm.notifications.notices import says
from crm.notifications.services import notify
from crm.web import formats
from customers.companies.flaws import LABELS
from customers.quality import figures
from customers.quality.models import FixTask
from customers.quality.parts import Part, watchers

ASKED, DIGEST = "quality.asked", "quality.digest"


def short_url(noun, dimension, parameters, goal) -> str:
    """The list of the records that fall short; its count is the figure."""
    asked = {"completeness_max": goal - 1} if dimension == "completeness" else {"quality": dimension}
    return f"{figures.MEASURED[noun].list_url}?{urlencode(asked | parameters)}"


def ask(*, owner, noun, dimension, by) -> FixTask:
    """Ask the owner to put the records right that fall short of a dimension; asked twice, it is the task that waits already."""
    require(by, "quality.edit")
    if not Part.asked(by, noun).covers(owner):
        raise NotAllowed(gettext_lazy("The records of this person lie out of your reach."))
    aims = figures.goals()
    task = FixTask(noun=noun, dimension=dimension, owner=owner, by=by, asked_at=clock.now())
    task.records = figures.left_of(task, aims)
    if not task.records:
        raise WrongState(gettext_lazy("Nothing of this person falls short of this."), code="nothing_to_do")
    with transaction.atomic():
        task, fresh = FixTask.objects.get_or_create(
            owner=owner, noun=noun, dimension=dimension, done_at=None, defaults={"by": by, "records": task.records, "asked_at": task.asked_at}
        )
        if fresh:
            facts = {"by": str(by), "count": task.records, "dimension": dimension, "noun": noun}
            url = short_url(noun, dimension, {"owner": owner.pk}, aims[dimension])
            notify(owner, ASKED, facts, url=url, key=f"{ASKED}:{task.pk}")
    return task


def tasks_of(actor) -> list[dict]:
    """What this person was asked to put right, with what is left of it."""
    aims, found = figures.goals(), []
    for task in FixTask.objects.filter(owner=actor, done_at=None).select_related("by"):
        left = figures.left_of(task, aims)
        url = short_url(task.noun, task.dimension, {"owner": actor.pk}, aims[task.dimension])
        found.append({"task": task, "label": LABELS[task.dimension], "left": left, "done": task.records - left, "url": url})
    return [one for one in found if one["left"]]


def digest() -> int:
    """Tell those who look after the data of others how it stands, once a week; how many were told."""
    told = 0
    for person in watchers():
        if facts := _facts(person):
            notify(person, DIGEST, facts, url=reverse("customers:quality:page"), key=f"{DIGEST}:{facts['day']}")
            told += 1
    return told


def _facts(person):
    """The dimension furthest from its goal, and how it moved within a week."""
    if not person.may("companies.view"):
        return {}
    rows = Part.asked(person, "companies").rows("companies")
    day = figures.latest("companies", rows)
    if day is None:
        return {}
    aims, now = figures.goals(), figures.scores(rows.filter(day=day))
    before = figures.scores(rows.filter(day=figures.latest("companies", rows.filter(day__lte=day - figures.WEEK))))
    worst = worst_of(now, aims)
    earlier = before[worst.dimension].percent
    return {
        "day": day.isoformat(),
        "dimension": worst.dimension,
        "percent": round(worst.percent, 1),
        "goal": aims[worst.dimension],
        "short": worst.short,
        "change": None if earlier is None else round(worst.percent - earlier, 1),
    }


def worst_of(scores, aims):
    """The score furthest below its goal."""
    return min(scores.values(), key=lambda score: (score.percent or 0) - aims[score.dimension])


@says(ASKED)
def asked_words(facts):
    """What the owner reads."""
    words = {
        "companies": ngettext(
            "%(by)s asks you to put right %(count)d company: %(dimension)s",
            "%(by)s asks you to put right %(count)d companies: %(dimension)s",
            facts["count"],
        ),
        "contacts": ngettext(
            "%(by)s asks you to put right %(count)d contact: %(dimension)s",
            "%(by)s asks you to put right %(count)d contacts: %(dimension)s",
            facts["count"],
        ),
    }[facts["noun"]]
    return words % (facts | {"dimension": LABELS[facts["dimension"]]})


@says(DIGEST)
def digest_words(facts):
    """What those read who look after the data of others."""
    words = {
        "dimension": LABELS[facts["dimension"]],
        "percent": formats.percent(facts["percent"] / 100),
        "goal": facts["goal"],
        "short": formats.number(facts["short"]),
    }
    title = _("Data quality this week: %(dimension)s %(percent)s, goal %(goal)s%%") % words
    body = _("%(short)s companies fall short.") % words
    if facts["change"] is not None:
        body = two_sentences(body, _("Since last week: %(change)s.") % {"change": formats.points(facts["change"] / 100)})
    return title, body


def two_sentences(first, then):
    """One sentence behind the other; in Chinese no blank stands between them."""
    return _("%(first)s %(then)s") % {"first": first, "then": then}
