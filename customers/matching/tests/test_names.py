"""What names, addresses and numbers say about two rows."""

import pytest

from customers.matching import addresses, companynames, days, judging, personnames, places, ways
from customers.matching.addresses import Address
from customers.matching.companynames import Name
from customers.matching.personnames import Person
from customers.matching.ways import Mail


def firms(one, other):
    return companynames.compare(companynames.parse(one), companynames.parse(other))


def people(one, other):
    return personnames.compare(personnames.parse(one), personnames.parse(other))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("深圳市恒立达科技有限公司", "恒立达科技", Name.SAME),
        ("恒立达（上海）科技有限责任公司", "上海恒立达科技股份有限公司", Name.SAME),
        ("１. 恒立达科技有限公司（老客户）", "恒立达科技-已注销", Name.SAME),
        ("恒立达科技 Co., Ltd.", "恒立达科技(Henglida Technology)", Name.SAME),
        ("廣州市華興電子有限公司", "广州华兴电子", Name.SAME),
        ("恒立达科技13812345678", "恒立达科技", Name.SAME),
        ("恒立达科技", "恒力达科技", Name.SOUNDS_SAME),
        ("恒达立科技", "恒立达科技", Name.SOUNDS_SAME),
        ("恒立达", "恒立达科技有限公司", Name.SHORTENED),
        ("宏立达机戒", "宏立达机械", Name.SLIP),
        ("共同生科", "共同生物科技", Name.SHORTENED),
        ("中石化", "中国石油化工", Name.ABBREVIATED),
        ("Hengda Machinery Co., Ltd", "苏州恒达机械有限公司", Name.ABBREVIATED),
        ("恒立达机械有限公司", "恒立达电子有限公司", Name.SISTER),
        ("恒立达精机", "恒立达精密机械", Name.SHORTENED),
        ("恒立达模具", "恒立达家具", Name.ONE_APART),
        ("容源餐饮", "郑州荣源餐饮管理有限公司", Name.SHORTENED),
        ("大荣检测技技术", "佛山市大容检测技术有限公司", Name.SHORTENED),
        ("红河海禾建材有限公司", "海禾建材", Name.SAME),
        ("深圳明光空调", "明光空调（深圳）有限公司", Name.SAME),
        ("苏州昆山恒立达机械", "恒立达机械", Name.SAME),
        ("客户：恒立达机械", "恒立达机械有限公司 王总", Name.SAME),
        ("恒立达机械/HENGLIDA MACHINERY/王明", "恒立达机械-王明", Name.SAME),
        ("恒立达机械有限公司（王总介绍）", "恒立达机械，深圳市宝安区科技路8号", Name.SAME),
        ("恒立达（青岛）(Henglida Industrial)", "青岛恒立达", Name.SAME),
        ("恒立达科技", "万通科技", Name.OTHER),
        ("Acme Tools Ltd", "苏州恒达机械有限公司", None),
    ],
)
def test_two_company_names_stand_to_each_other_as_a_person_would_say(one, other, how):
    assert firms(one, other) is how
    assert firms(other, one) is how


def test_a_branch_keeps_its_mark_and_is_known_by_its_place():
    parent, branch = companynames.parse("恒立达科技有限公司"), companynames.parse("恒立达科技有限公司北京分公司")
    assert (parent.core, parent.branch) == ("恒立达科技", "")
    assert (branch.core, branch.branch) == ("恒立达科技", "北京分公司")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("王小明", "王 小明 先生", Person.SAME),
        ("朱稹士 科联", "朱稹士", Person.SAME),
        ("張偉", "张伟", Person.SAME),
        ("王小明", "王晓明", Person.SOUNDS_SAME),
        ("Wang Xiaoming", "王小明", Person.SOUNDS_SAME),
        ("Xiaoming WANG", "王小明", Person.SOUNDS_SAME),
        ("Lv, Chuyan", "吕初衍 Lily", Person.SOUNDS_SAME),
        ("李建国", "李建", Person.SLIP),
        ("王总", "王小明", Person.COULD_BE),
        ("老肖", "肖榆芷", Person.COULD_BE),
        ("Mr Ren", "任梦彰", Person.COULD_BE),
        ("王总", "李小明", Person.OTHER),
        ("章总", "张伟", Person.COULD_BE),
        ("余拾", "佘拾", Person.SLIP),
        ("张明", "章敏", Person.SLIP),
        ("张建华", "张建军", Person.ONE_APART),
        ("童刚", "马刚", Person.ONE_APART),
        ("王伟", "王强", Person.OTHER),
        ("Zhang Jianjun", "张红琦", Person.OTHER),
        ("Zhengkui, Gai", "盖正葵", Person.SOUNDS_SAME),
        ("xiana", "夏总", Person.COULD_BE),
        ("Kevin Wang", "王小明", Person.COULD_BE),
        ("Kevin Wang", "李小明", Person.OTHER),
        ("Kevin", "王小明", None),
        ("Kevin", "Wang Xiaoming", None),
        ("Kevin", "Emily", Person.OTHER),
        ("王小明", "李志强", Person.OTHER),
    ],
)
def test_two_names_of_people_stand_to_each_other_as_a_person_would_say(one, other, how):
    assert people(one, other) is how
    assert people(other, one) is how


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("江苏省苏州市昆山市花桥镇振兴路334号", "花桥镇振兴路334号", Address.SAME),
        ("科技路179号国际大厦25层2502室", "哈密市科技路179号国际大厦2502", Address.SAME_HOUSE),
        ("科技路179号国际大厦2502", "科技路179号国际大厦2501", Address.SAME_STREET),
        ("江苏蘇州工業園區星湖街328號", "星湖街328号", Address.SAME),
        ("科技路179号", "振兴路12号", Address.OTHER),
        ("上海市黄浦区北京东路100号", "北京东路100号", Address.SAME),
        ("苏州市吴中区中山路880号", "苏州市吴中区北京路880号", Address.OTHER),
    ],
)
def test_two_addresses_agree_as_far_as_they_lead_to_one_door(one, other, how):
    assert addresses.compare(addresses.parse(one), addresses.parse(other)) is how


