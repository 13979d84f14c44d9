"""Saved views: kept under a name of one's own, changed and forgotten by whoever may, shown to everybody where that is allowed."""

import pytest

from crm.accounts import keptviews
from crm.accounts.models import SavedView
from crm.activity.models import Activity
from crm.core.errors import Invalid, NotAllowed
from customers.companies import services as companies

pytestmark = pytest.mark.django_db

LIST = "/customers/companies/"


def keep(by, name="我的 A 类", query="grade=A", **more):
    return keptviews.save_view(by=by, list_name="companies", name=name, query=query, **more)


def test_a_view_keeps_filters_order_and_columns_and_drops_what_belongs_to_one_visit(people):
    view = keep(people.rep_a, query="grade=A&grade=B&sort=-name&cols=owner,grade&cursor=xyz&part=views&view=7")
    assert (view.query, view.columns) == ("grade=A&grade=B&sort=-name", ["owner", "grade"])
    assert view.url == f"?grade=A&grade=B&sort=-name&cols=owner%2Cgrade&view={view.pk}"


@pytest.mark.parametrize("name", ["", "  ", "名" * 200])
def test_a_view_needs_a_name_that_fits_a_tab(people, name):
    with pytest.raises(Invalid) as refused:
        keep(people.rep_a, name)
    assert list(refused.value.errors) == ["name"]
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_by_each_person_on_each_list(people):
    keep(people.rep_a)
    with pytest.raises(Invalid):
        keep(people.rep_a, " 我的  A 类 ", "grade=B")
    assert keep(people.rep_b).query == "grade=A"
    assert keptviews.save_view(by=people.rep_a, list_name="contacts", name="我的 A 类").name == "我的 A 类"
    other = keep(people.rep_a, "另一个")
    with pytest.raises(Invalid):
        keptviews.change_view(other, by=people.rep_a, name="我的 A 类")
    assert SavedView.objects.get(pk=other.pk).name == "另一个"


def test_the_order_of_the_tabs_stays_when_views_are_renamed_updated_or_forgotten(people):
    first, second, third = (keep(people.rep_a, name) for name in "甲乙丙")
    keptviews.change_view(first, by=people.rep_a, name="丁")
    keptviews.update_view(third, by=people.rep_a, query="grade=C")
    keptviews.delete_view(second, by=people.rep_a)
    keep(people.rep_a, "戊")
    assert [view.name for view in people.rep_a.views_of("companies")] == ["丁", "丙", "戊"]


def test_only_who_has_the_right_shows_a_view_to_everybody(people):
    with pytest.raises(NotAllowed):
        keep(people.rep_a, is_shared=True)
    view = keep(people.manager, is_shared=True)
    keep(people.rep_c, "自己的")
    assert [found.name for found in people.rep_c.views_of("companies")] == ["自己的", view.name]
    assert people.rep_a.views_of("contacts") == []


def test_a_view_of_somebody_else_is_changed_by_nobody_and_a_shared_one_by_an_administrator(people):
    private, shared = keep(people.rep_a), keep(people.manager, "全公司", is_shared=True)
    for verb in (lambda view, by: keptviews.change_view(view, by=by, name="别的"), lambda view, by: keptviews.delete_view(view, by=by)):
        for view, by in ((private, people.rep_b), (private, people.admin), (shared, people.rep_b)):
            with pytest.raises(NotAllowed):
                verb(view, by)
    with pytest.raises(NotAllowed):
        keptviews.update_view(shared, by=people.admin, query="")
    assert keptviews.change_view(shared, by=people.admin, name="改名").name == "改名"
    keptviews.delete_view(shared, by=people.admin)
    assert list(SavedView.objects.all()) == [private]


def test_what_was_done_with_views_stands_in_the_spine(people):
    view = keep(people.rep_a)
    keptviews.update_view(view, by=people.rep_a, query="")
    keptviews.delete_view(view, by=people.rep_a)
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == ["people.view_saved", "people.view_changed", "people.view_deleted"]


def test_a_list_that_was_changed_offers_to_be_saved_and_a_tab_as_it_is_does_not(people, signed_in):
    browser = signed_in(people.rep_a)
    assert "/me/views/new/" not in browser.get(LIST + "?owner=me").text
    assert "/me/views/new/" in browser.get(LIST + "?owner=me&grade=A").text
    view = keep(people.rep_a)
    plain = browser.get(LIST + view.url).text
    assert ("/me/views/new/" in plain, f"/me/views/{view.pk}/query/" in plain, f"/me/views/{view.pk}/?" in plain) == (False, False, True)
    changed = browser.get(f"{LIST}?grade=B&view={view.pk}").text
    assert ("/me/views/new/" in changed, f"/me/views/{view.pk}/query/" in changed) == (True, True)
    assert f'<a href="?grade=A&amp;view={view.pk}" aria-current="page">' in changed


