"""What can happen to customers, told one happening at a time, in an order that a seed decides."""

import random
from datetime import timedelta
from decimal import Decimal

from crm.accounts import services as accounts
from crm.core import clock
from crm.core.errors import Refusal
from customers.companies import services as companies
from customers.models import Company
from deals.contracts import services as contracts
from deals.models import Opportunity, Order, Payment, Stage
from deals.opportunities import services as opportunities
from deals.orders import services as orders
from deals.payments import planning
from deals.payments import services as payments
from interactions.followups import services as followups
from interactions.log import services as log
from interactions.models import FollowUp, Interaction


class Happenings:
    """Random verbs by random people on whatever there is; `make` are the makers of records that the tests share."""

    def __init__(self, seed, people, make):
        self.draw, self.people, self.make, self.boss = random.Random(seed), people, make, people.admin

    def one(self):
        """Let something happen; refused, or with nothing there to do it with, it does not: part of life."""
        try:
            self.draw.choice(self.ALL)(self)
        except (Refusal, IndexError):
            return

    def hours(self):
        """How long it takes until the next one."""
        return timedelta(hours=self.draw.randrange(30))

    def somebody(self):
        return self.draw.choice([self.people.rep_a, self.people.rep_b, self.people.rep_c, self.people.manager])

    def some(self, rows):
        return self.draw.choice(list(rows))

    def company(self):
        return self.draw.choice(list(Company.objects.live()) or [self.make.company(by=self.people.rep_a)])

    def amount(self):
        return Decimal(self.draw.randrange(1, 900))

    def someone_comes_in(self):
        self.make.company(by=self.somebody())

    def a_chance_opens(self):
        self.make.deal(self.company(), by=self.boss, amount=self.amount())

    def a_contract_is_signed(self):
        self.make.contract(self.company(), by=self.boss, amount=self.amount(), signed=True)

    def a_contract_ends(self):
        contracts.terminate(self.some(self.company().contracts.all()), reason="不做了", by=self.boss)

    def an_order_is_placed(self):
        self.make.order(str(self.amount()), company=self.company(), by=self.boss, placed=True)

    def an_order_is_cancelled(self):
        orders.cancel(self.some(Order.objects.filter(state="placed")), reason="不要了", by=self.boss)

    def payments_are_planned(self):
        order = self.some(Order.objects.filter(state="placed"))
        first = planning.unsettled(order) / 2
        days = [clock.today() + timedelta(self.draw.randrange(40)) for _part in range(2)]
        planning.plan(order, [(days[0], round(first, 2)), (days[1], planning.unsettled(order) - round(first, 2))], by=self.boss)

    def money_comes_in(self):
        order = self.some(Order.objects.filter(state="placed"))
        payments.receive(order, {"amount": round(self.amount() / 9, 2), "received_on": clock.today()}, by=self.boss)

    def money_goes_back(self):
        payments.refund(self.some(Payment.objects.filter(kind="receipt")), 1, reason="退货", by=self.boss)

    def a_debt_is_given_up(self):
        payments.write_off(self.some(Order.objects.filter(state="placed")), 1, reason="倒闭", by=self.boss)

    def a_company_changes_hands(self):
        companies.assign([self.company()], to=self.draw.choice([self.people.rep_a, self.people.rep_b, self.people.rep_c]), by=self.boss)

    def a_company_goes_or_comes_back(self):
        binned = Company.objects.binned().first()
        companies.restore(binned, by=self.boss) if binned else companies.delete(self.company(), by=self.boss)

    def a_chance_moves(self):
        stage = self.some(Stage.objects.filter(kind="open"))
        opportunities.move(self.some(Opportunity.objects.live().running()), stage, by=self.boss, override_reason="客户要求")

    def a_chance_is_void(self):
        opportunities.void(self.some(Opportunity.objects.live().running()), reason="弄错了", by=self.boss)

    def a_chance_changes_hands(self):
        opportunities.assign([self.some(Opportunity.objects.live())], to=self.people.rep_c, by=self.boss)

    def somebody_changes_team(self):
        people = self.people
        accounts.move_to_team(people.rep_b, team=self.draw.choice([people.east_1, people.east_2, people.south]), by=self.boss)

    def somebody_is_spoken_to(self):
        values = {"company": self.company(), "channel": self.draw.choice(["phone", "visit"]), "subject": "沟通", "at": clock.now()}
        values["satisfaction"] = self.draw.choice([None, 2, 5])
        if self.draw.random() < 0.7:
            values |= {"next_step": "再联系", "next_step_at": clock.now() + timedelta(3)}
        log.log(values, by=self.boss)

    def a_promise_is_kept(self):
        followups.complete(self.some(FollowUp.objects.filter(state="open")), by=self.boss)

    def a_promise_is_dropped(self):
        followups.cancel(self.some(FollowUp.objects.filter(state="open")), by=self.boss)

    def a_contact_goes(self):
        log.delete(self.some(Interaction.objects.live()), by=self.boss)

    ALL = (
        someone_comes_in, someone_comes_in, someone_comes_in, a_chance_opens, a_chance_opens, a_contract_is_signed, a_contract_ends,
        an_order_is_placed, an_order_is_placed, an_order_is_cancelled, payments_are_planned, payments_are_planned, money_comes_in, money_comes_in,
        money_goes_back, a_debt_is_given_up, a_company_changes_hands, a_company_goes_or_comes_back, a_chance_moves, a_chance_moves, a_chance_is_void,
        a_chance_changes_hands, somebody_changes_team, somebody_is_spoken_to, somebody_is_spoken_to, somebody_is_spoken_to, a_promise_is_kept,
        a_promise_is_dropped, a_contact_goes,
    )  # fmt: skip