@pytest.mark.parametrize(
    ("text", "code"),
    [("深圳市", "4403"), ("广东省深圳市南山区", "4403"), ("廣東", "44"), ("昆山市", "3205"), ("襄阳市湖北省", "4206"), ("鼓楼区", ""), ("科技园", "")],
)
def test_a_place_is_known_by_its_city_or_its_province_and_not_by_a_name_that_many_have(text, code):
    assert places.city_of(text) == code


def test_several_numbers_in_one_cell_are_all_found_and_an_extension_alone_is_none():
    assert ways.phones("138 0013 8000 / (010)6888-1234；802") == ("+8613800138000", "+861068881234")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("'13800138000", ("+8613800138000",)),
        ("13800138000（微信同号）", ("+8613800138000",)),
        ("1.38E+10", ()),
        ("138****8000", ()),
        ("1380013800", ("1380013800",)),
    ],
)
def test_a_number_is_read_through_what_stands_around_it_and_not_from_what_has_lost_its_digits(text, numbers):
    assert ways.phones(text) == numbers


@pytest.mark.parametrize(
    ("texts", "account"),
    [(("WX_liming",), "wx_liming"), (("微信同号",), ""), (("13800138000",), ""), (("", "138 0013 8000"), ""), (("", "wxid_8830572913"), "wxid_8830572913")],
)
def test_an_account_is_found_in_the_wrong_cell_and_a_number_is_none(texts, account):
    assert ways.wechat(*texts) == account


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("li.lei@acme.cn", "lilei@acme.cn", Mail.SLIP),
        ("lilei@acme.con", "lilei@acme.com", Mail.SLIP),
        ("lilei@acme.cn", "lilei2@acme.cn", Mail.OTHER),
        ("lilei@acme.cn", "hanmei@acme.cn", Mail.OTHER),
        ("lilei@acme.cn", "lilei@163.com", Mail.ELSEWHERE),
        ("1234567@qq.com", "7654321@qq.com", Mail.ELSEWHERE),
    ],
)
def test_two_boxes_of_one_firm_are_two_people_and_one_at_work_and_one_at_home_say_nothing(one, other, how):
    assert ways.mails_apart([one], [other]).tolist() == [how]


@pytest.mark.parametrize("text", ["1980-05-06", "1980/5/6", "1980年5月6日", "19800506", "29347"])
def test_a_day_of_birth_is_the_same_however_it_is_written(text):
    assert days.digits(text) == "19800506"


@pytest.mark.parametrize(("address", "personal"), [("li.lei@acme.cn", True), ("info@acme.cn", False), ("sales02@acme.cn", False), ("", False)])
def test_a_mailbox_that_whoever_is_in_reads_is_nobodys_own(address, personal):
    assert ways.is_personal(address) is personal


@pytest.mark.parametrize(
    ("one", "other"),
    [("白博萍 远云", "白博萍"), ("客户-金溪泰", "金溪泰"), ("龚志明 中国电建", "龚志明"), ("金森密 Allen", "金森密"), ("李 小明", "李小明"),
     ("欧阳 娜娜", "欧阳娜娜"), ("卢娜生产经理", "卢娜"), ("石刚店长", "石刚"), ("姜咏-财务部", "姜咏"),
     ("盧業桃 Vivian", "卢业桃"), ("Winnie/盖正葵", "盖正葵"), ("张丹-洋臣", "张丹"), ("张丹 洋臣", "张丹"),
     ("恒立达-王建国", "王建国"), ("ding hewen-远兴", "丁赫文")],
)  # fmt: skip
def test_what_stands_beside_a_name_is_no_part_of_it(one, other):
    assert personnames.compare(personnames.parse(one), personnames.parse(other)) in (Person.SAME, Person.SOUNDS_SAME)


@pytest.mark.parametrize("stands", [one for one in Person if one != Person.SAME])
def test_however_two_names_of_people_stand_there_are_words_for_it(stands):
    assert judging._PEOPLE[stands]()
