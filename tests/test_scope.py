"""What another team's rep must not learn, on every way there is: lists, counts, search, pickers, palette, API, exports, timelines."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_query_counts import LISTS

SECRET = {"companies": "恒立达", "contacts": "周建明", "leads": "南湖精工", "opportunities": "MES 二期", "tickets": "网关掉线"}
WAYS = ["/search/?q={word}", "/search/palette/?q={word}", "/api/v1/{noun}/", "/exports/{noun}/?format=csv", "/pick/{noun}/?q={word}"]


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(SECRET))
def test_another_teams_rep_sees_none_of_it(noun, world, people, signed_in):
    owner, stranger = signed_in(people.rep_a), signed_in(people.rep_c, Client())
    word = SECRET[noun]
    for way in [reverse(LISTS[noun]), *WAYS]:
        url = way.format(noun=noun, word=word)
        mine, theirs = owner.get(url), stranger.get(url)
        if mine.status_code == 404:
            continue
        assert word not in _text(theirs).replace(f"q={word}", "").replace(f'value="{word}"', "").replace(f"“{word}”", ""), url
    assert word in _text(owner.get(reverse(LISTS[noun])))


@pytest.mark.django_db
def test_the_pages_of_a_foreign_company_do_not_exist(world, people, signed_in):
    stranger = signed_in(people.rep_c)
    company = world["companies"]
    for tail in ("", "panels/", "edit/", "assignment/"):
        assert stranger.get(f"/customers/companies/{company.pk}/{tail}").status_code == 404
    assert stranger.get(f"/activity/companies/{company.pk}/").status_code == 404
    assert stranger.get(f"/api/v1/companies/{company.pk}/").status_code == 404


def _text(response):
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode("utf-8", "replace")
    return response.content.decode("utf-8", "replace")
