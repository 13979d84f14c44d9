"""Credit codes."""

from bench.linkage.corruptions.register import corruption


@corruption("code", 10, loses="code")
def code_with_one_wrong_character(row, draw):
    """A slip of the finger in the credit code."""
    code = row.cells["code"]
    if code:
        place = draw.number(2, 18)
        row.cells["code"] = code[:place] + draw.pick("0123456789ABCDEFGHJKLMN".replace(code[place], "")) + code[place + 1 :]


@corruption("code", 8)
def code_with_letters_for_digits(row, draw):
    """O for 0 and I for 1."""
    row.cells["code"] = row.cells["code"].replace("0", "O").replace("1", draw.pick("I1l"))


@corruption("code", 14, loses="code")
def old_registration_number(row, draw):
    """The 15 digits from the licence of former years."""
    if row.cells["code"]:
        row.cells["code"] = row.firm.old_number


@corruption("code", 10)
def code_in_small_letters_or_groups(row, draw):
    """91440300 ma5xxxxx."""
    code = row.cells["code"]
    row.cells["code"] = draw.pick(
        [code.lower(), f"{code[:8]} {code[8:]}".strip(), f" {code}" if code else "", f"{code[:2]} {code[2:8]} {code[8:17]} {code[17:]}".strip()]
    )
