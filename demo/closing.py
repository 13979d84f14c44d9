"""From the signature to the money, and what customers tell us afterwards."""

from datetime import timedelta
from decimal import ROUND_DOWN, Decimal

from crm.core import clock
from crm.core.money import CENT, quantize
from deals.contracts import services as contracts
from deals.orders import services as orders
from deals.payments import planning
from deals.payments import services as payments
from deals.products import services as products
from demo import words
from feedback.tickets import services as tickets

# What is left of the list price when services are in the sum.
DECENT = Decimal("0.9")
LEAD_OF = {"华东一组": "lead", "华东二组": "xu", "华南组": "luo"}


def lines_for(amount, product, services):
    """The lines of an order that come to exactly this amount: the product, and as many of the services as leave it a decent price."""
    for kept in (services, services[:1], []):
        rest = amount - sum(line["quantity"] * line["unit_price"] for line in kept)
        quantity = max(1, round(rest / product.list_price))
        if rest >= quantity * product.list_price * DECENT or not kept:
            break
    # What cannot be divided to the cent: the last piece takes the odd cents.
    each = (rest / quantity).quantize(CENT, ROUND_DOWN)
    last = rest - each * (quantity - 1)
    pieces = [(quantity, each)] if last == each else [(quantity - 1, each), (1, last)]
    return [{"product": product, "quantity": number, "unit_price": price} for number, price in pieces] + kept


class Closing:
    """Contracts, orders, payments and feedback of the story."""

    def __init__(self, story):
        self.story = story
        self.products = {}

    def begin(self):
        """The price list, on the first day."""
        admin = self.story.people["admin"]
        for code, name, category, unit, price, floor, tax in words.PRODUCTS:
            values = {
                "code": code,
                "name": name,
                "category": category,
                "unit": unit,
                "list_price": Decimal(price),
                "floor_price": Decimal(floor),
                "tax_rate": Decimal(tax),
            }
            self.products[code] = products.create(values, by=admin)

    def negotiate(self, opportunity, owner):
        """The contract is drafted and, some days later, signed."""
        contract = contracts.create(
            {"opportunity": opportunity, "payment_terms": "3-4-3，月结 30 天", "starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=365)},
            by=owner,
        )
        self.story.after(2, 9, self.sign, contract, owner)

    def sign(self, contract, owner):
        """Both sides sign."""
        contract = contracts.sign(contract, signed_on=clock.today(), by=owner)
        self.story.after(0.5, 12, self.order, contract, owner)

    def order(self, contract, owner):
        """The order with its lines; a special price waits for the team lead."""
        story = self.story
        special = story.pick((0, 0, 5, 8, 10, 18)) > 15
        services = []
        if story.chance(0.6):
            services.append({"product": self.products["SRV-I"], "quantity": story.rng.randrange(5, 30), "unit_price": Decimal(2400)})
        if story.chance(0.4):
            services.append({"product": self.products["SRV-M"], "quantity": 1, "unit_price": Decimal(30000)})
        lines = lines_for(contract.amount, contract.opportunity.product, services)
        order = orders.create({"contract": contract, "marked_special": special}, lines, by=owner)
        if order.is_special_price:
            story.after(0.2, 4, self.agree, order, owner)
        else:
            story.after(0.1, 2, self.place, order, owner)

    def agree(self, order, owner):
        """The team lead agrees to the special price."""
        lead = self.story.people[LEAD_OF[str(order.team)]]
        order = orders.agree_special_price(order, by=lead)
        self.story.after(0.1, 2, self.place, order, owner)

    def place(self, order, owner):
        """The order is placed, its payments are planned."""
        story = self.story
        order = orders.place(order, by=owner)
        today, total = clock.today(), order.amount
        first, second = quantize(total * Decimal("0.3")), quantize(total * Decimal("0.4"))
        parts = [(today + timedelta(days=10), first), (today + timedelta(days=60), second), (today + timedelta(days=120), total - first - second)]
        planning.plan(order, parts, by=owner)
        for due, amount in parts:
            # Most pay on time, some late; one in twelve lets it be.
            if not story.chance(0.08):
                late = story.rng.choice((-4, -2, 0, 0, 1, 2, 3, 6, 12, 25))
                story.after((due - today).days + late, (due - today).days + late + 1, self.pay, order, amount)
        if story.chance(0.55):
            story.after(15, 150, self.complain, order)

    def pay(self, order, amount):
        """Money comes in."""
        payments.receive(
            order,
            {
                "amount": amount,
                "received_on": clock.today(),
                "method": self.story.pick(words.PAYERS),
                "payer": order.company.name,
                "reference": f"流水{self.story.names.mobile()[-8:]}",
            },
            by=self.story.people["finance"],
        )

    def complain(self, order):
        """The customer tells us something; somebody answers and settles it."""
        story = self.story
        category, subject, content, tags = story.pick(words.TICKETS)
        ticket = tickets.create(
            {
                "name": subject,
                "category": category,
                "content": content,
                "tags": list(tags),
                "company": order.company,
                "priority": story.pick(("P1", "P2", "P3", "P3", "P3", "P4")),
                "channel": story.pick(("phone", "wechat", "email", "web")),
            },
            by=story.people[story.pick(("service", "cao"))],
        )
        story.after(0.05, 1.5, self.answer, ticket)

    def answer(self, ticket):
        """A first answer, and some days later the solution."""
        ticket = tickets.respond(ticket, by=self.story.people["service"])
        if self.story.chance(0.9):
            self.story.after(0.2, 6, self.solve, ticket)

    def solve(self, ticket):
        """It is solved; mostly the customer says how content they are."""
        service = self.story.people["service"]
        ticket = tickets.resolve(ticket, resolution=self.story.pick(words.RESOLUTIONS), by=service)
        if self.story.chance(0.8):
            tickets.close(ticket, by=service, satisfaction=self.story.rng.choice((3, 4, 4, 5, 5, 5)))
