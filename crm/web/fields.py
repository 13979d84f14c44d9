"""A form field as people meet it: label above, control, then what is wrong, then help."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from crm.web.components import icon, required_word

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def field(bound, label="", short=False, strong=False):
    """One bound field with everything that belongs to it; hidden fields are drawn bare.

    A choice from many rows names its search address in the widget's attribute `data-url` and becomes a picker.
    """
    if bound.is_hidden:
        return bound.as_widget()
    label = label or bound.label
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _checkbox(bound, label)
    if isinstance(bound.field.widget, _CHOICES):
        return _choices(bound, label, strong)
    head = format_html('<label class="km-label{}" for="{}">{}{}</label>', _strong(strong), bound.id_for_label, label, _need(bound))
    return _frame(bound, head, format_html("{}{}", _control(bound), _hint(bound)), " km-short" if short else "")


def fields(form):
    """All fields of a form in their order, its general errors above them."""
    return format_html_join("", "{}", [(form_errors(form),), *((field(bound),) for bound in form)])


def form_errors(form):
    """What is wrong with the whole form, read out at once; nothing when nothing is."""
    errors = form.non_field_errors()
    if not errors:
        return ""
    lines = format_html_join("", "<p>{}</p>", ((error,) for error in errors))
    return format_html('<div class="km-banner km-bad km-formerrors" role="alert">{}<div>{}</div></div>', icon("alert-circle"), lines)


def _frame(bound, head, control, extra=""):
    return format_html('<div class="km-field{}">{}{}{}{}</div>', extra, head, control, _errors(bound), _help(bound))


def _control(bound):
    widget = bound.as_widget(attrs=_aria(bound))
    attrs = bound.field.widget.attrs
    if not attrs.get("data-url"):
        return widget
    narrow = format_html(' data-with="{}"', attrs["data-with"]) if attrs.get("data-with") else ""
    return format_html('<div class="km-picker" data-url="{}"{}>{}</div>', attrs["data-url"], narrow, widget)


def _hint(bound):
    """Where the server's answer to what is being typed stands."""
    asks = bound.field.widget.attrs.get("hx-target") == "next .km-hint"
    return mark_safe('<div class="km-hint" aria-live="polite"></div>') if asks else ""


def _checkbox(bound, label):
    head = format_html('<label class="km-check-label">{}<span>{}</span></label>', bound.as_widget(attrs=_aria(bound)), label)
    return _frame(bound, head, "")


def _choices(bound, label, strong):
    one_by_one = format_html_join("", '<label class="km-check-label">{}<span>{}</span></label>', ((w.tag(), w.choice_label) for w in bound))
    return format_html(
        '<fieldset class="km-field"{}><legend class="km-label{}">{}{}</legend><div class="km-choices km-inline">{}</div>{}{}</fieldset>',
        format_html(' aria-describedby="{}"', _described(bound)) if _described(bound) else "",
        _strong(strong),
        label,
        _need(bound),
        one_by_one,
        _errors(bound),
        _help(bound),
    )


def _strong(strong):
    return " km-strong" if strong else ""


def _need(bound):
    return format_html(' <span class="km-need">{}</span>', required_word()) if bound.field.required else ""


def _described(bound):
    ids = [f"{bound.auto_id}_error"] if bound.errors else []
    ids += [f"{bound.auto_id}_help"] if bound.help_text else []
    return " ".join(ids)


def _aria(bound):
    aria = {"placeholder": False}  # a placeholder is no label; examples stand in the help text
    if _described(bound):
        aria["aria-describedby"] = _described(bound)
    if bound.errors:
        aria["aria-invalid"] = "true"
    return aria


def _errors(bound):
    if not bound.errors:
        return ""
    lines = format_html_join(" ", "{}", ((error,) for error in bound.errors))
    return format_html('<p class="km-error" id="{}_error">{}<span>{}</span></p>', bound.auto_id, icon("alert-circle", size=14), lines)


def _help(bound):
    return format_html('<p class="km-help" id="{}_help">{}</p>', bound.auto_id, bound.help_text) if bound.help_text else ""
