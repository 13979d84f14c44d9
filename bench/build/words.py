"""The words that names are made of, as the arrays the statements pick from."""

from bench.names import name_arrays, person_arrays


def words():
    """For places, cores, trades and legal forms: words, their pinyin and initials; and the names of people."""
    values = {}
    for name, (found, keys, short) in name_arrays().items():
        values |= {name: found, f"{name}_key": keys, f"{name}_in": short}
    names, keys, short = person_arrays()
    return values | {"cores": len(values["core"]), "names": names, "name_key": keys, "name_in": short, "people_names": len(names)}
