"""For those who write code: error pages and reloading."""

from crm.settings.base import *

DEBUG = True
