"""The roles a new house starts with, as one table. An administrator may change all of it later.

A word of six letters says how far a role reaches when it comes to seeing, writing (creating and changing), assigning,
deleting, importing and exporting: `-` not at all, `o` own records, `t` own team, `b` own team and those below, `a` all.
"""

from crm.core.rights import ALL, NONE, OWN, TEAM, TREE

REACH = {"-": NONE, "o": OWN, "t": TEAM, "b": TREE, "a": ALL}
COLUMNS = (("view",), ("create", "edit"), ("assign",), ("delete",), ("import",), ("export",))

ROLES = {
    "rep": ("销售", "Sales"),
    "telesales": ("电销", "Telesales"),
    "lead": ("组长", "Team lead"),
    "manager": ("销售经理", "Sales manager"),
    "marketing": ("市场", "Marketing"),
    "renewals": ("商务", "Renewals"),
    "presales": ("售前", "Presales"),
    "service": ("客服", "Customer service"),
    "finance": ("财务", "Finance"),
    "partner": ("服务商", "Partner"),
    "outsourced": ("外包", "Outsourced"),
    "administrator": ("管理员", "Administrator"),
    "backup": ("备份员", "Backup operator"),
}

ROWS = """
              rep    telesales lead   manager marketing renewals presales service finance partner outsourced administrator backup
companies     oo-ooo oo----    bbbbbb aaaaaa  aaa-aa    ao----   a-----   aa----  a----a  oo----  oo----     aaaaaa        ------
contacts      oo-ooo oo----    bbbbbb aaaaaa  aaa-aa    ao----   a-----   aa----  a----a  oo----  oo----     aaaaaa        ------
interactions  oo-ooo oo----    bbbbbb aaaaaa  ao---a    ao----   ao----   ao----  a-----  oo----  oo----     aaaaaa        ------
followups     oooo-o ooo---    bbbbbb aaaaaa  ooo---    ooo---   ooo---   ooo---  ooo---  oo----  oo----     aaaaaa        ------
products      a----- a-----    a----a aaaaaa  a-----    a-----   a-----   a-----  aa---a  a-----  a-----     aaaaaa        ------
leads         oo-ooo oo----    bbbbbb aaaaaa  aaaaaa    oo----   ------   oo----  ------  oo----  oo----     aaaaaa        ------
opportunities oo-ooo oo----    bbbbbb aaaaaa  a----a    ao---a   a-----   a-----  a----a  oo----  o-----     aaaaaa        ------
contracts     oo-ooo ------    bbbbbb aaaaaa  ------    aa---a   ------   a-----  aa-aaa  o-----  ------     aaaaaa        ------
orders        oo-ooo ------    bbbbbb aaaaaa  ------    aa---a   ------   a-----  aa-aaa  o-----  ------     aaaaaa        ------
instalments   oo-o-o ------    bbbbbb aaaaaa  ------    a----a   ------   ------  aaaaaa  o-----  ------     aaaaaa        ------
payments      oo---o ------    bb---b aa-a-a  ------    a-----   ------   ------  aaaaaa  o-----  ------     aaaaaa        ------
tickets       oo---o oo----    bbbb-b aaaaaa  a----a    ao----   ao----   aaaaaa  ao----  oo----  oo----     aaaaaa        ------
reports       o----o o-----    b----b a----a  a----a    a----a   ------   o-----  a----a  o-----  ------     a----a        ------
imports       oo---- ------    bb---- aa----  oo----    oo----   ------   oo----  oo----  ------  ------     aa----        ------
quality       oo---- oo----    bb---- aa----  aa----    o-----   ------   o-----  a-----  ------  ------     aa----        ------
jobs          oo---- oo----    oo---- oo----  oo----    oo----   oo----   oo----  oo----  oo----  oo----     aa----        oo----
"""

EXTRA = """
                           rep telesales lead manager marketing renewals presales service finance partner outsourced administrator backup
companies.duplicates       o   o         b    a       a         a        -        a       a       -       -          a             -
companies.merge            o   -         b    a       -         -        -        -       -       -       -          a             -
contacts.merge             o   -         b    a       -         -        -        -       -       -       -          a             -
leads.claim                o   o         b    a       -         -        -        -       -       -       -          a             -
leads.return               o   o         b    a       a         -        -        -       -       o       o          a             -
leads.convert              o   o         b    a       -         -        -        -       -       o       -          a             -
leads.merge                o   -         b    a       -         -        -        -       -       -       -          a             -
leads.duplicates           o   o         b    a       a         -        -        o       -       -       -          a             -
leads.convert_without_code -   -         b    a       -         -        -        -       -       -       -          a             -
opportunities.override     -   -         -    -       -         -        -        -       -       -       -          a             -
orders.agree_special_price -   -         b    a       -         -        -        -       -       -       -          a             -
payments.refund            -   -         -    -       -         -        -        -       a       -       -          a             -
payments.write_off         -   -         -    -       -         -        -        -       a       -       -          a             -
quality.run                -   -         -    a       a         -        -        -       -       -       -          a             -
operations.view            -   -         -    -       -         -        -        -       -       -       -          a             a
house.administer           -   -         -    -       -         -        -        -       -       -       -          a             -
house.share_views          -   -         -    a       -         -        -        -       -       -       -          a             -
house.back_up              -   -         -    -       -         -        -        -       -       -       -          a             a
house.fetch_backups        -   -         -    -       -         -        -        -       -       -       -          -             a
"""

# Who is not of the house reads sensitive fields masked; a partner sees whole what it brought in itself.
FIELDS = {"outsourced": {"*": "mask"}, "partner": {"*": "mask", "leads.*": "edit"}}


def rights_of(code: str) -> dict[str, str]:
    """The rights of a preset role, as a role stores them: `{"companies.view": "own", …}`."""
    found = {}
    for noun, words in _table(ROWS):
        for letter, actions in zip(words[code], COLUMNS, strict=True):
            found |= {f"{noun}.{action}": REACH[letter] for action in actions}
    return found | {right: REACH[letters[code]] for right, letters in _table(EXTRA)}


def install(role_model, user_model) -> None:
    """Add the preset roles and the system's own user where they are missing; what is there stays as it is."""
    for code, (name, name_en) in ROLES.items():
        role_model.objects.get_or_create(
            code=code,
            defaults={"name": name, "name_en": name_en, "rights": rights_of(code), "fields": FIELDS.get(code, {})},
        )
    # "!" is no password that anybody could type: the system never signs in.
    user_model.objects.get_or_create(is_system=True, defaults={"username": "system", "name": "系统", "password": "!"})


def _table(text):
    head, *lines = (line.split() for line in text.strip().splitlines())
    return [(line[0], dict(zip(head, line[1:], strict=True))) for line in lines]
