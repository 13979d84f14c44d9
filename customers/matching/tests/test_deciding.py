"""What is safe to merge unseen, what a person has to look at, and what is nothing, in small tables among many strangers."""

import pytest

from customers.matching.deciding import companies_apart, decide_companies, decide_people, people_apart
from customers.matching.evidence import Table, of_companies, of_people
from customers.matching.linking import link

STRANGERS = 60
FAMILY = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何"
GIVEN = ("德海", "玉芬", "志远", "春兰", "国栋", "雪梅")


def strangers(kinds):
    """Rows of people or firms who have nothing to do with each other."""
    for place in range(STRANGERS):
        name = FAMILY[place % 20] + GIVEN[place % 6]
        number = f"{place * 7919 % 1000000:06d}"
        row = {
            "name": name, "contact": name, "company": f"{FAMILY[place % 20]}{GIVEN[place % 6]}{FAMILY[place // 20]}包装有限公司",
            "mobile": f"139{number}{place:02d}", "phone": f"0512-6{number}", "email": f"box{place}@host{place}.cn",
            "wechat": f"wx_{name}{place}", "city": ("苏州市", "宁波市", "厦门市")[place % 3], "website": f"www.host{place}.cn",
        }  # fmt: skip
        yield [row[kind] for kind in kinds]


def found(kinds, rows, evidence, apart, decide):
    """(row, row, score, decision) among the rows given, which stand before the strangers."""
    every = [*rows, *strangers(kinds)]
    table = Table({kind: [list(column)] for kind, column in zip(kinds, zip(*every, strict=True), strict=True)}, len(every))
    decided = decide(link(evidence(table), len(every), apart), len(every))
    return [(left, right, score, str(decision)) for left, right, score, decision, _place in decided.pairs() if right < len(rows)]


def decisions(*asked):
    return {(left, right): decision for left, right, _score, decision in found(*asked)}


def scored(kinds, rows):
    return [(score, decision) for _left, _right, score, decision in found(kinds, rows, of_companies, companies_apart, decide_companies)]


def people(kinds, *rows):
    return decisions(kinds, rows, of_people, people_apart, decide_people)


def firms(kinds, *rows):
    return decisions(kinds, rows, of_companies, companies_apart, decide_companies)


PEOPLE = ("name", "company", "mobile", "email")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        # A surname and a title under one number that nobody else has.
        (("王小明", "恒立达科技", "13800138000", ""), ("王总", "恒立达", "13800138000", ""), "same"),
        # Another firm, the same number or mailbox: he has changed his job.
        (("王小明", "恒立达科技", "13800138000", ""), ("王小明", "万通物流", "13800138000", ""), "same"),
        (("王小明", "恒立达科技", "", "wxm@163.com"), ("王小明", "万通物流", "", "wxm@163.com"), "same"),
        # Of the surname alone, in another firm, somebody has to be sure.
        (("王小明", "恒立达科技", "13800138000", ""), ("王总", "万通物流", "13800138000", ""), "review"),
        # One name in one firm, and nothing against it.
        (("王小明", "恒立达科技", "13800138000", ""), ("王小明", "恒立达科技有限公司", "", "wxm@163.com"), "same"),
        # Brothers, or a slip: nobody knows.
        (("张建华", "恒立达科技", "13800138000", ""), ("张建军", "恒立达科技", "13800138000", ""), "review"),
        (("张建华", "恒立达科技", "13800138000", ""), ("张建军", "恒立达科技", "13912345678", ""), None),
        # The assistant answers the boss's telephone; who has his mailbox too may be himself, wrongly written.
        (("王小明", "恒立达科技", "13800138000", ""), ("李雪", "恒立达科技", "13800138000", ""), None),
        (("王小明", "恒立达科技", "13800138000", "wxm@163.com"), ("黄小名", "恒立达科技", "13800138000", "wxm@163.com"), "review"),
        # A namesake elsewhere.
        (("王小明", "恒立达科技", "13800138000", ""), ("王小明", "万通物流", "13912345678", ""), None),
    ],
)
def test_two_people_are_one_when_something_of_their_own_says_so(one, other, said):
    assert people(PEOPLE, one, other).get((0, 1)) == said


