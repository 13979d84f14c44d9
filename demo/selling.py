"""From the first call to the signature."""

from datetime import timedelta
from decimal import Decimal

from crm.core import clock
from customers.companies import services as companies
from customers.contacts import services as contacts
from deals.leads import conversion, pools
from deals.leads import services as leads
from deals.leads.models import Lead
from deals.leads.queryset import OPEN_STATES
from deals.opportunities import services as opportunities
from deals.opportunities.models import LostReason, Stage
from demo import firm, papers, words
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import services as log

CHANNELS = ("phone", "phone", "phone", "wechat", "wechat", "email", "visit", "meeting", "social", "im")
LEADS, OLD_COMPANIES = 1500, 90
# Of a hundred opportunities that enter a stage, so many are lost in it; and how long one stays, in days.
LOST_IN = {"need": 8, "demo": 10, "quote": 14, "test": 8, "negotiation": 7}
STAY = {"need": (2, 12), "demo": (2, 14), "quote": (3, 22), "test": (3, 16), "negotiation": (2, 14)}
ORDER = ("need", "demo", "quote", "test", "negotiation")


class Selling:
    """Leads, companies, conversations and opportunities of the story."""

    def __init__(self, story, closing):
        self.story, self.closing = story, closing
        self.stages = {stage.code: stage for stage in Stage.objects.all()}
        self.reasons = list(LostReason.objects.filter(parent__isnull=False))
        self.sellers = [story.people[name] for name in firm.SELLERS]
        self.callers = [story.people[name] for name in firm.CALLERS]
        self.products = closing.products

    def begin(self, *, leads=LEADS, companies=OLD_COMPANIES):
        """Spread the arrivals over the two years, more of them towards the end."""
        story = self.story
        for _n in range(companies):
            story.at(self._sometime(), self.known_company)
        for person in [*self.sellers, *self.callers]:
            story.at(story.start + timedelta(days=20), self.tidy_up, person)
        for _n in range(leads):
            story.at(self._sometime(), self.lead_arrives)

    def _sometime(self):
        share = self.story.rng.random() ** 0.75
        return self.story.start + self.story.length * share

    # --- companies that were known before ---------------------------------------------------------
    def known_company(self):
        """A seller brings in a company from his own network."""
        story, rng = self.story, self.story.rng
        seller = story.pick(self.sellers)
        company = companies.create(self._company_values(full=True), by=seller, even_if_known=True)
        contact = self._contact(company, seller)
        self.talk(seller, company=company, contact=contact)
        story.after(3, 30, self.talk_again, seller, company, contact, rng.randrange(0, 4))
        if story.chance(0.55):
            story.after(5, 60, self.open_opportunity, seller, company, contact, None)

    def _company_values(self, *, full):
        story = self.story
        values = story.names.company()
        values["source"] = story.pick(words.SOURCES)
        if full or story.chance(0.6):
            values["credit_code"] = story.names.credit_code(values["region"])
            values["size"] = story.pick(("s20", "s100", "s500", "s1000"))
            values["address"] = f"工业园区{story.pick('东南西北')}路 {story.rng.randrange(1, 400)} 号"
        if story.chance(0.5):
            values["website"] = f"https://www.{story.names.mobile()[-6:]}.example"
        if story.chance(0.12):
            values["tags"] = ["重点客户"]
        return values

    def _contact(self, company, by):
        name, position, part = self.story.names.person()
        values = {"name": name, "company": company, "position": position, "decision_role": part, "mobile": self.story.names.mobile()}
        if self.story.chance(0.4):
            values["email"] = f"{values['mobile']}@mail.example"
        return contacts.create(values, by=by, even_if_known=True)

    # --- leads ------------------------------------------------------------------------------------
    def lead_arrives(self):
        """Marketing enters a lead: into a pool, or straight to a seller."""
        story = self.story
        company = story.names.company()
        person, position, _part = story.names.person()
        need, _product = story.pick(words.NEEDS)
        values = {
            "name": company["name"],
            "person": person,
            "position": position,
            "mobile": story.names.mobile(),
            "source": story.pick(words.SOURCES),
            "industry": company["industry"],
            "region": company["region"],
            "need": need,
        }
        marketing = story.people["marketing"]
        way = story.rng.random()
        if way < 0.5:
            lead = leads.create(values, by=marketing, pool=story.pools["市场线索池"])
            story.after(0.05, 1.5, self.caller_claims, lead, company)
        elif way < 0.8:
            seller = story.pick(self.sellers)
            lead = leads.create(values, by=marketing, owner=seller)
            story.after(0.1, 2, self.work_lead, lead, seller, company, story.rng.randrange(0, 3))
        else:
            south = company["region"][:2] in ("44", "35")
            lead = leads.create(values, by=marketing, pool=story.pools["华南公海" if south else "华东公海"])
            if story.chance(0.6):
                seller = story.people["liang" if south else story.pick(("rep", "chen", "sun", "wu"))]
                story.after(0.5, 12, self.seller_claims, lead, seller, company)

    def caller_claims(self, lead, company):
        """Telesales takes the lead, calls, and hands over whoever shows interest."""
        caller = self.story.pick(self.callers)
        lead = pools.claim(lead, by=caller)
        outcome = self.talk(caller, about=lead)
        if outcome == "interested" or self.story.chance(0.35):
            seller = self.story.pick(self.sellers)
            pools.assign([lead], to=seller, by=self.story.people["manager"], reason="电销转出")
            self.story.after(0.2, 3, self.work_lead, lead, seller, company, self.story.rng.randrange(0, 3))
        elif outcome == "wrong_number":
            leads.invalidate(lead, reason=self.story.pick(words.INVALID), by=caller)
        else:
            self.story.after(2, 12, self.work_lead, lead, caller, company, 1)

    def seller_claims(self, lead, seller, company):
        """A seller takes a lead from the pool of his region."""
        lead = pools.claim(lead, by=seller)
        self.story.after(0.1, 2, self.work_lead, lead, seller, company, self.story.rng.randrange(0, 3))

    def work_lead(self, lead, owner, company, left):
        """One more conversation; then it becomes a customer, or nothing comes of it."""
        lead.refresh_from_db()
        if lead.state not in OPEN_STATES or lead.owner_id != owner.pk:
            return
        outcome = self.talk(owner, about=lead)
        story = self.story
        if outcome in ("wrong_number", "not_interested") and story.chance(0.7):
            leads.invalidate(lead, reason=story.pick(words.INVALID), by=owner)
        elif left > 0:
            story.after(2, 14, self.work_lead, lead, owner, company, left - 1)
        elif (outcome == "interested" and owner in self.sellers) or (story.chance(0.22) and owner in self.sellers):
            self.convert(lead, owner, company)

    def convert(self, lead, owner, company):
        """The lead becomes a customer, mostly with an opportunity."""
        story = self.story
        values = {"credit_code": story.names.credit_code(company["region"]), "size": story.pick(("s20", "s100", "s500", "s1000"))}
        if story.chance(0.3):
            values["tags"] = ["展会客户"] if lead.source == "exhibition" else ["线上客户"]
        lead = conversion.convert(lead, by=owner, company={"name": company["name"], **values})
        if story.chance(0.6):
            story.after(5, 40, self.talk_again, owner, lead.company, lead.contact, story.rng.randrange(0, 3))
        if story.chance(0.72):
            story.after(0.1, 9, self.open_opportunity, owner, lead.company, lead.contact, lead)

    def tidy_up(self, person):
        """Every ten days a person clears the desk: what was promised long ago is dropped, idle leads go back or are closed."""
        now, story = clock.now(), self.story
        for followup in FollowUp.objects.live().open().filter(owner=person, due_at__lt=now - timedelta(days=9))[:60]:
            followups.cancel(followup, by=person, reason="已另行沟通")
        idle = Lead.objects.live().open().filter(owner=person, updated_at__lt=now - timedelta(days=18))[:40]
        for lead in idle:
            if story.chance(0.55):
                leads.invalidate(lead, reason=story.pick(words.INVALID), by=person)
            else:
                south = lead.region[:2] in ("44", "35")
                pools.return_to_pool([lead], pool=story.pools["华南公海" if south else "华东公海"], by=story.people["manager"], reason="长期未跟进")
        story.after(9, 11, self.tidy_up, person)

    # --- conversations ----------------------------------------------------------------------------
    def talk(self, by, *, company=None, contact=None, about=None, outcome=None):
        """Log a conversation, mostly with a next step; gives back what came of it."""
        rng, story = self.story.rng, self.story
        outcome = outcome or rng.choices(list(words.TALKS), weights=(44, 28, 16, 8, 2))[0]
        values = {"channel": story.pick(CHANNELS), "outcome": outcome, "key_points": story.pick(words.TALKS[outcome])}
        values |= {"about": about} if about is not None else {"company": company, "contact": contact}
        if outcome == "interested" and story.chance(0.3):
            values["question"], values["answer"] = story.pick(words.QUESTIONS)
        if outcome in ("interested", "again"):
            values |= {"satisfaction": rng.choice((3, 4, 4, 5, 5, 5))} if story.chance(0.5) else {}
            if story.chance(0.5):
                days = rng.choice((1, 2, 3, 5, 7, 10, 14))
                values["next_step"] = story.pick(words.NEXT_STEPS)
                values["next_step_at"] = story.working(clock.now() + timedelta(days=days))
        log.log(values, by=by)
        return outcome

    def talk_again(self, by, company, contact, left):
        """Keep in touch with a company for a while."""
        self.talk(by, company=company, contact=contact)
        if left > 0:
            self.story.after(6, 45, self.talk_again, by, company, contact, left - 1)

    # --- opportunities ----------------------------------------------------------------------------
    def open_opportunity(self, owner, company, contact, lead):
        """A chance to sell something in particular."""
        story = self.story
        need, code = story.pick(words.NEEDS)
        product = self.products[code]
        amount = product.list_price * story.rng.randrange(1, 4) * Decimal(story.pick(("0.9", "1", "1", "1.1")))
        opportunity = opportunities.create(
            {
                "name": f"{company.short_name or company.name[:4]}{product.name}",
                "company": company,
                "contact": contact,
                "product": product,
                "need": need,
                "amount": amount.quantize(Decimal("1000")),
                "expected_close": clock.today() + timedelta(days=story.rng.randrange(40, 120)),
                "source": company.source,
            },
            by=owner,
            lead=lead,
        )
        story.after(*STAY["need"], self.move_on, opportunity, owner, "need")

    def move_on(self, opportunity, owner, stage):
        """The end of a stay in a stage: a conversation, then lost, pushed, or on to the next stage."""
        story = self.story
        opportunity.refresh_from_db()
        if story.chance(0.75):
            self.talk(owner, about=opportunity, outcome="interested")
        if story.rng.randrange(100) < LOST_IN[stage]:
            opportunities.lose(
                opportunity,
                reason=story.pick(self.reasons),
                competitor=story.pick(words.COMPETITORS),
                by=owner,
                note="对方反馈：" + story.pick(words.TALKS["not_interested"]),
            )
            return
        if story.chance(0.18):  # it takes longer than thought
            later = max(opportunity.expected_close, clock.today()) + timedelta(days=story.rng.randrange(15, 45))
            opportunities.update(opportunity, {"expected_close": later}, by=owner)
            story.after(*STAY[stage], self.move_on, opportunity, owner, stage)
            return
        self._advance(opportunity, owner, stage)

    def _advance(self, opportunity, owner, stage):
        story = self.story
        close = max(opportunity.expected_close, clock.today() + timedelta(days=story.rng.randrange(10, 40)))
        place = ORDER.index(stage) + 1
        if place == len(ORDER):
            self.closing.negotiate(opportunity, owner)
            return
        given = {
            "need": {},
            "demo": {"demo_note": "演示报工、排产和看板，九人参加，问题当场答复。"},
            "quote": {"quote_note": f"已发报价 ¥{opportunity.amount:,.0f}，含实施和培训。", "decision_path": "设备部提出，副总审批，财务按 3-4-3 付款。"},
            "test": {"test_result": "两周试用完成，关键指标达到约定。"},
        }[stage]
        if stage == "need" and not opportunity.company.industry:
            given["industry"] = "machinery"
        opportunity = opportunities.move(opportunity, self.stages[ORDER[place]], by=owner, expected_close=close, values=given)
        if stage == "quote":
            papers.quote(opportunity, by=owner)
            papers.notice(opportunity, by=owner)
        story.after(*STAY[ORDER[place]], self.move_on, opportunity, owner, ORDER[place])
