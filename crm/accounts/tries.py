"""How often one may try to sign in: counted in PostgreSQL before the password is looked at.

A stranger's tries at an account are counted together, from wherever they come; an address from which the account was
signed in before has a count of its own. So nobody gets more than ten tries in a quarter of an hour, and nobody can keep
the owner out: his own address, a reset by mail, or a quarter of an hour lets him in again.
"""

from datetime import timedelta

from django.db import connection, transaction

from crm.accounts.models import SignInTry
from crm.core import clock

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 60
KNOWN_FOR = timedelta(days=90)


def reserve(account: str, address: str, limit: int = PER_ACCOUNT) -> bool:
    """Count one try and say whether it may be made; of parallel tries exactly as many pass as are left."""
    since = clock.now() - WINDOW
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"try {account}"])
        of_account = SignInTry.objects.filter(account=account)
        known = set(of_account.filter(worked=True, at__gt=clock.now() - KNOWN_FOR).values_list("address", flat=True))
        failed = of_account.filter(worked=False, at__gt=since)
        if address in known:
            allowed = failed.filter(address=address).count() < limit
        else:
            elsewhere = SignInTry.objects.filter(address=address, worked=False, at__gt=since)
            allowed = failed.exclude(address__in=known).count() < limit and elsewhere[:PER_ADDRESS].count() < PER_ADDRESS
        if allowed:
            SignInTry.objects.create(account=account, address=address, at=clock.now())
        return allowed


def succeeded(account: str, address: str) -> None:
    """Forget the failed tries from here, and remember that the account is at home at this address."""
    SignInTry.objects.filter(account=account, address=address).delete()
    SignInTry.objects.create(account=account, address=address, at=clock.now(), worked=True)


def forgive(account: str) -> None:
    """Forget every failed try at an account: its owner has just set a new password by mail."""
    SignInTry.objects.filter(account=account, worked=False).delete()


def forget_old() -> int:
    """Remove what counts no more."""
    now = clock.now()
    old = SignInTry.objects.filter(worked=False, at__lt=now - WINDOW) | SignInTry.objects.filter(at__lt=now - KNOWN_FOR)
    return old.delete()[0]