def test_a_number_that_somebody_else_answers_too_says_nothing_of_a_surname():
    rows = ("王小明", "恒立达", "13800138000", ""), ("王总", "恒立达", "13800138000", ""), ("李雪", "恒立达", "13800138000", "")
    assert people(PEOPLE, *rows).get((0, 1)) == "review"


def test_two_of_one_name_in_one_firm_with_two_numbers_are_looked_at():
    rows = ("王小明", "恒立达科技", "13800138000", ""), ("王小明", "恒立达科技", "13912345678", "")
    assert people(PEOPLE, *rows).get((0, 1)) == "review"


def test_wechat_as_the_mobile_is_nothing_that_two_people_share():
    rows = ("王小明", "13800138000", "微信同号"), ("王小明", "13912345678", "微信同号")
    assert people(("name", "mobile", "wechat"), *rows) == {}


FIRMS = ("company", "city", "phone", "website", "contact")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        # No two firms of one city are registered under one name, so the name in full needs nothing besides.
        (("苏州恒立达精密机械有限公司", "苏州", "0512-61110001", "", ""), ("恒立达精密机械", "苏州市", "0512-69990002", "", ""), "same"),
        (("恒立达", "苏州", "0512-61110001", "", ""), ("恒立达", "苏州市", "0512-69990002", "", ""), "review"),
        # The city stands in the name, or is heard from the fixed line.
        (("苏州恒立达精密机械有限公司", "", "", "www.hengli.cn", ""), ("厦门恒立达精密机械有限公司", "", "", "www.hengli.cn", ""), "related"),
        (("苏州恒立达精密机械有限公司", "苏州", "0512-61110001", "", "王明"), ("恒立达精机", "", "0512-61110001", "", "王明"), "same"),
        # One owner, one telephone, two businesses.
        (("恒立达机械有限公司", "苏州", "0512-61110001", "", "王明"), ("恒立达电子有限公司", "苏州", "0512-61110001", "", "王明"), "related"),
        (("恒立达科技有限公司", "苏州", "0512-61110001", "", ""), ("恒立达网络科技有限公司", "苏州", "0512-61110001", "", ""), "review"),
        # The same site and the same person there under another name.
        (("万利机械有限公司", "苏州", "0512-61110001", "www.hengli.cn", "王明"), ("恒立达机械", "苏州", "0512-61110001", "www.hengli.cn", "王明"), "review"),
        (("万利机械有限公司", "苏州", "0512-61110001", "", "王明"), ("恒立达机械", "苏州", "0512-61110001", "", "王明"), None),
    ],
)
def test_two_firms_are_one_when_the_registry_or_their_seat_says_so(one, other, said):
    assert firms(FIRMS, one, other).get((0, 1)) == said


def test_what_may_be_merged_unseen_is_surer_than_what_is_looked_at_and_that_surer_than_what_is_related():
    rows = (
        ("苏州恒立达精密机械有限公司", "苏州", "0512-61110001", "", ""),
        ("恒立达精密机械", "苏州市", "0512-61110001", "", ""),
        ("恒立达电子有限公司", "苏州", "0512-61110001", "", ""),
        ("厦门万通科技有限公司", "厦门", "0592-61110002", "", ""),
        ("厦门万通网络科技有限公司", "厦门", "0592-61110002", "", ""),
    )
    scores = {decision: score for score, decision in scored(FIRMS, rows)}
    assert scores["same"] > scores["review"] > 0.5 > scores["related"]


def test_two_names_that_only_sound_alike_are_never_as_sure_as_one_name_twice_whatever_else_agrees():
    rows = (
        ("太原盛峰电器有限公司", "太原", "0351-3975837", "www.shengfeng.cn", "曹德明"),
        ("太原胜峰电器有限公司", "太原", "0351-3975837", "www.shengfeng.cn", "曹德明"),
        ("厦门万通科技有限公司", "厦门", "0592-61110002", "", ""),
        ("厦门万通科技有限公司", "厦门", "", "", ""),
    )
    scores = {(left, right): score for left, right, score, _decision in found(FIRMS, rows, of_companies, companies_apart, decide_companies)}
    assert 0.995 <= scores[0, 1] < 0.998 <= scores[2, 3]
