"""Rows inside a form, such as the lines of an order: as many as wanted, empty ones left out, more and fewer without scripts."""


class Rows:
    """Subclass with `form`, `name` (of the list, as the verb calls it), `keys` and `most`.

    `data` is what was posted: the number of rows stands in it under `name`, a row's fields under `name-0-field`.
    `known` are the rows shown before anything was posted.
    """

    form = None
    name = ""
    keys: tuple[str, ...] = ()
    spare = 3
    most = 500

    def __init__(self, data=None, known=(), *, actor, spare=None):
        spare = self.spare if spare is None else spare
        count = self._count(data) if data is not None else len(known) + spare
        rows = [*known, *({} for _more in range(count - len(known)))]
        self.forms = [self.form(data, prefix=f"{self.name}-{place}", actor=actor, initial=None if data is not None else rows[place]) for place in range(count)]

    @classmethod
    def reshaped(cls, data, *, actor):
        """The rows as posted with some more, or without the one whose button was pressed; nothing is checked yet."""
        rows = cls._kept(data)
        return cls(known=rows or [{}], actor=actor, spare=0 if "drop" in data else cls.spare)

    @classmethod
    def remaining(cls, data, *, actor):
        """The rows as posted without the one whose button was pressed, to be checked."""
        rows = cls._kept(data)
        posted = {f"{cls.name}-{place}-{key}": value for place, row in enumerate(rows) for key, value in row.items()}
        return cls(posted | {cls.name: str(len(rows))}, actor=actor)

    @property
    def filled(self):
        """The rows that somebody wrote into."""
        return [form for form in self.forms if any(form[key].value() not in (None, "") for key in self.marks)]

    @property
    def marks(self):
        """The fields that make a row count when one of them is filled."""
        return self.keys

    def is_valid(self):
        """Whether every written row has the right shape."""
        return not [form for form in self.filled if not form.is_valid()]

    def values(self):
        """The written rows for the verb."""
        return [form.cleaned_data for form in self.filled]

    def add_error(self, path, message) -> bool:
        """Show a verb's refusal of `lines.2.quantity` in its row; False where the path names no row of these."""
        name, _dot, rest = path.partition(".")
        place, _dot, field = rest.partition(".")
        if name != self.name or not place.isdecimal() or int(place) >= len(self.filled) or field not in self.keys:
            return False
        self.filled[int(place)].add_error(field, message)
        return True

    def take(self, form, refusal):
        """Show a verb's refusal: what names a row there, the rest at the fields of the form."""
        for path, messages in refusal.errors.items():
            for message in messages:
                if not self.add_error(path, str(message)):
                    form.add_error(path if path in form.fields else None, str(message))
        if not refusal.errors:
            form.add_error(None, str(refusal))

    @classmethod
    def _kept(cls, data):
        dropped = data.get("drop", "")
        places = [place for place in range(cls._count(data)) if str(place) != dropped]
        return [{key: data.get(f"{cls.name}-{place}-{key}", "") for key in cls.keys} for place in places]

    @classmethod
    def _count(cls, data):
        text = data.get(cls.name, "")
        return min(int(text), cls.most) if text.isdecimal() and len(text) < 5 else cls.spare
