"""The preset roles."""

import pytest
from django.utils import translation

from crm.accounts import presets
from crm.accounts.models import Role
from crm.core.rights import REACHES, nouns

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", presets.ROLES)
def test_every_right_that_anybody_registered_is_decided_in_every_preset(code):
    registered = {f"{noun.name}.{action}" for noun in nouns for action in noun.actions}
    assert registered - set(presets.rights_of(code)) == set(), "decide these rights in crm/accounts/presets.py"


@pytest.mark.parametrize("code", presets.ROLES)
def test_presets_know_no_reach_that_roles_do_not(code):
    assert set(presets.rights_of(code).values()) <= set(REACHES)


def test_a_new_house_has_the_preset_roles_and_one_system_user(django_user_model):
    assert set(Role.objects.values_list("code", flat=True)) == set(presets.ROLES)
    system = django_user_model.objects.get(is_system=True)
    assert not system.has_usable_password()


def test_installing_again_keeps_what_an_administrator_changed(django_user_model):
    Role.objects.filter(code="rep").update(name="销售顾问", rights={"companies.view": "all"})
    presets.install(Role, django_user_model)
    assert Role.objects.get(code="rep").name == "销售顾问"
    assert Role.objects.get(code="rep").rights == {"companies.view": "all"}
    assert Role.objects.count() == len(presets.ROLES)


def test_a_rep_reaches_his_own_rows_a_lead_the_teams_below_a_manager_everything():
    assert presets.rights_of("rep")["companies.view"] == "own"
    assert presets.rights_of("lead")["companies.view"] == "tree"
    assert presets.rights_of("manager")["companies.view"] == "all"


def test_outsourced_people_neither_export_nor_import_anything():
    rights = presets.rights_of("outsourced")
    assert {reach for right, reach in rights.items() if right.endswith((".export", ".import"))} == {"none"}


def test_outsourced_people_read_every_sensitive_field_masked_and_partners_their_leads_whole(people):
    assert people.outsourced.field_rule("contacts.phone") == "mask"
    assert people.outsourced.field_rule("leads.mobile") == "mask"
    assert people.partner.field_rule("contacts.phone") == "mask"
    assert people.partner.field_rule("leads.mobile") == "edit"
    assert people.rep_a.field_rule("contacts.phone") == "edit"


def test_only_administrators_administer_and_backups_have_a_role_of_their_own():
    holders = {code for code in presets.ROLES if presets.rights_of(code)["house.administer"] != "none"}
    assert holders == {"administrator"}
    assert presets.rights_of("backup")["house.back_up"] == "all"
    assert presets.rights_of("backup")["companies.view"] == "none"


def test_roles_are_named_in_the_reader_s_language():
    role = Role.objects.get(code="finance")
    with translation.override("zh-hans"):
        assert str(role) == "财务"
    with translation.override("en"):
        assert str(role) == "Finance"
