"""A real sales pipeline and a real lead funnel: what the CSV files say is what lists, exports, reports and the API say."""

import io

import pandas as pd
import pytest
from django.contrib.auth import get_user_model

from crm.accounts.models import Role
from crm.testing.fixtures import SIGN_IN

pytestmark = pytest.mark.usefixtures("imported", "db")


@pytest.fixture(scope="module")
def pipeline(imported):
    """The opportunities as the CSV files have them, with product, manager and office joined."""
    folder = imported / "crm_pipeline"
    found = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    found["product"] = found["product"].replace({"GTXPro": "GTX Pro"})
    found = found.merge(pd.read_csv(folder / "sales_teams.csv"), on="sales_agent", how="left")
    assert found.manager.notna().all()
    return found


@pytest.fixture(scope="module")
def funnel(imported):
    """The leads as the CSV files have them; `won_date` is there for those that became customers."""
    folder = imported / "olist_funnel"
    leads = pd.read_csv(folder / "olist_marketing_qualified_leads_dataset.csv", parse_dates=["first_contact_date"])
    return leads.merge(pd.read_csv(folder / "olist_closed_deals_dataset.csv", parse_dates=["won_date"]), on="mql_id", how="left")


@pytest.fixture
def manager(client, db):
    """A browser in which a sales manager is signed in."""
    user = get_user_model().objects.create(username="boss", name="王总", role=Role.objects.get(code="manager"), language="en")
    client.force_login(user, backend=SIGN_IN)
    return client


@pytest.fixture
def exported(manager):
    """`exported("opportunities", "state=won")`: what the list exports, read by pandas."""

    def export(noun, query=""):
        response = manager.post(f"/exports/{noun}/?{query}", {"format": "csv"})
        if response.status_code == 303:
            manager.run_jobs()
            response = manager.get(f"{response['Location']}file/")
        return pd.read_csv(io.BytesIO(b"".join(response.streaming_content)), encoding="utf-8-sig")

    return export


