"""The one router of the API; rooms register their endpoints in their plugs."""

from rest_framework.routers import DefaultRouter

router = DefaultRouter()
router.include_format_suffixes = False
