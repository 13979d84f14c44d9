"""Figures that people type: taken exactly or refused with a sentence, never rounded in silence."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid


def figure(value, *, places=2, digits=18, least=None, most=None) -> Decimal:
    """The value as a Decimal that fits its column: `digits` in all, `places` behind the point, within `least` and `most`."""
    number = _exact(value)
    if number.normalize().as_tuple().exponent < -places:
        raise Invalid(_("At most %(places)d decimal places.") % {"places": places}, code="too_precise")
    if abs(number) >= Decimal(10) ** (digits - places):
        raise Invalid(_("This number is too large."), code="too_large")
    if least is not None and number < least:
        raise Invalid(_too_small(least), code="too_small")
    if most is not None and number > most:
        raise Invalid(_("At most %(most)s.") % {"most": most}, code="too_large")
    return number


def _exact(value):
    try:
        number = Decimal(str(value).replace(",", "") if isinstance(value, str) else value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise Invalid(_("This is not a number."), code="not_a_number") from error
    if isinstance(value, float) or not number.is_finite():
        raise Invalid(_("This is not a number."), code="not_a_number")
    return number


def _too_small(least):
    return _("This cannot be negative.") if least == 0 else _("At least %(least)s.") % {"least": least}
