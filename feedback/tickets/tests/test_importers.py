"""Conversations and feedback of earlier years: by their real author, on their real day."""

from datetime import UTC, datetime

from crm.activity.models import Activity
from customers.companies import services as companies
from feedback.tickets.models import Ticket
from interactions.log.models import Interaction


def test_interactions_keep_their_author_and_their_time(sheet, take_in, report, people):
    company = companies.create({"name": "甲公司"}, by=people.rep_a)
    path = sheet(
        "a.csv", ["时间", "方式", "客户", "跟进人", "沟通内容", "满意度"],
        ["2026-03-05 14:30", "电话", "甲公司", "周明", "谈了报价", "5"],
        ["2999-01-01", "电话", "甲公司", "", "未来", ""],
        ["2026-03-05", "信鸽", "甲公司", "", "飞走了", "9"],
    )  # fmt: skip
    run = take_in("interactions", path, by=people.manager)
    assert (run.created, run.rejected) == (1, 2)
    found, moment = Interaction.objects.get(), datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
    assert (found.company, found.owner, found.channel, found.at, found.satisfaction) == (company, people.rep_b, "phone", moment, 5)
    assert Activity.objects.get(verb="interactions.logged").at == moment
    company.refresh_from_db()
    assert company.last_contact_at == moment
    assert {(line["row"], line["column"]) for line in report(run)["rejected"]} == {(3, "时间"), (4, "方式"), (4, "满意度")}
    assert take_in("interactions", path, by=people.manager).duplicates == 1


def test_feedback_that_was_solved_is_solved_on_its_day(sheet, take_in, people):
    companies.create({"name": "甲公司"}, by=people.rep_a)
    path = sheet(
        "a.xlsx", ["反馈内容", "反馈类型", "客户", "反馈时间", "解决时间", "处理结果", "满意度", "负责人"],
        ["镜头起雾", "投诉", "甲公司", "2026-03-05 09:00", "2026-03-06 10:00", "换了密封圈", 4, "马丽"],
        ["想要新颜色", "建议", "", "2026-03-07", "", "", "", ""],
        ["没有结果", "投诉", "甲公司", "2026-03-05", "2026-03-06", "", "", ""],
    )  # fmt: skip
    run = take_in("feedback", path, by=people.manager)
    assert (run.created, run.rejected) == (2, 1)
    solved, waiting = Ticket.objects.order_by("received_at")
    assert (solved.state, solved.resolved_at, solved.satisfaction, solved.owner) == ("closed", datetime(2026, 3, 6, 2, tzinfo=UTC), 4, people.service)
    assert (waiting.state, waiting.category) == ("new", "suggestion")
