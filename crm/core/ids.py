"""Credit code, e-mail address, web address: one stored form each, so that equal things compare equal."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from crm.core.errors import Invalid
from crm.core.text import fold, narrow

ERROR = "error"
WARNING = "warning"

CREDIT_CODE_LENGTH = 18
# GB 32100-2015: authority, kind, six digits of the region, nine of the organisation, check character.
# Farm co-operatives start with N, so the authority is not always a digit.
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}")

# Addresses here say nothing about the company, so such a domain is never a matching key.
PUBLIC_MAIL_DOMAINS = frozenset(
    """
    126.com 139.com 163.com 163.net 188.com 189.cn 21cn.com 263.net aliyun.com aol.com foxmail.com gmail.com
    googlemail.com gmx.com gmx.de gmx.net hotmail.com icloud.com live.cn live.com mac.com mail.com mail.ru me.com
    msn.com outlook.com proton.me protonmail.com qq.com sina.cn sina.com sina.com.cn sohu.com tom.com vip.163.com
    vip.qq.com vip.sina.com wo.cn yahoo.cn yahoo.co.jp yahoo.com yahoo.com.cn yahoo.com.hk yandex.ru yeah.net
    """.split()
)


def normal_credit_code(raw: str) -> str:
    """The 统一社会信用代码 without spaces and dashes, in capitals."""
    return re.sub(r"[\s.·‐-―−-]", "", fold(raw or "")).upper()


def credit_code_problem(raw: str) -> tuple[str, object] | None:
    """What is wrong with a credit code: None, or ("error" | "warning", sentence).

    Length and alphabet block; a wrong check character only warns, because registries have issued such codes.
    """
    code = normal_credit_code(raw)
    if len(code) != CREDIT_CODE_LENGTH:
        sentence = _("{needed} characters needed, {given} given")
        return ERROR, format_lazy(sentence, needed=CREDIT_CODE_LENGTH, given=len(code))
    if letters := sorted(set(code) & set("IOSVZ")):
        return ERROR, format_lazy(_("The letter {letter} does not occur in a credit code"), letter=letters[0])
    if not _CREDIT_CODE.fullmatch(code):
        return ERROR, _("Characters 3 to 8 of a credit code are the digits of its region")
    if code[-1] != uscc.calc_check_digit(code[:-1]):
        return WARNING, _("The last character does not fit the others; please compare with the business licence")
    return None


def normal_email(raw: str) -> str:
    """The address in small letters, without “mailto:”; refuse what cannot be one."""
    address = fold(raw or "").removeprefix("mailto:").strip(" <>")
    local, at, domain = address.rpartition("@")
    address = local + at + _readable_domain(domain)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("This is not an e-mail address."), code="email_invalid") from error
    return address


def normal_website(raw: str) -> str:
    """The web address with its scheme and a small-letter host: "ACME.cn/" becomes "https://acme.cn"."""
    text = fold_url(raw)
    if "://" not in text:
        text = "https://" + text
    try:
        parts = urlsplit(text)
        website = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()
        URLValidator(schemes=["http", "https"])(website)
    except (ValueError, ValidationError) as error:
        raise Invalid(_("This is not a web address."), code="website_invalid") from error
    return website.removesuffix("/") if parts.path == "/" and not parts.query and not parts.fragment else website


def domain_of(url_or_mail: str) -> str:
    """The bare domain of a web or mail address ("https://www.Acme.cn/about" → "acme.cn"), or "" where there is none."""
    text = fold_url(url_or_mail).lower().removeprefix("mailto:")
    if "@" in text and "://" not in text:
        host = text.rpartition("@")[2]
    else:
        try:
            host = urlsplit(text if "://" in text else "//" + text).hostname or ""
        except ValueError:
            return ""
    host = _readable_domain(host.strip(" .>")).removeprefix("www.")
    return host if re.fullmatch(r"(?:[\w-]+\.)+[^\W\d_][\w-]+", host) else ""


def is_public_mail(domain: str) -> bool:
    """Is this a mail provider's domain, shared by strangers, and so no sign of a common company?"""
    return domain in PUBLIC_MAIL_DOMAINS


def fold_url(raw: str) -> str:
    """Full-width letters made narrow and blanks dropped, with the case of the path kept."""
    return "".join(narrow(raw or "").split())


def _readable_domain(domain: str) -> str:
    """A Chinese domain is kept as people read it, not as xn--…"""
    if "xn--" not in domain:
        return domain
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
