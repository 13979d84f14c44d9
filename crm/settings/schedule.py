"""Every periodic task of the house, on one page."""

from celery.schedules import crontab

SCHEDULE = {
    "jobs: pick up what a lost worker left": {"task": "crm.jobs.tasks.sweep", "schedule": 30},
    "followups: remind when due": {"task": "interactions.followups.tasks.remind", "schedule": 60},
    "tickets: remind when due": {"task": "feedback.tickets.tasks.remind", "schedule": 60},
    "jobs: forget those of last month": {"task": "crm.jobs.tasks.tidy", "schedule": crontab(hour=3, minute=20)},
    "imports: forget files that were never started": {"task": "crm.importexport.tasks.tidy", "schedule": crontab(hour=3, minute=30)},
    "files: forget what was removed a month ago": {"task": "crm.files.tasks.tidy", "schedule": crontab(hour=3, minute=35)},
    "accounts: forget old sessions and answers": {"task": "crm.accounts.tasks.tidy", "schedule": crontab(hour=3, minute=10)},
    "reports: prove the summaries": {"task": "reports.kept.tasks.prove", "schedule": crontab(hour=3, minute=40)},
    "payments: look at the sums of money": {"task": "deals.payments.tasks.check_money", "schedule": crontab(hour=3, minute=50)},
    "duplicates: search all records each week": {"task": "customers.duplicates.tasks.search_all", "schedule": crontab(day_of_week="sun", hour=1, minute=10)},
    "quality: make the figures of the day": {"task": "customers.quality.tasks.measure", "schedule": crontab(hour=2, minute=30)},
    "quality: clean each week": {"task": "customers.quality.tasks.clean", "schedule": crontab(day_of_week="sun", hour=2, minute=0)},
    "quality: the digest of the week": {"task": "customers.quality.tasks.digest", "schedule": crontab(day_of_week="mon", hour=8, minute=30)},
}
