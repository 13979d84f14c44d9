"""The page of data quality: the figures of a part of the house, in words, against their goals, with the list behind each."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.accounts.models import Team, User
from crm.web import formats
from customers.companies.flaws import DIMENSIONS, LABELS
from customers.quality import figures, fixing
from customers.quality.fixing import two_sentences
from customers.quality.parts import Part, teams_for

TREND = timedelta(days=91)
NOUNS = {"companies": gettext_lazy("Companies"), "contacts": gettext_lazy("Contacts")}
# One sentence and one formula for each, of which the conditions in the rooms' `flaws` are the letter.
MEANINGS = {
    "accuracy": (
        gettext_lazy("No value is known to be wrong: no number or address was found dead, and nothing else we know contradicts it."),
        gettext_lazy("records without a dead number or address and without an open doubt ÷ records"),
    ),
    "completeness": (
        gettext_lazy("What we need to know is filled in and can be used, each field by its weight."),
        gettext_lazy("sum of the completeness of all records ÷ records; those under the goal fall short"),
    ),
    "consistency": (
        gettext_lazy(
            "The same thing is written the same way everywhere: values come from the lists, names carry no odd characters, each number is in its field."
        ),
        gettext_lazy("records whose values all follow the house's lists and standard forms ÷ records"),
    ),
    "validity": (
        gettext_lazy("Each value has the form it must have: phone numbers, e-mail addresses, credit codes, web addresses, regions, years."),
        gettext_lazy("records all of whose values have the required form ÷ records"),
    ),
    "uniqueness": (
        gettext_lazy("Each company and each person stands here once."),
        gettext_lazy("records that are in no open pair of duplicates ÷ records"),
    ),
    "timeliness": (
        gettext_lazy("Somebody had to do with the record within 180 days, and what was verified was verified within 180 days."),
        gettext_lazy("records changed or contacted within 180 days and without a verification older than that ÷ records"),
    ),
}


@dataclass
class Question:
    """What a person asks of the page, read from its address; anything unreadable means the usual."""

    actor: object
    query: object

    @cached_property
    def noun(self):
        """Whose quality: companies unless said otherwise or not allowed."""
        allowed = [noun for noun in NOUNS if self.actor.may(f"{noun}.view")]
        given = self.query.get("of", "")
        return given if given in allowed else next(iter(allowed), "companies")

    @cached_property
    def part(self):
        """Whose records, within the rights."""
        return Part.asked(self.actor, self.noun, _number(self.query.get("team")), _number(self.query.get("owner")))

    def url(self, **changes):
        """The address with these values instead."""
        asked = {"of": self.noun, "dimension": self.query.get("dimension"), **self.part.parameters()} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def context(question: Question) -> dict:
    """Everything the page shows; only kept figures are read, and of one's own tasks what is left."""
    rows, noun, part = question.part.rows(question.noun), question.noun, question.part
    day = figures.latest(noun, rows)
    found = {
        "nouns": [{"label": label, "url": question.url(of=name), "current": name == noun} for name, label in NOUNS.items()],
        "noun_label": NOUNS[noun],
        "teams": _teams(question),
        "team": Team.objects.filter(pk=part.team).first() if part.team else None,
        "owner": User.objects.filter(pk=part.owner).first() if part.owner else None,
        "no_owner_url": question.url(owner=None) if question.part.owner != question.actor.pk or teams_for(question.actor, noun) else "",
        "tasks": fixing.tasks_of(question.actor),
        "meanings": [{"label": LABELS[name], "sentence": MEANINGS[name][0], "formula": MEANINGS[name][1]} for name in DIMENSIONS],
        "day": day,
    }
    return found | (_figures(question, rows, day) if day else {})


