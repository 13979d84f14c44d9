"""The sign-ins of the demo company, for the terminal and the sign-in page."""

from typing import NamedTuple


class DemoAccount(NamedTuple):
    username: str
    password: str
    role: str  # what this person is there to show


ACCOUNTS: tuple[DemoAccount, ...] = ()
