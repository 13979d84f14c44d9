"""The sign-ins of the demo company, for the terminal and the sign-in page."""

from typing import NamedTuple

from django.utils.translation import gettext_noop


class DemoAccount(NamedTuple):
    username: str
    password: str
    role: str  # what this person is there to show


PASSWORD = "keman-demo-2026"  # noqa: S105  shown on the sign-in page of the demo company, used nowhere else

ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("rep", PASSWORD, gettext_noop("Sales")),
    DemoAccount("lead", PASSWORD, gettext_noop("Team lead")),
    DemoAccount("manager", PASSWORD, gettext_noop("Sales manager")),
    DemoAccount("telesales", PASSWORD, gettext_noop("Telesales")),
    DemoAccount("marketing", PASSWORD, gettext_noop("Marketing")),
    DemoAccount("renewals", PASSWORD, gettext_noop("Renewals")),
    DemoAccount("presales", PASSWORD, gettext_noop("Presales")),
    DemoAccount("service", PASSWORD, gettext_noop("Customer service")),
    DemoAccount("finance", PASSWORD, gettext_noop("Finance")),
    DemoAccount("partner", PASSWORD, gettext_noop("Partner")),
    DemoAccount("outsourced", PASSWORD, gettext_noop("Outsourced")),
    DemoAccount("keeper", PASSWORD, gettext_noop("Backup operator")),
    DemoAccount("admin", PASSWORD, gettext_noop("Administrator")),
)
