"""People who look alike and are not one. Each scene makes a few people, most of them of one firm."""

from bench.linkage.firm import new_firm
from bench.linkage.lists.persons import COMMON_GIVEN, SURNAMES
from bench.linkage.person import new_person

NAME = frozenset({"name", "surname", "letters"})


def colleagues(words, draw):
    """Half a dozen people on one switchboard with one mailbox for all."""
    firm = new_firm(words, draw)
    return _scene([new_person(words, draw, firm) for _person in range(draw.number(2, 9))], "colleagues", frozenset({"surname"}))


def namesakes(words, draw):
    """张伟 here and 张伟 there: nothing in common but the name."""
    name = draw.uneven(SURNAMES) + draw.uneven(COMMON_GIVEN)
    return _scene([new_person(words, draw, new_firm(words, draw), name=name) for _person in range(draw.number(2, 6))], "namesakes", frozenset())


def namesakes_in_one_city(words, draw):
    """Two of one name in one city and one trade."""
    first = new_firm(words, draw)
    second = new_firm(words, draw, city=first.address.city, trade=first.naming.trade)
    one = new_person(words, draw, first)
    return _scene([one, new_person(words, draw, second, name=one.name)], "namesakes in one city", frozenset())


def namesakes_in_one_firm(words, draw):
    """王伟 of the sales department and 王伟 of the workshop."""
    firm = new_firm(words, draw)
    one = new_person(words, draw, firm)
    two = new_person(words, draw, firm, name=one.name)
    while two.jobs[0].department == one.jobs[0].department:
        two = new_person(words, draw, firm, name=one.name)
    one.mobiles, two.mobiles = one.mobiles[:1], two.mobiles[:1]
    return _scene([one, two], "namesakes in one firm", NAME | {"mobile"})


def father_and_son(words, draw):
    """One surname, one firm, one address, one telephone."""
    firm = new_firm(words, draw)
    father = new_person(words, draw, firm)
    son = new_person(words, draw, firm, name=father.surname + draw.pick(words.given_names))
    if draw.chance(0.3):
        son.wechat = father.wechat
    return _scene([father, son], "father and son", NAME)


def assistant(words, draw):
    """The assistant is reached on the boss's mobile."""
    firm = new_firm(words, draw)
    boss = new_person(words, draw, firm)
    helper = new_person(words, draw, firm)
    helper.mobiles = boss.mobiles[:1]
    helper.wechat = boss.wechat if draw.chance(0.3) else helper.wechat
    return _scene([boss, helper], "assistant on the boss's mobile", NAME)


def names_one_character_apart(words, draw):
    """张建华 and 张建军, brothers or not, in one firm."""
    firm = new_firm(words, draw)
    one = new_person(words, draw, firm)
    other = one.surname + one.given[:-1] + draw.pick(words.given_names)[-1]
    return _scene([one, new_person(words, draw, firm, name=other)], "names one character apart", NAME)


SCENES = {
    colleagues: 30, namesakes: 25, namesakes_in_one_city: 12, namesakes_in_one_firm: 2, father_and_son: 10, assistant: 10, names_one_character_apart: 10,
}  # fmt: skip


def _scene(people, name, keeps):
    for person in people:
        person.scene, person.keeps = name, keeps
        person.group = len({one.jobs[0].firm.code for one in people}) == 1
    return people
