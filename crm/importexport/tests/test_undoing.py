"""Taking a whole import back: what it created goes to the bin, what it changed is as it was, what was touched since stays."""

from crm.importexport import services
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts import services as contacts
from customers.contacts.models import Contact

HEAD = ["外部编号", "客户名称", "员工数", "备注", "标签", "负责人"]


def undone(run, by, run_jobs):
    services.undo(run, by=by)
    run_jobs()
    run.refresh_from_db()
    return run.undo_job.result


def test_changed_records_get_their_old_values_back(sheet, take_in, people, run_jobs):
    old = {"name": "甲公司", "external_id": "C1", "employees": 10, "notes": "旧", "tags": ["老"]}
    companies.create(old, by=people.manager, owner=people.rep_a)
    path = sheet("a.csv", HEAD, ["C1", "甲公司（新）", "20", "新", "新、展会", "周明"], ["C2", "乙公司", "5", "", "", ""])
    run = take_in("companies", path, by=people.manager, mode="both", key="external_id")
    changed = Company.objects.get(external_id="C1")
    assert (run.created, run.updated) == (1, 1)
    assert (changed.name, changed.employees, changed.notes, changed.tags, changed.owner) == ("甲公司（新）", 20, "新", ["新", "展会"], people.rep_b)
    assert undone(run, people.manager, run_jobs) == {"taken": 2, "kept": 0}
    changed.refresh_from_db()
    assert (changed.name, changed.employees, changed.notes, changed.tags, changed.owner) == ("甲公司", 10, "旧", ["老"], people.rep_a)
    assert not Company.objects.live().filter(external_id="C2").exists()


def test_what_was_changed_since_stays_and_is_listed_with_the_reason(sheet, take_in, people, run_jobs, signed_in):
    for number in (1, 2):
        companies.create({"name": f"公司{number}", "external_id": f"C{number}", "employees": 10}, by=people.manager)
    path = sheet("a.csv", ["外部编号", "员工数"], ["C1", "20"], ["C2", "20"])
    run = take_in("companies", path, by=people.manager, mode="update", key="external_id")
    companies.update(Company.objects.get(external_id="C1"), {"employees": 33}, by=people.manager)
    companies.update(Company.objects.get(external_id="C2"), {"notes": "不相干"}, by=people.manager)
    assert undone(run, people.manager, run_jobs) == {"taken": 1, "kept": 1}
    assert dict(Company.objects.values_list("external_id", "employees")) == {"C1": 33, "C2": 10}
    assert [row.row for row in run.outcomes.exclude(left="")] == [2]
    page = signed_in(people.manager).get(f"/imports/{run.pk}/")
    assert [found.row for found in page.context["left"]] == [2]


def test_numbers_and_addresses_of_a_person_are_put_back_as_well(sheet, take_in, people, run_jobs):
    firm = companies.create({"name": "甲公司"}, by=people.manager)
    given = {"name": "王芳", "company": firm, "position": "经理", "mobile": "13800138001", "external_id": "K1"}
    contacts.create(given, by=people.manager)
    path = sheet("a.csv", ["外部编号", "手机", "生日"], ["K1", "13900139002", "1990-03-05"])
    run = take_in("contacts", path, by=people.manager, mode="update", key="external_id")
    assert Contact.objects.get().points.get().value == "+8613900139002"
    assert undone(run, people.manager, run_jobs) == {"taken": 1, "kept": 0}
    contact = Contact.objects.get()
    assert (contact.points.get().value, contact.birthday) == ("+8613800138001", None)


def test_an_empty_cell_keeps_what_is_known_and_the_marker_wipes_it_out(sheet, take_in, people):
    companies.create({"name": "甲公司", "external_id": "C1", "notes": "旧", "employees": 10, "tags": ["老"]}, by=people.manager)
    path = sheet("a.csv", ["外部编号", "员工数", "备注", "标签"], ["C1", "", "[清空]", "【清空】"])
    take_in("companies", path, by=people.manager, mode="update", key="external_id")
    company = Company.objects.get()
    assert (company.employees, company.notes, company.tags) == (10, "", [])
    take_in("companies", sheet("b.csv", ["外部编号", "员工数"], ["C1", "[clear]"]), by=people.manager, mode="update", key="external_id")
    company.refresh_from_db()
    assert company.employees is None


