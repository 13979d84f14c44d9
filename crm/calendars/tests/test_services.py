from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from crm.calendars import services
from crm.calendars.models import Calendar, DayOverride, WorkPeriod

pytestmark = pytest.mark.django_db

SATURDAY = date(2026, 11, 21)
MONDAY = date(2026, 11, 16)


@pytest.fixture
def calendar():
    made = Calendar.objects.create(name="Support desk", country="")
    WorkPeriod.objects.create(calendar=made, weekday=0, start=time(8), end=time(20))
    return made


def test_the_company_starts_with_the_usual_office_week():
    company = services.business_time()
    assert services.default_calendar().timezone == "Asia/Shanghai"
    assert company.hours_on(MONDAY) == ((time(9), time(12)), (time(13, 30), time(18)))
    assert not company.is_workday(SATURDAY)
    assert not company.is_workday(date(2026, 10, 1))


def test_a_due_time_comes_from_the_stored_calendar():
    DayOverride.objects.create(calendar=services.default_calendar(), date=SATURDAY, kind="workday")
    friday_half_past_five = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    saturday_at_two = datetime(2026, 11, 21, 6, tzinfo=UTC)
    assert services.business_time().add(friday_half_past_five, timedelta(hours=4)) == saturday_at_two


def test_each_calendar_has_its_own_hours(calendar):
    assert services.business_time(calendar).hours_on(MONDAY) == ((time(8), time(20)),)


def test_a_change_by_any_path_counts_from_the_next_question_on(calendar):
    assert services.business_time(calendar).is_workday(MONDAY)
    DayOverride.objects.create(calendar=calendar, date=MONDAY, kind="holiday")
    assert not services.business_time(calendar).is_workday(MONDAY)
    DayOverride.objects.filter(calendar=calendar).update(kind="half")
    assert services.business_time(calendar).is_workday(MONDAY)
    DayOverride.objects.filter(calendar=calendar).delete()
    WorkPeriod.objects.filter(calendar=calendar).update(end=time(10))
    assert services.business_time(calendar).hours_on(MONDAY) == ((time(8), time(10)),)
    Calendar.objects.filter(pk=calendar.pk).update(timezone="Europe/Berlin")
    assert services.business_time(calendar).zone.key == "Europe/Berlin"


def test_a_change_that_was_taken_back_leaves_nothing_behind(calendar):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        DayOverride.objects.create(calendar=calendar, date=MONDAY, kind="holiday")
        assert not services.business_time(calendar).is_workday(MONDAY)
        raise ZeroDivisionError
    assert services.business_time(calendar).is_workday(MONDAY)


def test_an_unchanged_calendar_costs_one_query(calendar, django_assert_num_queries):
    services.business_time(calendar)
    with django_assert_num_queries(1):
        services.business_time(calendar)
    services.business_time()
    with django_assert_num_queries(1):
        services.business_time()


def test_without_a_company_calendar_office_hours_hold():
    Calendar.objects.all().delete()
    assert services.default_calendar() is None
    assert services.business_time().is_workday(MONDAY)


def test_loading_a_year_makes_its_public_days_visible():
    company = services.default_calendar()
    added = services.load_year(company, 2026)
    kinds = dict(company.overrides.filter(date__year=2026).values_list("date", "kind"))
    assert added == len(kinds) > 25
    assert kinds[date(2026, 10, 1)] == "holiday"
    assert kinds[date(2026, 10, 10)] == "workday"
    assert company.overrides.get(date=date(2026, 10, 1)).name == "国庆节"


def test_loading_a_year_again_keeps_what_was_corrected_by_hand():
    company = services.default_calendar()
    DayOverride.objects.create(calendar=company, date=date(2026, 10, 1), kind="workday", name="盘点")
    services.load_year(company, 2026)
    assert services.load_year(company, 2026) == 0
    assert company.overrides.get(date=date(2026, 10, 1)).name == "盘点"


def test_one_calendar_is_the_company_s_own(calendar):
    services.make_company_calendar(calendar)
    assert services.default_calendar() == calendar
    assert Calendar.objects.filter(is_default=True).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Calendar.objects.create(name="Second", is_default=True)


@pytest.mark.parametrize(
    "row",
    [
        lambda calendar: WorkPeriod(calendar=calendar, weekday=1, start=time(18), end=time(9)),
        lambda calendar: WorkPeriod(calendar=calendar, weekday=7, start=time(9), end=time(18)),
        lambda calendar: WorkPeriod(calendar=calendar, weekday=0, start=time(8), end=time(9)),
        lambda calendar: DayOverride(calendar=calendar, date=MONDAY, kind="party"),
        lambda calendar: DayOverride(calendar=calendar, date=MONDAY, kind="half", start=time(9)),
        lambda calendar: DayOverride(calendar=calendar, date=MONDAY, kind="half", start=time(12), end=time(9)),
    ],
)
def test_the_database_takes_no_hours_that_make_no_sense(calendar, row):
    with pytest.raises(IntegrityError), transaction.atomic():
        row(calendar).save()


def test_work_may_last_until_midnight(calendar):
    WorkPeriod.objects.create(calendar=calendar, weekday=1, start=time(9), end=time(0))
    tuesday = datetime(2026, 11, 17, 1, tzinfo=UTC)
    assert services.business_time(calendar).add(tuesday, timedelta(hours=15)) == datetime(2026, 11, 17, 16, tzinfo=UTC)


def test_a_time_zone_must_exist(calendar):
    calendar.timezone = "Asia/Peking-City"
    with pytest.raises(Exception, match="timezone"):
        calendar.full_clean()
