"""What the columns of somebody's spreadsheet hold."""

from customers.matching.columns import guess


def kinds(headers, *rows):
    return [column.kind for column in guess(headers, rows)]


def test_chinese_and_english_headers_say_what_a_column_holds():
    assert kinds(["客户编号", "客户名称", "主要联系人", "手机号码", "公司电话", "统一社会信用代码", "详细地址"]) == [
        "ref",
        "company",
        "contact",
        "mobile",
        "phone",
        "credit_code",
        "address",
    ]
    assert kinds(["rec_id", "given_name", "surname", "street_number", "address_1", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id"]) == [
        "ref",
        "given_name",
        "family_name",
        "street_number",
        "street",
        "city",
        "postcode",
        "province",
        "birth_date",
        "id_number",
    ]


def test_without_a_telling_header_what_is_in_a_column_says_it():
    row = ["苏州恒达机械有限公司", "王小明", "13800138000", "wang@acme.cn", "振兴路334号", "91330106MA2CFLDG4R", "https://www.acme.cn", "1985-02-17"]
    assert kinds([f"列{n}" for n in range(8)], *[row] * 5) == ["company", "name", "phone", "email", "address", "credit_code", "website", "birth_date"]


def test_a_column_called_name_holds_companies_where_nothing_speaks_of_people():
    assert kinds(["name", "credit_code", "website"]) == ["company", "credit_code", "website"]
    assert kinds(["name", "mobile", "company"]) == ["name", "mobile", "company"]


def test_a_number_behind_the_header_does_not_hide_it():
    assert kinds(["手机1", "手机2", "联系电话(备用)"]) == ["mobile", "mobile", "phone"]


def test_a_contact_is_who_a_sheet_of_people_is_about_and_a_detail_of_a_sheet_of_firms():
    assert kinds(["联系人", "公司", "职位", "电话"])[:2] == ["name", "company"]
    assert kinds(["联系人", "公司", "手机"])[:2] == ["name", "company"]
    assert kinds(["公司", "联系人", "手机"])[:2] == ["company", "contact"]
    assert kinds(["公司名称", "联系人姓名", "税号"])[:2] == ["company", "contact"]
    assert kinds(["公司名称", "联系人姓名", "职务", "税号"])[:2] == ["company", "name"]


def test_a_column_called_name_is_looked_into_where_the_others_say_nothing():
    assert kinds(["name", "phone"], ["恒立达科技有限公司", ""], ["深圳市万通物流", ""], ["恒达", ""]) == ["company", "phone"]
    assert kinds(["name", "phone"], ["王小明", ""], ["李总", ""], ["欧阳娜娜", ""]) == ["name", "phone"]
