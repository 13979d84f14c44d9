"""G8: how the cost of every page has grown between a small firm and this one."""

import json

# What grows, by how much it may, and which pages the goal names.
MEASURES = {"cpu_ms": 1.3, "sql": 1.0, "kb": 1.05}
NAMED = ("list, first page", "search, ", "record", "funnel, ")


def growth(small_path, figures, say):
    """Print, for each page of both reports, how many times the smaller one's CPU, statements and bytes it takes; the number of bars missed."""
    small = {one["name"]: one for one in json.loads(small_path.read_text(encoding="utf-8"))["figures"]}
    missed = 0
    for name, now in figures.items():
        if name not in small:
            continue
        times = {field: _times(small[name][field], getattr(now, field)) for field in MEASURES}
        over = [field for field, value in times.items() if round(value, 2) > MEASURES[field]] if name.startswith(NAMED) else []
        missed += bool(over)
        verdict = f"MISSED {', '.join(over)}" if over else "ok" if name.startswith(NAMED) else ""
        say(f"G8 {name:<52} cpu × {times['cpu_ms']:.2f}  sql × {times['sql']:.2f}  bytes × {times['kb']:.2f}  {verdict}")
    return missed


def _times(before, now):
    return now / before if before else 1.0
