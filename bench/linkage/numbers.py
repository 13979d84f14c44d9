"""Telephone numbers of firms and people: mobiles of eleven digits, fixed lines with their area code."""

MOBILE_STARTS = """
130 131 132 133 135 136 137 138 139 147 150 151 152 153 155 156 157 158 159 166 173 175 176 177 178 180 181 182 183 185 186 187 188 189 191 198 199
""".split()
EIGHT_DIGITS = {"010", "020", "021", "022", "023", "024", "025", "027", "028", "029"}
EIGHT_TOO = {
    "0311",
    "0371",
    "0411",
    "0431",
    "0451",
    "0510",
    "0512",
    "0513",
    "0516",
    "0519",
    "0531",
    "0532",
    "0551",
    "0571",
    "0573",
    "0574",
    "0575",
    "0576",
    "0577",
    "0579",
}
EIGHT_SOUTH = {"0591", "0592", "0595", "0731", "0755", "0757", "0760", "0769", "0771", "0791", "0851", "0871", "0898"}


def mobile(draw) -> str:
    """A new mobile number."""
    return draw.pick(MOBILE_STARTS) + draw.digits(8)


def landline(area_code: str, draw) -> str:
    """A new fixed line of this area, written with one dash."""
    eight = area_code in EIGHT_DIGITS | EIGHT_TOO | EIGHT_SOUTH
    return f"{area_code}-{draw.pick('2345678')}{draw.digits(7 if eight else 6)}"


def switchboard(draw) -> str:
    """A service number of a whole chain."""
    return f"{draw.pick(['400', '400', '800'])}-{draw.digits(3)}-{draw.digits(4)}"