@pytest.fixture(autouse=True)
def _background(manager, run_jobs, settings, tmp_path):
    """Long exports are made by a worker; here at once, and into a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    manager.run_jobs = run_jobs


def walked(client, address):
    """Every row of an API list, page after page."""
    found = []
    while address:
        answer = client.get(address).json()
        found += answer["results"]
        address = answer["next"]
    return found


def sums(client, by, period="2017"):
    """What the page of sales says was ordered: name to (count, amount)."""
    page = client.get(f"/reports/sales/?period={period}&by={by}")
    return {one["line"].name: (one["line"].orders, one["line"].ordered) for one in page.context["lines"] if one["line"].orders}


def expected_sums(rows, key):
    won = rows[rows.deal_stage == "Won"]
    return {name: (len(part), int(part.close_value.sum())) for name, part in won.groupby(key)}


def test_the_won_are_counted_alike_by_file_export_and_api(pipeline, exported, manager):
    won = int((pipeline.deal_stage == "Won").sum())
    assert won == 4238
    assert len(exported("opportunities", "state=won")) == won
    assert len(walked(manager, "/api/v1/opportunities/?state=won&page_size=200")) == won
    assert len(exported("orders", "state=placed")) == won


def test_every_opportunity_is_there_in_its_state(pipeline, exported):
    states = exported("opportunities", "cols=name,stage").Stage.value_counts().to_dict()
    expected = {"Won": 4238, "Lost": 2473, "Product demo": 1589, "Needs confirmed": 500}
    assert pipeline.deal_stage.replace({"Engaging": "Product demo", "Prospecting": "Needs confirmed"}).value_counts().to_dict() == expected
    assert states == expected


def test_the_value_by_product_is_the_same_on_the_page_of_sales(pipeline, manager):
    assert sums(manager, "product") == expected_sums(pipeline, "product")


def test_the_value_by_manager_is_the_same_on_the_page_of_sales(pipeline, manager):
    assert sums(manager, "team") == expected_sums(pipeline, "manager")


def test_the_value_by_agent_and_by_month_is_the_same_on_the_page_of_sales(pipeline, manager):
    assert sums(manager, "person") == expected_sums(pipeline, "sales_agent")
    months = {str(period): value for period, value in expected_sums(pipeline, pipeline.close_date.dt.strftime("%b %Y")).items()}
    assert sums(manager, "month") == months


def test_the_value_by_product_and_by_manager_is_the_same_in_the_export(pipeline, exported):
    rows = exported("opportunities", "state=won&cols=name,product,team,amount")
    amount = next(name for name in rows.columns if "amount" in name)
    won = pipeline[pipeline.deal_stage == "Won"]
    assert rows.groupby("Product")[amount].sum().astype(int).to_dict() == won.groupby("product").close_value.sum().astype(int).to_dict()
    assert rows.groupby("Team")[amount].sum().astype(int).to_dict() == won.groupby("manager").close_value.sum().astype(int).to_dict()


def test_every_opportunity_was_opened_and_closed_on_its_own_day(pipeline, manager):
    known = {row["external_id"]: row for row in walked(manager, "/api/v1/opportunities/?page_size=200")}
    assert len(known) == len(pipeline) == 8800
    dated = pipeline[pipeline.engage_date.notna()]
    opened = pd.to_datetime(dated.opportunity_id.map(lambda number: known[number]["opened_at"]), utc=True).dt.tz_convert("Asia/Shanghai")
    assert (opened.dt.date.to_numpy() == dated.engage_date.dt.date.to_numpy()).all()
    closed = pipeline[pipeline.close_date.notna()]
    days = pd.to_datetime(closed.opportunity_id.map(lambda number: known[number]["closed_at"]), utc=True).dt.tz_convert("Asia/Shanghai")
    assert (days.dt.date.to_numpy() == closed.close_date.dt.date.to_numpy()).all()


def test_those_without_an_account_are_kept_without_a_company(pipeline, exported):
    assert int(exported("opportunities", "cols=name,company").Company.isna().sum()) == int(pipeline.account.isna().sum()) == 1425


def test_companies_stand_under_their_groups(imported, exported, manager):
    accounts = pd.read_csv(imported / "crm_pipeline" / "accounts.csv")
    groups = accounts[accounts.subsidiary_of.notna()].set_index("account").subsidiary_of.to_dict()
    rows = {row["id"]: row for row in walked(manager, "/api/v1/companies/?page_size=200")}
    found = {row["name"]: rows[row["parent"]]["name"] for row in rows.values() if row["parent"]}
    assert found == groups


def test_the_conversion_of_the_leads_is_the_same_in_the_list_and_by_source(funnel, exported):
    rows = exported("leads", "cols=name,state,source,created")
    assert len(rows) == len(funnel) == 8000
    assert int((rows.State == "converted").sum()) == int(funnel.won_date.notna().sum()) == 380
    names = {
        "social": "Social media", "paid_search": "Search engine", "organic_search": "Search engine", "email": "E-mail", "unknown": "Other",
        "referral": "Referral", "direct_traffic": "Website", "display": "Advertising", "other_publicities": "Advertising", "other": "Other",
    }  # fmt: skip
    source = funnel.origin.fillna("other").map(names)
    expected = funnel.groupby(source).won_date.agg(["size", "count"])
    found = rows.assign(won=rows.State == "converted").groupby("Source").won.agg(["size", "sum"])
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()
    assert found.index.tolist() == expected.index.tolist()


def test_the_conversion_by_month_of_first_contact_is_the_same_over_the_api(funnel, manager):
    rows = pd.DataFrame(walked(manager, "/api/v1/leads/?page_size=200"))
    months = pd.to_datetime(rows.created_at, utc=True).dt.tz_convert("Asia/Shanghai").dt.strftime("%Y-%m")
    found = rows.assign(won=rows.state == "converted").groupby(months).won.agg(["size", "sum"])
    expected = funnel.groupby(funnel.first_contact_date.dt.strftime("%Y-%m")).won_date.agg(["size", "count"])
    assert found.to_numpy().tolist() == expected.to_numpy().tolist()
    assert found.index.tolist() == expected.index.tolist()


def test_every_lead_was_converted_at_its_own_moment(funnel, manager):
    known = {row["external_id"]: row for row in walked(manager, "/api/v1/leads/?state=converted&page_size=200")}
    won = funnel[funnel.won_date.notna()]
    assert set(known) == set(won.mql_id)
    moments = pd.to_datetime(won.mql_id.map(lambda number: known[number]["closed_at"]), utc=True).dt.tz_convert("Asia/Shanghai")
    assert (moments.dt.tz_localize(None).to_numpy() == won.won_date.to_numpy()).all()
