"""Credit codes with a valid check character, and the registration numbers of 15 digits that came before them."""

from stdnum.cn import uscc

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(district_code: str, draw) -> str:
    """A new 统一社会信用代码 of a firm registered in this district."""
    kind = "92" if draw.chance(0.06) else "91"
    organisation = "MA" + "".join(draw.pick(LETTERS) for _place in range(7)) if draw.chance(0.6) else draw.digits(8) + draw.pick(LETTERS)
    body = kind + district_code + organisation
    return body + uscc.calc_check_digit(body)


def registration_number(district_code: str, draw) -> str:
    """A 注册号 as it stood on licences before 2015; its last digit is the ISO 7064 check."""
    body = district_code + draw.digits(8)
    rest = 10
    for digit in body:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return body + str((11 - rest) % 10)
