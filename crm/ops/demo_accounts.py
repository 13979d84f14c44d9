"""The sign-ins of the demo company, for the terminal and the sign-in page."""

from typing import NamedTuple


class DemoAccount(NamedTuple):
    username: str
    password: str
    role: str  # what this person is there to show


PASSWORD = "keman-demo-2026"  # noqa: S105  shown on the sign-in page of the demo company, used nowhere else

ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("rep", PASSWORD, "Sales"),
    DemoAccount("lead", PASSWORD, "Team lead"),
    DemoAccount("manager", PASSWORD, "Sales manager"),
    DemoAccount("telesales", PASSWORD, "Telesales"),
    DemoAccount("marketing", PASSWORD, "Marketing"),
    DemoAccount("renewals", PASSWORD, "Renewals"),
    DemoAccount("presales", PASSWORD, "Presales"),
    DemoAccount("service", PASSWORD, "Customer service"),
    DemoAccount("finance", PASSWORD, "Finance"),
    DemoAccount("partner", PASSWORD, "Partner"),
    DemoAccount("outsourced", PASSWORD, "Outsourced"),
    DemoAccount("admin", PASSWORD, "Administrator"),
)