def _figures(question, rows, day):
    aims, now = figures.goals(), figures.scores(rows.filter(day=day))
    before = figures.scores(rows.filter(day=figures.latest(question.noun, rows.filter(day__lte=day - figures.WEEK))))
    worst = fixing.worst_of(now, aims)
    chosen = question.query.get("dimension") if question.query.get("dimension") in DIMENSIONS else worst.dimension
    return {
        "cards": [_card(question, score, before[name], aims[name], name == chosen) for name, score in now.items()],
        "sentence": _sentence(worst, before[worst.dimension], aims[worst.dimension]),
        "is_good": worst.percent is not None and worst.percent >= aims[worst.dimension],
        "dimension": chosen,
        "dimension_label": LABELS[chosen],
        "goal": aims[chosen],
        "trend": _trend(question, rows, day),
        "lines": _lines(question, rows.filter(day=day), aims, chosen),
        "heads": [{"label": LABELS[name], "meaning": MEANINGS[name][0], "current": name == chosen} for name in DIMENSIONS],
        "by_team": _is_by_team(question),
    }


def _card(question, score, before, goal, is_current):
    change = None if score.percent is None or before.percent is None else score.percent - before.percent
    return {
        "label": LABELS[score.dimension],
        "meaning": MEANINGS[score.dimension][0],
        "text": _share(score.percent),
        "short": score.short,
        "goal": goal,
        "is_low": score.percent is not None and score.percent < goal,
        "change": formats.points(change / 100) if change is not None else "",
        "url": question.url(dimension=score.dimension),
        "list_url": fixing.short_url(question.noun, score.dimension, question.part.parameters(), goal),
        "current": is_current,
    }


def _sentence(worst, before, goal):
    """What got furthest from its goal, by how much, and how it moved."""
    if worst.percent is None:
        return _("There are no records to measure.")
    words = {"dimension": LABELS[worst.dimension], "percent": _share(worst.percent), "goal": goal, "short": formats.number(worst.short)}
    said = _("Every dimension reaches its goal; %(dimension)s is closest to falling short: %(percent)s of %(goal)s%%.")
    if worst.percent < goal:
        said = _("%(dimension)s is furthest from its goal: %(percent)s of %(goal)s%%. %(short)s records fall short.")
    if before.percent is None:
        return said % words
    moved = _("Since last week: %(change)s.") % {"change": formats.points((worst.percent - before.percent) / 100)}
    return two_sentences(said % words, moved)


def _trend(question, rows, day):
    """The shares of each day of the last thirteen weeks."""
    since = rows.filter(day__gt=day - TREND)
    return [(group["day"], scores) for group, scores in figures.by(since, "day")]


def _is_by_team(question):
    return question.part.team is None and question.part.owner is None


def _lines(question, rows, aims, chosen):
    """The scores by team, or within one team by owner; each figure with its list."""
    by_team = _is_by_team(question)
    name = "team_id" if by_team else "owner_id"
    grouped = figures.by(rows, name)
    names = (Team if by_team else User).objects.in_bulk([group[name] for group, _scores in grouped if group[name]])
    found = [_line(question, names.get(group[name]), group[name], scores, aims, chosen) for group, scores in grouped]
    return sorted(found, key=lambda line: (line["chosen"].percent is None, line["chosen"].percent))


def _line(question, who, pk, scores, aims, chosen):
    by_team = _is_by_team(question)
    narrowed = question.part.parameters() | ({"team": f"{pk}.only"} if by_team else {"owner": pk})
    cells = [
        {
            "text": _share(score.percent),
            "short": score.short,
            "is_low": score.percent < aims[name],
            # Records of nobody have no list of their own.
            "url": fixing.short_url(question.noun, name, narrowed, aims[name]) if pk and score.short else "",
        }
        for name, score in scores.items()
    ]
    may_ask = pk and not by_team and scores[chosen].short and question.actor.may("quality.edit") and pk != question.actor.pk and who.is_active
    return {
        "name": who or _("Nobody"),
        "url": question.url(**({"team": pk} if by_team else {"owner": pk})) if pk else "",
        "records": scores[chosen].records,
        "cells": cells,
        "chosen": scores[chosen],
        "ask": pk if may_ask else None,
    }


def _teams(question):
    teams = teams_for(question.actor, question.noun)
    if not teams:
        return []
    everything = {"label": _("All teams"), "url": question.url(team=None, owner=None), "current": question.part.team is None}
    return [everything] + [{"label": one, "url": question.url(team=one.pk, owner=None), "current": one.pk == question.part.team} for one in teams]


def _share(percent):
    return "—" if percent is None else formats.percent(percent / 100)


def _number(text):
    return int(text) if text and text.isdigit() and len(text) <= 18 and text.isascii() else None
