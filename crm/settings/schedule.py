"""Every periodic task of the house, on one page."""

from celery.schedules import crontab

SCHEDULE = {
    "jobs: pick up what a lost worker left": {"task": "crm.jobs.tasks.sweep", "schedule": 30},
    "followups: remind when due": {"task": "interactions.followups.tasks.remind", "schedule": 60},
    "tickets: remind when due": {"task": "feedback.tickets.tasks.remind", "schedule": 60},
    "accounts: forget old sessions and answers": {"task": "crm.accounts.tasks.tidy", "schedule": crontab(hour=3, minute=10)},
    "reports: prove the summaries": {"task": "reports.funnel.tasks.prove", "schedule": crontab(hour=3, minute=40)},
}
