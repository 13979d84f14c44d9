"""The industries, sources and sizes a new house starts with; an administrator may change all of them later."""

import re

_COLUMNS = re.compile(r" {2,}")

INDUSTRIES = """
machinery      装备制造        Machinery
electronics    电子            Electronics
automotive     汽车            Automotive
chemicals      化工            Chemicals
materials      新材料          New materials
energy         能源电力        Energy
software       软件与信息技术  Software & IT
internet       互联网          Internet
telecom        通信            Telecommunications
medical        医疗器械        Medical devices
pharma         医药            Pharmaceuticals
food           食品饮料        Food & beverage
textile        纺织服装        Textiles & apparel
construction   建筑工程        Construction
property       房地产          Real estate
logistics      物流仓储        Logistics
retail         批发零售        Wholesale & retail
finance        金融            Finance
education      教育培训        Education
services       商务服务        Business services
public         政府与公共事业  Public sector
agriculture    农业            Agriculture
"""

SOURCES = """
website      官网          Website
exhibition   展会          Trade fair
referral     转介绍        Referral
phone        电话          Phone
email        邮件          E-mail
social       社交媒体      Social media
ads          广告          Advertising
search       搜索引擎      Search engine
partner      合作伙伴      Partner
event        市场活动      Event
visit        陌生拜访      Cold visit
import       历史数据导入  Earlier records
other        其他          Other
"""

SIZES = """
s20      20 人以下      Under 20 people
s100     20–99 人       20–99 people
s500     100–499 人     100–499 people
s1000    500–999 人     500–999 people
s10000   1000–9999 人   1,000–9,999 people
s10001   10000 人以上   10,000 people and more
"""

LISTS = {"industry": INDUSTRIES, "source": SOURCES, "size": SIZES}


def install(option_model) -> None:
    """Add the options that are missing; what is there stays as it is."""
    for name, text in LISTS.items():
        for position, line in enumerate(text.strip().splitlines(), start=1):
            code, words, english = (part.strip() for part in _COLUMNS.split(line.strip(), maxsplit=2))
            option_model.objects.get_or_create(list=name, code=code, defaults={"name": words, "name_en": english, "position": position * 10})
