"""Working time by hand. Unless a case says otherwise: Monday to Friday 9–12 and 13:30–18, so 7.5 hours a day
(3 in the morning, 4.5 in the afternoon), Shanghai time, and public days of mainland China.

In November 2026 the 16th is a Monday, the 20th a Friday.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.calendars.hours import OFFICE_HOURS, BusinessTime, Exceptional, Snapshot
from crm.calendars.publicdays import DayKind, public_days
from crm.core.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = BusinessTime(Snapshot())


def at(month, day, hour=0, minute=0, year=2026, zone=SHANGHAI):
    return datetime(year, month, day, hour, minute, tzinfo=zone)


def office(**exceptions):
    """The office with exceptions named like nov21=WORKDAY."""
    months = {"nov": 11, "dec": 12}
    return BusinessTime(Snapshot(exceptions={date(2026, months[name[:3]], int(name[3:])): what for name, what in exceptions.items()}))


WORKDAY = Exceptional(DayKind.WORKDAY)
HOLIDAY = Exceptional(DayKind.HOLIDAY)
HALF = Exceptional(DayKind.HALF)
AFTERNOON = Exceptional(DayKind.HALF, (time(14), time(17)))


def test_a_ticket_of_friday_evening_is_due_on_the_make_up_saturday():
    # A12.3: Fri 17:30–18:00 is 0.5 h, Sat 9–12 is 3 h, the last 0.5 h runs from Sat 13:30
    assert office(nov21=WORKDAY).add(at(11, 20, 17, 30), timedelta(hours=4)) == at(11, 21, 14)


def test_the_same_ticket_without_the_make_up_day_is_due_on_monday():
    # A12.3: Fri 0.5 h, Mon 9–12 is 3 h, the last 0.5 h runs from Mon 13:30
    assert OFFICE.add(at(11, 20, 17, 30), timedelta(hours=4)) == at(11, 23, 14)


CASES = [
    # within one stretch: Mon 9:00 + 2 h
    (OFFICE, at(11, 16, 9), 2, at(11, 16, 11)),
    # over lunch: Mon 11:00–12:00 is 1 h, the second hour runs from 13:30
    (OFFICE, at(11, 16, 11), 2, at(11, 16, 14, 30)),
    # to the minute of lunch: what ends at 12:00 ends at 12:00
    (OFFICE, at(11, 16, 9), 3, at(11, 16, 12)),
    # written during lunch: counts from 13:30
    (OFFICE, at(11, 16, 12, 45), 1, at(11, 16, 14, 30)),
    # to the close: Fri 13:30 + 4.5 h is Fri 18:00 and not Monday
    (OFFICE, at(11, 20, 13, 30), 4.5, at(11, 20, 18)),
    # written before opening: counts from 9:00
    (OFFICE, at(11, 16, 6), 1, at(11, 16, 10)),
    # written in the evening: counts from the next morning
    (OFFICE, at(11, 16, 22), 1, at(11, 17, 10)),
    # written on Sunday: counts from Monday 9:00
    (OFFICE, at(11, 22, 15), 0.5, at(11, 23, 9, 30)),
    # one whole working day: Mon 10:00 – 2 h to lunch, 4.5 h after it, the last hour on Tuesday
    (OFFICE, at(11, 16, 10), 7.5, at(11, 17, 10)),
    # a week: 5 × 7.5 h from Wed 10:00 is Wed 10:00
    (OFFICE, at(11, 18, 10), 37.5, at(11, 25, 10)),
    # nothing to do, in work: now
    (OFFICE, at(11, 16, 10), 0, at(11, 16, 10)),
    # nothing to do, on Saturday: Monday's opening
    (OFFICE, at(11, 21, 10), 0, at(11, 23, 9)),
    # a day off on Tuesday: Mon 17:00–18:00 is 1 h, the second on Wednesday
    (office(nov17=HOLIDAY), at(11, 16, 17), 2, at(11, 18, 10)),
    # a half day ends at 12:00: Tue 11:00–12:00 is 1 h, the second on Wednesday from 9:00
    (office(nov17=HALF), at(11, 17, 11), 2, at(11, 18, 10)),
    # a half day of 14–17: Tue 9:00 waits until 14:00, 3 h fill it
    (office(nov17=AFTERNOON), at(11, 17, 9), 3, at(11, 17, 17)),
    # a half day on a Saturday takes the morning of a usual day: Fri 18:00, Sat 9–12 is 3 h, the fourth Mon 9–10
    (office(nov21=HALF), at(11, 20, 18), 4, at(11, 23, 10)),
    # National Day 2026: off from Thu 1 to Wed 7 October. Wed 30 Sep 17:00 has 1 h, the second is Thu 8 Oct from 9:00
    (OFFICE, at(9, 30, 17), 2, at(10, 8, 10)),
    # Sat 10 October 2026 makes up for it: Fri 9 Oct 17:00 has 1 h, the second is Saturday from 9:00
    (OFFICE, at(10, 9, 17), 2, at(10, 10, 10)),
    # Spring Festival 2026: Sat 14 Feb is worked, off from Sun 15 to Mon 23. Sat 14 Feb 17:00 has 1 h, the rest Tue 24
    (OFFICE, at(2, 14, 17), 2, at(2, 24, 10)),
    # New Year: Thu 31 Dec 2026 17:30 has 0.5 h; Fri 1 Jan 2027 is off, Monday is the 4th
    (OFFICE, at(12, 31, 17, 30), 1, at(1, 4, 9, 30, year=2027)),
    # the office's own word stands above the government's: a holiday that is worked all the same
    (BusinessTime(Snapshot(exceptions={date(2026, 10, 1): WORKDAY})), at(9, 30, 17), 2, at(10, 1, 10)),
    # looking back: 4 h before Mon 10:00 is 1 h on Monday and 3 h from Fri 18:00 back to 15:00
    (OFFICE, at(11, 23, 10), -4, at(11, 20, 15)),
    # looking back over lunch: 2 h before Mon 14:30 is 1 h to 13:30 and 1 h from 12:00 back to 11:00
    (OFFICE, at(11, 16, 14, 30), -2, at(11, 16, 11)),
    # looking back from Sunday: Friday's close less an hour
    (OFFICE, at(11, 22, 12), -1, at(11, 20, 17)),
]


@pytest.mark.parametrize(("calendar", "start", "hours", "due"), CASES)
def test_working_time_is_added_as_one_does_by_hand(calendar, start, hours, due):
    assert calendar.add(start, timedelta(hours=hours)) == due


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(11, 16, 9), at(11, 16, 18), 7.5),
        (at(11, 16, 11), at(11, 16, 14, 30), 2),  # 11–12 and 13:30–14:30
        (at(11, 20, 17, 30), at(11, 23, 14), 4),  # Fri 0.5, Mon 3 + 0.5
        (at(11, 21, 9), at(11, 22, 20), 0),  # the weekend
        (at(11, 16), at(11, 23), 37.5),  # a week
        (at(11, 16, 12), at(11, 16, 13, 30), 0),  # lunch
        (at(11, 16, 10), at(11, 16, 10), 0),
        (at(11, 23, 14), at(11, 20, 17, 30), -4),  # the wrong way round
        (at(9, 28), at(10, 12), 45),  # Mon–Wed, then Thu 8, Fri 9, Sat 10 October: 6 × 7.5
    ],
)
def test_the_working_time_between_two_moments(start, end, hours):
    assert OFFICE.between(start, end) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("calendar", "start", "days", "due"),
    [
        (OFFICE, at(11, 20, 17, 30), 1, at(11, 23, 17, 30)),  # Friday and one day
        (OFFICE, at(11, 20, 20), 1, at(11, 24, 9)),  # Friday evening counts from Monday's opening
        (OFFICE, at(11, 21, 11), 1, at(11, 24, 9)),  # so does Saturday
        (OFFICE, at(11, 16, 10), 5, at(11, 23, 10)),
        (OFFICE, at(11, 16, 10), 0, at(11, 16, 10)),
        (OFFICE, at(11, 21, 11), 0, at(11, 23, 9)),
        (OFFICE, at(9, 30, 10), 1, at(10, 8, 10)),  # over National Day
        (OFFICE, at(10, 9, 10), 1, at(10, 10, 10)),  # to the make-up Saturday
        (office(nov17=HALF), at(11, 16, 16), 1, at(11, 17, 12)),  # closes at noon
        (office(nov17=AFTERNOON), at(11, 16, 9, 30), 1, at(11, 17, 14)),  # opens at two
    ],
)
def test_workdays_are_added_at_the_same_time_of_day(calendar, start, days, due):
    assert calendar.add_days(start, days) == due


def test_the_next_opening_is_now_during_work_and_the_next_morning_after_it():
    assert OFFICE.next_open(at(11, 16, 10, 5)) == at(11, 16, 10, 5)
    assert OFFICE.next_open(at(11, 16, 12)) == at(11, 16, 13, 30)
    assert OFFICE.next_open(at(11, 20, 18)) == at(11, 23, 9)


def test_public_days_and_make_up_days_of_2026_are_known():
    worked_weekends = [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9)]
    worked_weekends += [date(2026, 9, 20), date(2026, 10, 10)]
    assert [on for on in worked_weekends if not OFFICE.is_workday(on)] == []
    assert not OFFICE.is_workday(date(2026, 10, 7))
    assert not OFFICE.is_workday(date(2026, 11, 21))
    assert OFFICE.hours_on(date(2026, 10, 10)) == OFFICE_HOURS


def test_the_make_up_days_of_a_year_not_announced_yet_come_by_exception():
    saturday = date(2027, 1, 30)
    assert not OFFICE.is_workday(saturday)
    assert BusinessTime(Snapshot(exceptions={saturday: WORKDAY})).is_workday(saturday)


def test_public_days_have_chinese_names_whatever_the_language_of_the_machine(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en_US")
    public_days.cache_clear()
    assert public_days("CN", 2026)[date(2026, 10, 1)].name == "国庆节"


def test_a_calendar_without_a_country_knows_no_public_days():
    assert public_days("", 2026) == {}
    assert BusinessTime(Snapshot(country="")).is_workday(date(2026, 10, 1))


def test_a_calendar_without_hours_refuses_instead_of_searching_for_ever():
    empty = BusinessTime(Snapshot(week={}))
    for question in (
        lambda: empty.add(at(11, 16), timedelta(hours=1)),
        lambda: empty.add(at(11, 16), timedelta(hours=-1)),
        lambda: empty.add_days(at(11, 16), 1),
        lambda: empty.next_open(at(11, 16)),
    ):
        with pytest.raises(Invalid) as refused:
            question()
        assert refused.value.code == "calendar_empty"
    assert empty.between(at(11, 16), at(11, 20)) == timedelta()


# --- other places -----------------------------------------------------------------------------------

BERLIN = ZoneInfo("Europe/Berlin")
ROUND_THE_CLOCK = dict.fromkeys(range(7), ((time(0), time(0)),))


def test_the_night_on_which_clocks_go_forward_is_an_hour_shorter():
    # Sunday 29 March 2026: 2:00 becomes 3:00, so 0:00–8:00 is seven hours
    always = BusinessTime(Snapshot(timezone="Europe/Berlin", country="", week=ROUND_THE_CLOCK))
    assert always.between(at(3, 29, zone=BERLIN), at(3, 29, 8, zone=BERLIN)) == timedelta(hours=7)
    assert always.add(at(3, 28, 23, zone=BERLIN), timedelta(hours=8)) == at(3, 29, 8, zone=BERLIN)


def test_the_night_on_which_clocks_go_back_is_an_hour_longer():
    # Sunday 25 October 2026: 3:00 becomes 2:00, so 0:00–8:00 is nine hours
    always = BusinessTime(Snapshot(timezone="Europe/Berlin", country="", week=ROUND_THE_CLOCK))
    assert always.between(at(10, 25, zone=BERLIN), at(10, 25, 8, zone=BERLIN)) == timedelta(hours=9)
    assert always.between(at(10, 25, zone=BERLIN), at(10, 26, zone=BERLIN)) == timedelta(hours=25)


def test_nine_in_the_morning_stays_nine_after_the_clocks_have_changed():
    berlin = BusinessTime(Snapshot(timezone="Europe/Berlin", country=""))
    assert berlin.add_days(at(3, 27, 9, 15, zone=BERLIN), 1) == at(3, 30, 9, 15, zone=BERLIN)
    assert berlin.next_open(at(3, 28, zone=BERLIN)) == datetime(2026, 3, 30, 7, tzinfo=UTC)


def test_a_moment_of_another_zone_is_taken_for_what_it_is():
    # Friday 10:30 in Berlin is Friday 17:30 in Shanghai
    assert OFFICE.add(at(11, 20, 10, 30, zone=BERLIN), timedelta(hours=4)) == at(11, 23, 14)


def test_a_day_that_ends_at_midnight_has_all_its_hours():
    always = BusinessTime(Snapshot(country="", week=ROUND_THE_CLOCK))
    assert always.between(at(11, 16), at(11, 18)) == timedelta(hours=48)


# --- whatever the hours -----------------------------------------------------------------------------

unhurried = settings(deadline=None)  # the first look at a year reads its public days
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 1)).map(lambda naive: naive.replace(tzinfo=UTC))
LENGTHS = st.timedeltas(timedelta(), timedelta(hours=400))
KINDS = st.sampled_from([WORKDAY, HOLIDAY, HALF, AFTERNOON])
CALENDARS = st.builds(
    lambda zone, days, exceptions: BusinessTime(Snapshot(timezone=zone, week=dict.fromkeys(days, OFFICE_HOURS), exceptions=exceptions)),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    st.sets(st.integers(0, 6), min_size=1),
    st.dictionaries(st.dates(date(2025, 1, 1), date(2027, 12, 31)), KINDS, max_size=20),
)


@unhurried
@given(CALENDARS, MOMENTS, LENGTHS)
def test_what_was_added_lies_between(calendar, start, length):
    assert calendar.between(start, calendar.add(start, length)) == length


@unhurried
@given(CALENDARS, MOMENTS, LENGTHS)
def test_what_was_taken_off_lies_between(calendar, end, length):
    assert calendar.between(calendar.add(end, -length), end) == length


@unhurried
@given(CALENDARS, MOMENTS, LENGTHS, LENGTHS)
def test_two_steps_lead_where_one_does(calendar, start, first, second):
    one = calendar.add(start, first + second)
    two = calendar.add(calendar.add(start, first), second)
    assert calendar.between(one, two) == timedelta()


@unhurried
@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_the_parts_of_a_time_add_up(calendar, one, two, three):
    first, middle, last = sorted((one, two, three))
    assert calendar.between(first, middle) + calendar.between(middle, last) == calendar.between(first, last)


@unhurried
@given(CALENDARS, MOMENTS, st.integers(0, 30))
def test_so_many_workdays_later_is_a_workday_so_many_workdays_later(calendar, start, days):
    begin, due = calendar.next_open(start), calendar.add_days(start, days)
    first, last = (moment.astimezone(calendar.zone).date() for moment in (begin, due))
    passed = [first + timedelta(n + 1) for n in range((last - first).days)]
    assert sum(calendar.is_workday(on) for on in passed) == days
    assert calendar.is_workday(last)
