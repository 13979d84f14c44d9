"""For those who write code: error pages and reloading."""

from crm.settings.base import *  # noqa: F403

DEBUG = True
