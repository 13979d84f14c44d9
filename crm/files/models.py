"""One file that lies with a record: a signed contract, a drawing, the photo of a name plate."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core import clock

__all__ = ["KeptFile"]


class KeptFile(models.Model):
    """What was uploaded, under the name people gave it; whoever reaches its record reaches it."""

    kind = models.ForeignKey(ContentType, models.PROTECT, db_index=False, related_name="+", editable=False)
    object_id = models.BigIntegerField(editable=False)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("kind"), max_length=100)
    size = models.BigIntegerField(_("size, bytes"))
    sha256 = models.CharField(max_length=64)
    # The name under which the content lies on the disk; it says nothing and cannot be guessed.
    token = models.CharField(max_length=32, unique=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added"), default=clock.now)
    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("file"), _("files")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["kind", "object_id", "-id"], name="file_of_record", condition=models.Q(deleted_at=None)),
            models.Index(fields=["deleted_at"], name="file_bin", condition=models.Q(deleted_at__isnull=False)),
        ]

    def __str__(self):
        return self.name
