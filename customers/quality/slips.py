"""Mail domains that people mistype, and what was meant: only ever a proposal."""

from rapidfuzz.distance import OSA

from crm.core.ids import PUBLIC_MAIL_DOMAINS

# The ones in daily use: what differs by one letter from a rare domain may well be a domain of its own.
USUAL = ("qq.com", "163.com", "126.com", "139.com", "189.cn", "foxmail.com", "gmail.com", "hotmail.com", "outlook.com", "icloud.com", "sina.com",
         "sohu.com", "aliyun.com", "yahoo.com", "yeah.net")  # fmt: skip
ENDINGS = {".con": ".com", ".cmo": ".com", ".ocm": ".com", ".comm": ".com", ".coom": ".com", ".cm": ".com", ".om": ".com"}


def meant(address: str) -> str:
    """The address that was probably meant, or "" where nothing looks mistyped: wang@gmial.com → wang@gmail.com."""
    local, at, domain = address.rpartition("@")
    if not at or domain in PUBLIC_MAIL_DOMAINS:
        return ""
    ending = next((ending for ending in ENDINGS if domain.endswith(ending)), "")
    mended = domain[: -len(ending)] + ENDINGS[ending] if ending else domain
    if mended in USUAL:
        return f"{local}@{mended}"
    near = [usual for usual in USUAL if len(usual) > 7 and OSA.distance(mended, usual, score_cutoff=1) == 1]
    if len(near) == 1:
        return f"{local}@{near[0]}"
    # An ending that is mistyped: .con is no domain at all; .cm and .om are countries and stay.
    return f"{local}@{mended}" if ending and ending not in (".cm", ".om") else ""
