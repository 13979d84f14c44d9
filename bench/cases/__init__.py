"""What is measured: the questions of docs/benchmark.md, each beside the bare SQL or the floor that answers it."""

from bench.book import Book
from bench.cases import api, customers, deals, floors, reports
from bench.measure import client_for

ROOMS = (customers, deals, reports, api)


def run(people, say, rounds=20) -> Book:
    """Every case, as figures in a book."""
    book = Book(say, rounds)
    floors.add(book, people["admin"])
    clients = {name: client_for(user) for name, user in people.items()}
    for room in ROOMS:
        room.add(book, people, clients)
    return book
