"""What a report is asked, read from its address: which time, whose numbers. Anything unreadable means the usual."""

from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import Team, User
from crm.core import clock
from crm.core.reading import one
from crm.web.asking import DayInput
from crm.web.forms import PickField
from reports.slices.periods import Period, present
from reports.slices.slices import Slice, teams_for

COMMON = ("period", "team", "owner")


class Question:
    """One request's question; `own` are the further names of a page with the values each may have, `usual` what they mean when absent.

    The usual value is the first one unless said otherwise.
    """

    def __init__(self, actor, query, own=None, usual=None, kind="quarter"):
        self.actor, self.query, self.own, self.kind = actor, query, own or {}, kind
        self.usual = {name: next(iter(values)) for name, values in self.own.items()} | (usual or {})

    @cached_property
    def period(self) -> Period:
        """The time asked about; the present quarter (or `kind`) unless said otherwise."""
        named = Period.read(self.query.get("period", ""))
        typed = Period.read(f"{self.query.get('from', '')}..{self.query.get('to', '')}")
        return typed or named or present(self.kind)

    @cached_property
    def part(self) -> Slice:
        """Whose numbers, within the right to reports."""
        return Slice.asked(self.actor, _number(self.query.get("team")), _number(self.query.get("owner")))

    def choice(self, name) -> str:
        """The value of one of the page's own names."""
        given = self.query.get(name, "")
        return given if given in self.own[name] else self.usual[name]

    @cached_property
    def parameters(self) -> dict:
        """The whole question as it stands in the address; what is usual is left out."""
        found = {name: self.choice(name) for name in self.own if self.choice(name) != self.usual[name]}
        if self.period != present(self.kind):
            found["period"] = str(self.period)
        return found | self.part.parameters()

    def url(self, **changes) -> str:
        """The address with these values instead; None drops one."""
        asked = {name: value for name, value in (self.parameters | changes).items() if value is not None}
        return "?" + urlencode(asked)

    def choices(self, name) -> list[dict]:
        """The page's own values as links, the present one marked."""
        present_one = self.choice(name)
        return [{"label": label, "url": self.url(**{name: value}), "current": value == present_one} for value, label in self.own[name].items()]

    def toolbar(self) -> dict:
        """What the bar above every report shows: periods, teams and the owner to choose from."""
        return {
            "period": self.period,
            "periods": self._periods(),
            "earlier_url": self.url(period=str(self.period.previous)),
            "later_url": self.url(period=str(self.period.following)) if self.period.following.first <= clock.today() else "",
            "teams": self._teams(),
            "team": self._team,
            "owner": self._owner,
            "no_owner_url": self.url(owner=None),
            "may_choose_owner": self.actor.reach("reports.view") != "own",
            "owner_form": OwnerForm(actor=self.actor) if self._owner is None else None,
            "range_form": RangeForm(initial={"from": self.period.first, "to": self.period.last}),
            "without_range": self._pairs("period"),
            "without_owner": self._pairs("owner"),
        }

    def _periods(self):
        found = []
        for kind in ("month", "quarter", "year"):
            now = present(kind)
            found += [now, now.previous]
        return [{"label": period.words, "url": self.url(period=str(period)), "current": period == self.period} for period in found]

    def _teams(self):
        teams = teams_for(self.actor)
        if not teams:
            return []
        everything = {"label": _("All teams"), "url": self.url(team=None), "current": self.part.team is None}
        others = everything["url"] + ("" if everything["url"] == "?" else "&")
        return [everything] + [{"label": team, "url": f"{others}team={team.pk}", "current": team.pk == self.part.team} for team in teams]

    @cached_property
    def _team(self):
        return one(Team.objects.filter(pk=self.part.team)) if self.part.team is not None else None

    @cached_property
    def _owner(self):
        return one(User.objects.filter(pk=self.part.owner)) if self.part.owner is not None else None

    def _pairs(self, *names):
        return [(name, value) for name, value in self.parameters.items() if name not in names]


class OwnerForm(forms.Form):
    """Whose customers."""

    def __init__(self, *args, actor, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PickField("people", label=_("Owner"), required=True)


class RangeForm(forms.Form):
    """Any days; `from` is a word of the language, so the fields are made by name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = forms.DateField(label=label, widget=DayInput)


def _number(text):
    return int(text) if text and text.isdigit() and len(text) <= 18 and text.isascii() else None
