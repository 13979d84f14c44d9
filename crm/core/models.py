"""The abstract rows every noun is made of."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.sql import Bigrams
from crm.core.text import initials, pinyin_key


class Record(models.Model):
    """A row with a birth, a last change, a version against lost updates, and a bin."""

    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    external_id = models.CharField(_("external ID"), max_length=100, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)

    class Meta:
        abstract = True

    def store(self, *fields):
        """Save these fields as one more version of the row."""
        self.updated_at = clock.now()
        self.version += 1
        self.save(update_fields=[*fields, "updated_at", "version"])


class Owned(Record):
    """A row that belongs to a person and, through that person, to a team."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("owner"),
    )
    team = models.ForeignKey(
        "accounts.Team",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("team"),
        editable=False,
    )

    class Meta:
        abstract = True

    def owners(self):
        """The ids of the people this row belongs to."""
        return {self.owner_id} - {None}

    def teams(self):
        """The ids of the teams this row belongs to."""
        return {self.team_id} - {None}


class CompanyChild(Owned):
    """A row under a company: it carries the company's owner and team, kept by the verbs that assign and transfer."""

    co_owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+")
    co_team = models.ForeignKey("accounts.Team", models.PROTECT, null=True, editable=False, db_index=False, related_name="+")

    class Meta:
        abstract = True

    def owners(self):
        return {self.owner_id, self.co_owner_id} - {None}

    def teams(self):
        return {self.team_id, self.co_team_id} - {None}


class Named(models.Model):
    """A row that people look for by name: in characters, in pinyin and by initials."""

    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=200, editable=False, blank=True, db_collation="C")
    latin = models.CharField(max_length=280, editable=False, blank=True, db_collation="C")

    class Meta:
        abstract = True

    def set_name(self, name, *, person=False):
        """Give the row its name and what search and order need of it."""
        self.name = name
        self.sort_key = pinyin_key(name, person=person)[:200]
        # Joined syllables and initials behind a blank: a fragment of either is found by one index.
        self.latin = f"{self.sort_key.replace(' ', '')} {initials(name, person=person)}"[:280]


def name_indexes(prefix):
    """The order by name, two-character search in Chinese, and fragments of pinyin or Latin letters."""
    live = models.Q(deleted_at=None)
    return [
        models.Index(fields=["sort_key", "id"], name=f"{prefix}_name_order", condition=live),
        GinIndex(Bigrams("name"), name=f"{prefix}_bigrams"),
        GinIndex(OpClass("latin", "gin_trgm_ops"), name=f"{prefix}_latin"),
    ]


def owned_indexes(prefix, *, pool=False, child=False):
    """The indexes of a scoped table: one per branch of the scope, and the walk for "all" (docs/adr/0002)."""
    live = models.Q(deleted_at=None)
    order = (models.F("updated_at").desc(), models.F("id").desc())
    found = [
        models.Index("owner", *order, name=f"{prefix}_owner", condition=live),
        models.Index("team", *order, name=f"{prefix}_team", condition=live),
        models.Index(*order, name=f"{prefix}_walk", condition=live, include=("owner", "team")),
        models.Index(fields=["deleted_at"], name=f"{prefix}_bin", condition=models.Q(deleted_at__isnull=False)),
    ]
    if pool:
        found.append(models.Index("pool", *order, name=f"{prefix}_pool", condition=live & models.Q(pool__isnull=False)))
    if child:
        found.append(models.Index("co_owner", *order, name=f"{prefix}_co_owner", condition=live))
        found.append(models.Index("co_team", *order, name=f"{prefix}_co_team", condition=live))
    return found


def external_id_once(prefix):
    """An external id names one row of its kind; an empty one names none."""
    return models.UniqueConstraint(fields=["external_id"], condition=~models.Q(external_id=""), name=f"{prefix}_external_id")
