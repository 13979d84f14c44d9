from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from crm.calendars import services
from crm.calendars.models import Calendar
from crm.core import clock

pytestmark = pytest.mark.django_db

LIST = "admin:calendars_calendar_changelist"


@pytest.fixture
def administrator(make_user, signed_in):
    return signed_in(make_user("administrator", is_staff=True))


def act(administrator, action, *calendars):
    """Choose calendars in the list and press Go."""
    chosen = {"action": action, "_selected_action": [calendar.pk for calendar in calendars]}
    with clock.at(datetime(2026, 11, 18, tzinfo=UTC)):
        return administrator.post(reverse(LIST), chosen, follow=True)


def test_a_calendar_is_kept_on_one_page_with_its_hours_and_exceptions(administrator):
    page = administrator.get(reverse("admin:calendars_calendar_change", args=[services.default_calendar().pk]))
    assert page.status_code == 200
    assert b"periods-0-start" in page.content
    assert b"overrides-TOTAL_FORMS" in page.content


def test_an_administrator_loads_the_public_holidays_of_next_year(administrator):
    company = services.default_calendar()
    page = act(administrator, "load_next_year", company)
    assert page.status_code == 200
    assert company.overrides.filter(date=date(2027, 10, 1), kind="holiday").exists()
    assert not company.overrides.filter(date__year=2026).exists()


def test_an_administrator_makes_another_calendar_the_company_s(administrator):
    other = Calendar.objects.create(name="Shop")
    act(administrator, "make_company_calendar", other)
    assert services.default_calendar() == other


def test_two_calendars_cannot_both_be_the_company_s(administrator):
    company, other = services.default_calendar(), Calendar.objects.create(name="Shop")
    act(administrator, "make_company_calendar", company, other)
    assert services.default_calendar() == company
