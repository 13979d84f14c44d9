"""The small parts of a page: what they say, and that what people typed stays text."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import override

from crm.web import components, fields, icons, words

SPRITE = Path(settings.BASE_DIR, "static", icons.SPRITE)
EVIL = "<b onclick=alert(1)>"


def draw(source, **context):
    return Template(source).render(Context(context))


def test_the_sprite_holds_exactly_the_icons_that_may_be_named():
    drawn = {symbol.get("id") for symbol in ElementTree.parse(SPRITE).getroot()}
    assert drawn == icons.NAMES


def test_an_icon_that_is_not_in_the_sprite_is_refused_at_once():
    with pytest.raises(ValueError, match="no-such-drawing"):
        icons.icon("no-such-drawing")


def test_an_icon_beside_words_is_silent_and_one_alone_is_read_out():
    assert 'aria-hidden="true"' in icons.icon("phone")
    assert 'role="img" aria-label="Call"' in icons.icon("phone", "Call")


@pytest.mark.parametrize("tone", components.STATUS_ICONS)
def test_a_status_says_its_words_and_has_a_shape_besides_its_colour(tone):
    html = components.status(tone, "9 / 10")
    assert "9 / 10" in html
    assert "#" + components.STATUS_ICONS[tone] in html


@pytest.mark.parametrize(
    "html",
    [
        components.status("ok", EVIL),
        components.label(EVIL),
        components.person(EVIL),
        components.avatar(EVIL),
        components.chain(2, EVIL),
        components.banner("warn", EVIL, EVIL),
        components.empty("building", EVIL, EVIL),
        components.button(EVIL, url="/" + EVIL, title=EVIL),
        components.icon_button("dots", EVIL),
        components.steps([{"label": EVIL, "state": "now", "note": EVIL}]),
    ],
)
def test_what_people_typed_is_never_markup(html):
    assert EVIL not in html
    assert "<b onclick" not in html


@pytest.mark.parametrize(("given", "drawn"), [(82, "82%"), (140, "100%"), (-3, "0%"), (None, "0%")])
def test_a_bar_is_never_longer_than_full_nor_shorter_than_nothing(given, drawn):
    assert f'width="{drawn}"' in components.bar(given)


def test_under_sixty_percent_bar_and_ring_warn():
    assert "km-low" in components.bar(59)
    assert "km-low" not in components.bar(60)
    assert "km-low" in components.ring(59)


def test_a_disabled_button_says_why_and_cannot_submit():
    html = components.button("Save", url="/save/", disabled="Fill in the reason first")
    assert 'aria-disabled="true"' in html
    assert html.count("Fill in the reason first") == 2  # shown on hover and read out
    assert "href" not in html
    assert 'type="button"' in html


def test_attributes_of_a_button_come_as_html_names():
    html = components.button("Go", hx_post="/x/", data_km_panel=True, hx_target=None)
    assert ' hx-post="/x/"' in html
    assert ' data-km-panel=""' in html
    assert "hx-target" not in html


def test_instalments_stand_one_behind_the_other():
    html = components.instalments([{"share": 60, "state": "got"}, {"share": 20, "state": "late"}, {"share": 20, "state": "open"}])
    assert re.findall(r'x="([\d.]+)%"', html) == ["0.0", "60.0", "80.0"]
    assert re.findall(r"km-(got|late|open)", html) == ["got", "late", "open"]


class Card(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the licence")
    note = forms.CharField(label="Note", required=False)
    company = forms.ChoiceField(label="Company", choices=[("1", "A")], widget=forms.Select(attrs={"data-url": "/pick/"}))
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_wrong_field_names_its_error_and_its_help_to_screen_readers():
    html = fields.field(Card({"name": ""})["name"])
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_error id_name_help"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_help"' in html


def test_required_is_said_in_words_and_only_where_it_is_so():
    with override("en"):
        assert "required</span>" in fields.field(Card()["name"])
        assert "required</span>" not in fields.field(Card()["note"])


def test_a_choice_among_many_rows_becomes_a_picker():
    assert '<div class="km-picker" data-url="/pick/">' in fields.field(Card()["company"])


def test_radio_choices_are_one_group_with_a_legend():
    html = fields.field(Card()["kind"])
    assert html.startswith("<fieldset")
    assert "<legend" in html
    assert html.count('type="radio"') == 2


def test_hidden_fields_are_drawn_bare():
    assert fields.field(Card()["secret"]).startswith("<input")


def test_block_tags_keep_what_stands_between_them():
    assert "<a href='#x'>in</a>" in draw("{% empty 'building' 'None' %}<a href='#x'>in</a>{% endempty %}")
    html = draw("{% card 'Deals' 2 link='/d/' link_text='All' %}<p>body</p>{% endcard %}")
    assert "<p>body</p>" in html
    assert 'href="/d/"' in html


def test_a_chart_carries_its_figures_as_data_and_its_sentence_as_text():
    figure = {"data": [{"type": "bar", "x": ["</script><script>"]}], "layout": {}}
    html = draw("{% chart figure 'stay' 'Nineteen days.' %}", figure=figure)
    assert 'id="km-chart-stay"' in html
    assert "</script><script>" not in html
    assert html.count("Nineteen days.") == 2


def test_every_word_of_the_scripts_is_in_the_page():
    with override("en"):
        html = words.script_words()
    assert 'id="km-words"' in html
    assert all(f'"{key}"' in html for key in words.SCRIPT_WORDS)


def test_the_scripts_say_only_words_that_are_handed_over():
    said = set()
    for script in Path(settings.BASE_DIR, "static", "js").glob("*.js"):
        source = script.read_text()
        said |= set(re.findall(r'\bsay\("(\w+)"', source))
        said |= {key for pair in re.findall(r'\bsay\([^"]*\? "(\w+)" : "(\w+)"', source) for key in pair}
    assert said
    assert said <= set(words.SCRIPT_WORDS)
