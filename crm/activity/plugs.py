"""What the spine adds to the house: the offer to take back what was just done."""

from crm.activity.undo import offer
from crm.web.takingback import offers

offers.add("undo", offer)
