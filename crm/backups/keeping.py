"""Which backups stay: of each of the last 14 days the newest, of 8 weeks and 12 months the first full one, and all that these build on."""

from django.utils import timezone

from crm.backups.entries import INCREMENTAL, NAME

DAYS, WEEKS, MONTHS = 14, 8, 12


def kept(found) -> set[str]:
    """The codes of the backups that stay."""
    wanted = set()
    wanted |= _latest(found, DAYS, lambda day: day.isoformat(), newest=True)
    whole = [entry for entry in found if entry.kind != INCREMENTAL]
    wanted |= _latest(whole, WEEKS, lambda day: day.isocalendar()[:2], newest=False)
    wanted |= _latest(whole, MONTHS, lambda day: (day.year, day.month), newest=False)
    based_on = {entry.code: entry.based_on for entry in found}
    for code in list(wanted):
        while code := based_on.get(code, ""):
            wanted.add(code)
    return wanted


def prune(place, found) -> list[str]:
    """Take away what need not stay, those that build on others first; the codes of what is gone."""
    stay = kept(found)
    gone = [entry for entry in reversed(found) if entry.code not in stay]
    for entry in gone:
        # From here on it is no backup any more, whatever is still there of it.
        place.remove(f"{entry.code}/{NAME}")
        for part in entry.parts:
            place.remove(f"{entry.code}/{part}")
    return [entry.code for entry in gone]


def sweep(place, found) -> None:
    """Take away the files of backups that were never finished, and of those whose removal was interrupted."""
    place.tidy()
    known = {entry.code for entry in found}
    for name in place.names():
        code = name.partition("/")[0]
        if "-" in code and "/" in name and code not in known:
            place.remove(name)


def _latest(found, number, period, *, newest):
    by_period = {}
    for entry in found:
        key = period(timezone.localdate(entry.ended, timezone.get_default_timezone()))
        if newest:
            by_period[key] = entry.code
        else:
            by_period.setdefault(key, entry.code)
    return {by_period[key] for key in sorted(by_period, reverse=True)[:number]}
