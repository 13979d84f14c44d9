"""Backups for Prometheus: who watches from outside also hears when the house's own watch is silent."""

from prometheus_client.core import GaugeMetricFamily

from crm.backups import watching
from crm.backups.models import Backup, Drill


def figures():
    """When the newest good backup and the last good drill ended, bytes by kind, and how many troubles there are."""
    good = Backup.objects.filter(state=Backup.State.DONE).order_by("-ended_at").first()
    drill = Drill.objects.filter(ok=True).first()
    for name, text, row in (
        ("backup_last_good_timestamp_seconds", "When the newest good backup ended.", good),
        ("drill_last_good_timestamp_seconds", "When the last drill ended that held.", drill),
    ):
        if row is not None:
            yield GaugeMetricFamily(f"keman_{name}", text, value=row.ended_at.timestamp())
    if good is not None:
        yield GaugeMetricFamily("keman_backup_last_good_bytes", "Size of the newest good backup.", value=good.size)
    yield GaugeMetricFamily("keman_backup_troubles", "What is not as it should be with the backups.", value=len(watching.reasons()))
