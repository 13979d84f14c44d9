"""Every periodic task of the house, on one page."""

from celery.schedules import crontab
from django.utils.translation import gettext_noop as _

SCHEDULE = {
    _("jobs: pick up what a lost worker left"): {"task": "crm.jobs.tasks.sweep", "schedule": 15},
    _("followups: remind when due"): {"task": "interactions.followups.tasks.remind", "schedule": 60},
    _("tickets: remind when due"): {"task": "feedback.tickets.tasks.remind", "schedule": 60},
    _("jobs: forget those of last month"): {"task": "crm.jobs.tasks.tidy", "schedule": crontab(hour=3, minute=20)},
    _("imports: forget files that were never started"): {"task": "crm.importexport.tasks.tidy", "schedule": crontab(hour=3, minute=30)},
    _("bin: remove for good what has lain there long enough"): {"task": "crm.bin.tasks.empty", "schedule": crontab(hour=3, minute=5)},
    _("files: forget what was removed a month ago"): {"task": "crm.files.tasks.tidy", "schedule": crontab(hour=3, minute=35)},
    _("accounts: forget old sessions and answers"): {"task": "crm.accounts.tasks.tidy", "schedule": crontab(hour=3, minute=10)},
    _("reports: prove the summaries"): {"task": "reports.kept.tasks.prove", "schedule": crontab(hour=3, minute=40)},
    _("payments: look at the sums of money"): {"task": "deals.payments.tasks.check_money", "schedule": crontab(hour=3, minute=50)},
    _("duplicates: search all records each week"): {"task": "customers.duplicates.tasks.search_all", "schedule": crontab(day_of_week="sun", hour=1, minute=10)},
    _("duplicates: forget sheets that were never searched"): {"task": "customers.duplicates.tasks.tidy", "schedule": crontab(hour=3, minute=25)},
    _("quality: make the figures of the day"): {"task": "customers.quality.tasks.measure", "schedule": crontab(hour=2, minute=30)},
    _("quality: clean each week"): {"task": "customers.quality.tasks.clean", "schedule": crontab(day_of_week="sun", hour=2, minute=0)},
    _("quality: the digest of the week"): {"task": "customers.quality.tasks.digest", "schedule": crontab(day_of_week="mon", hour=8, minute=30)},
    _("backups: the full one of the week"): {"task": "crm.backups.tasks.full", "schedule": crontab(day_of_week="sun", hour=4, minute=10)},
    _("backups: the increment of the day"): {"task": "crm.backups.tasks.incremental", "schedule": crontab(day_of_week="mon-sat", hour=4, minute=10)},
    _("backups: the drill of the week"): {"task": "crm.backups.tasks.drill", "schedule": crontab(day_of_week="sun", hour=6, minute=10)},
    _("backups: put the log of changes away"): {"task": "crm.backups.tasks.ship", "schedule": 300},
    _("backups: look whether all is well"): {"task": "crm.backups.tasks.watch", "schedule": 900},
}
