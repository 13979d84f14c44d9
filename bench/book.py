"""The report of one run: a line for each case, found again by its name."""

from bench.measure import measure


class Book:
    """Measures cases and keeps their figures; a case that fails is said and left out, the run goes on."""

    def __init__(self, say, rounds):
        self.say, self.rounds = say, rounds
        self.figures, self.failures = {}, {}

    def add(self, name, call, **options):
        """Measure a case and say its line."""
        try:
            self.figures[name] = measure(name, call, rounds=self.rounds, **options)
        except Exception as failure:  # one broken page must not cost the figures of all others
            self.failures[name] = repr(failure)
            self.say(f"{name:<52} FAILED: {failure!r}"[:300])
            return
        self.say(line(self.figures[name]))

    def get(self, name):
        """The figures of a case, None where it was not measured."""
        return self.figures.get(name)


def line(figures):
    """One line of the report."""
    bare = f"{figures.bare_ms:7.2f}" if figures.bare_ms is not None else "      –"
    return (
        f"{figures.name:<52} sql {figures.sql:3d}  db {figures.db_ms:8.2f}  bare {bare}  cpu {figures.cpu_ms:7.2f}"
        f"  p50 {figures.p50_ms:8.2f}  p95 {figures.p95_ms:8.2f}  {figures.kb:6.1f} KB ({figures.gzip_kb:.1f} gz)"
    )
