"""Traditional characters as the mainland writes them, so that 廣東恆達 is found beside 广东恒达."""

from functools import cache

from opencc import OpenCC

FIRST, LAST = 0x3400, 0x9FFF


def simplified(text: str) -> str:
    """The text in simplified characters, each by itself."""
    return text.translate(_table())


@cache
def _table():
    # One table for all characters: OpenCC's own conversion looks at phrases and takes a call for each name.
    every = "".join(map(chr, range(FIRST, LAST + 1)))
    pairs = zip(every, OpenCC("t2s").convert(every), strict=True)
    return str.maketrans({traditional: plain for traditional, plain in pairs if traditional != plain})