def test_an_empty_yes_or_no_changes_nothing(sheet, take_in, people):
    firm = companies.create({"name": "甲公司"}, by=people.manager)
    given = {"name": "王芳", "company": firm, "position": "经理", "mobile": "13800138001", "external_id": "K1", "has_left": True}
    contacts.create(given, by=people.manager)
    run = take_in("contacts", sheet("a.csv", ["外部编号", "已离职", "职位"], ["K1", "", "总监"]), by=people.manager, mode="update", key="external_id")
    contact = Contact.objects.get()
    assert (run.updated, contact.has_left, contact.position) == (1, True, "总监")


def test_what_was_taken_back_comes_in_again_under_its_numbers(sheet, take_in, people, run_jobs):
    wrong = sheet("a.csv", ["外部编号", "客户名称"], ["C1", "甲公司（错）"], ["C2", "乙公司（错）"])
    assert undone(take_in("companies", wrong, by=people.manager), people.manager, run_jobs) == {"taken": 2, "kept": 0}
    run = take_in("companies", sheet("b.csv", ["外部编号", "客户名称"], ["C1", "甲公司"], ["C2", "乙公司"]), by=people.manager)
    assert (run.created, run.duplicates) == (2, 0)
    assert list(Company.objects.live().order_by("external_id").values_list("external_id", "name")) == [("C1", "甲公司"), ("C2", "乙公司")]


def test_of_a_sheet_with_companies_and_people_both_are_taken_back(sheet, take_in, people, run_jobs):
    there = companies.create({"name": "丙公司"}, by=people.manager)
    head = ["公司名称", "联系人", "职位", "手机"]
    rows = [["甲公司", "王芳", "经理", "13800138001"], ["甲公司", "李雷", "工程师", "13800138002"], ["丙公司", "韩梅", "厂长", "13800138003"]]
    run = take_in("customers", sheet("a.xlsx", head, *rows), by=people.manager)
    assert undone(run, people.manager, run_jobs) == {"taken": 4, "kept": 0}
    assert list(Company.objects.live()) == [there]
    assert not Contact.objects.live().exists()


def test_a_company_under_which_somebody_has_added_something_since_stays(sheet, take_in, people, run_jobs):
    head = ["公司名称", "联系人", "职位", "手机"]
    run = take_in("customers", sheet("a.xlsx", head, ["甲公司", "王芳", "经理", "13800138001"], ["乙公司", "韩梅", "厂长", "13800138003"]), by=people.manager)
    kept = Company.objects.get(name="甲公司")
    by_hand = contacts.create({"name": "周建明", "company": kept, "position": "经理", "mobile": "13812347788"}, by=people.manager)
    assert undone(run, people.manager, run_jobs) == {"taken": 3, "kept": 1}
    assert list(Company.objects.live()) == [kept]
    assert list(Contact.objects.live()) == [by_hand]
    assert [row.left for row in run.outcomes.exclude(left="")] == ["此后又有内容添加到其下：联系人 1。"]


def test_an_imported_company_keeps_what_came_in_under_it_later(sheet, take_in, people, run_jobs):
    first = take_in("companies", sheet("a.csv", ["客户名称", "外部编号"], ["甲公司", "C1"], ["乙公司", "C2"]), by=people.manager)
    head = ["姓名", "公司", "职位", "手机"]
    second = take_in("contacts", sheet("b.csv", head, ["王芳", "甲公司", "经理", "13800138001"]), by=people.manager)
    assert undone(first, people.manager, run_jobs) == {"taken": 1, "kept": 1}
    assert [company.external_id for company in Company.objects.live()] == ["C1"]
    assert undone(second, people.manager, run_jobs) == {"taken": 1, "kept": 0}