def test_without_scripts_a_page_with_the_form_saves_and_leads_back_to_the_list_in_the_new_view(people, signed_in):
    browser = signed_in(people.rep_a)
    page = browser.get("/me/views/new/", {"list": "companies", "query": "grade=A&cols=owner", "next": LIST})
    assert (page.status_code, "<html" in page.text, 'name="is_shared"' in page.text) == (200, True, False)
    given = {"list": "companies", "query": "grade=A&cols=owner", "next": LIST, "name": "我的 A 类", "is_shared": "on"}
    answer = browser.post("/me/views/new/", given)
    view = SavedView.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST + view.url)
    assert (view.query, view.columns, view.is_shared) == ("grade=A", ["owner"], False)
    again = browser.post("/me/views/new/", given)
    assert (again.status_code, SavedView.objects.count()) == (422, 1)


def test_with_scripts_the_form_comes_alone_and_leads_on_by_a_header(people, signed_in):
    browser, htmx = signed_in(people.manager), {"HX-Request": "true"}
    form = browser.get("/me/views/new/", {"list": "companies", "next": LIST}, headers=htmx).text
    assert ("<html" in form, 'id="km-view"' in form, 'name="is_shared"' in form) == (False, True, True)
    refused = browser.post("/me/views/new/", {"list": "companies", "next": LIST, "name": "名" * 200}, headers=htmx)
    assert (refused.status_code, 'id="km-view"' in refused.text) == (422, True)
    answer = browser.post("/me/views/new/", {"list": "companies", "next": LIST, "name": "全部"}, headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, LIST + SavedView.objects.get().url)


def test_the_list_updates_its_view_renames_it_and_forgets_it(people, signed_in):
    browser, view = signed_in(people.rep_a), keep(people.rep_a)
    answer = browser.post(f"/me/views/{view.pk}/query/", {"query": f"grade=B&view={view.pk}", "next": LIST})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}?grade=B&view={view.pk}")
    assert browser.post(f"/me/views/{view.pk}/", {"name": "B 类", "next": LIST}).headers["Location"] == f"{LIST}?grade=B&view={view.pk}"
    assert (SavedView.objects.get().name, SavedView.objects.get().query) == ("B 类", "grade=B")
    assert browser.post(f"/me/views/{view.pk}/deletion/", {"next": LIST}).headers["Location"] == LIST
    assert not SavedView.objects.exists()


def test_a_view_of_another_person_is_not_there_and_a_shared_one_is_not_his_to_change(people, signed_in):
    private, shared = keep(people.rep_a, "私人的"), keep(people.manager, "全公司", is_shared=True)
    browser = signed_in(people.rep_c)
    page = browser.get(f"{LIST}?view={private.pk}").text
    assert ("私人的" in page, "全公司" in page) == (False, True)
    for view, code in ((private, 404), (shared, 403)):
        assert browser.get(f"/me/views/{view.pk}/").status_code == code
        for deed in ("", "query/", "deletion/"):
            assert browser.post(f"/me/views/{view.pk}/{deed}", {"name": "别的"}).status_code == code
    assert [view.name for view in SavedView.objects.order_by("pk")] == ["私人的", "全公司"]


def test_a_shared_view_shows_each_reader_the_rows_in_his_own_reach(people, signed_in):
    for rep, name in ((people.rep_a, "苏州恒立达精密机械有限公司"), (people.rep_c, "宁波海澜仓储物流有限公司")):
        companies.create({"name": name, "grade": "A"}, by=rep)
    view = keep(people.manager, "全公司 A 类", is_shared=True)
    page = signed_in(people.rep_c).get(LIST + view.url).text
    assert ("宁波海澜" in page, "苏州恒立达" in page, "全公司 A 类" in page) == (True, False, True)


@pytest.mark.parametrize("target", ["https://elsewhere.example/customers/companies/", "//elsewhere.example/", "/customers/contacts/", "/nowhere/", ""])
def test_the_way_back_leads_to_the_list_of_the_view_and_nowhere_else(people, signed_in, target):
    view = keep(people.rep_a)
    assert signed_in(people.rep_a).post(f"/me/views/{view.pk}/deletion/", {"next": target}).headers["Location"] == "/"


def test_the_pool_keeps_views_of_its_own(people, signed_in):
    browser = signed_in(people.lead_east)
    browser.post("/me/views/new/", {"list": "leads-pool", "query": "grade=A", "next": "/deals/leads/pool/", "name": "池里的 A"})
    assert "池里的 A" in browser.get("/deals/leads/pool/").text
    assert "池里的 A" not in browser.get("/deals/leads/").text
    assert browser.get("/me/views/new/", {"list": "nothing"}).status_code == 404
