"""How a form reads: to the eye, to a screen reader, after an error."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from engagements.templatetags.look import named
from tests.styleguide.views import StyleForm


@pytest.fixture
def fresh() -> str:
    return render_crispy_form(StyleForm())


@pytest.fixture
def faulty() -> str:
    form = StyleForm({"title": "", "ends_on": "31/2", "basis": "no", "tags": ["x"]})
    return render_crispy_form(form)


def tag(html: str, marker: str) -> str:
    """The opening tag that holds `marker`."""
    found = re.search(rf"<[a-z]+ [^>]*{re.escape(marker)}[^>]*>", html)
    assert found, marker
    return found[0]


def test_a_field_names_its_help(fresh: str):
    assert 'aria-describedby="id_title_helptext"' in tag(fresh, 'name="title"')
    assert 'id="id_title_helptext"' in fresh


def test_a_field_without_help_names_nothing(fresh: str):
    assert "aria-describedby" not in tag(fresh, 'name="reference"')


def test_a_faulty_field_names_its_help_and_its_error(faulty: str):
    opening = tag(faulty, 'name="title"')
    assert 'aria-describedby="id_title_helptext id_title_error"' in opening
    assert 'aria-invalid="true"' in opening
    assert 'id="id_title_error"' in faulty


def test_every_described_id_exists_once(faulty: str):
    named = re.findall(r'aria-describedby="([^"]+)"', faulty)
    assert named
    for name in " ".join(named).split():
        assert faulty.count(f'id="{name}"') == 1, name


def test_optional_fields_say_so_and_required_ones_are_unmarked(fresh: str):
    optional = r'<span class="opt">Optional</span>'
    assert len(re.findall(optional, fresh)) == 4
    assert "*" not in re.sub(r"<[^>]+>", "", fresh)


def test_radios_stand_in_a_fieldset_with_a_legend(fresh: str):
    part = fresh[fresh.index('<fieldset id="div_id_kind"') :]
    part = part[: part.index("</fieldset>")]
    assert "<legend>Tell" in part
    assert part.count('type="radio"') == 2


def test_a_faulty_group_of_radios_names_its_error_on_the_fieldset(faulty: str):
    assert 'aria-describedby="id_basis_error"' in tag(faulty, 'id="div_id_basis"')


def test_a_segmented_choice_is_made_of_native_radios(fresh: str):
    part = fresh[fresh.index('class="seg"') :]
    part = part[: part.index("</fieldset>")]
    assert part.count('type="radio" name="basis"') == 3


def test_an_option_card_says_what_follows(fresh: str):
    assert "<b>Let it end</b><small>Hand over by 31 Mar 2027</small>" in fresh


def test_the_summary_links_every_error_to_its_field(faulty: str):
    summary = faulty[faulty.index('class="problem"') : faulty.index("</ul>")]
    assert "There is a problem" in summary
    assert 'href="#id_title"' in summary
    assert 'href="#id_basis_0"' in summary
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in faulty, target


def test_a_form_without_errors_has_no_summary(fresh: str):
    assert "There is a problem" not in fresh


def test_values_are_kept(faulty: str):
    assert 'value="31/2"' in faulty


def test_the_browser_never_shows_its_own_bubbles(fresh: str):
    assert "novalidate" in fresh


def test_errors_and_labels_are_escaped():
    form = StyleForm({"title": "<script>x</script>", "ends_on": "a"})
    form.add_error("title", "<b>no</b>")
    html = render_crispy_form(form)
    assert "<script>x" not in html
    assert "<b>no</b>" not in html


def test_nothing_is_inline(faulty: str):
    assert not re.search(r"\sstyle=|\son\w+=|<script|<style", faulty)


def test_the_page_title_begins_with_the_error():
    page = Template(
        '{% extends "base_public.html" %}{% block title %}Add{% endblock %}'
    )
    faulty = page.render(Context({"form": StyleForm({"title": ""})}))
    assert "<title>Error: Add - Relman</title>" in faulty
    assert "<title>Add - Relman</title>" in page.render(Context({"form": StyleForm()}))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(), "", "Nothing is entered here."),
        (forms.DateField(), "31/2", "This is not a date, such as 31/12/2026."),
        (forms.IntegerField(), "x", "This is not a whole number, such as 12."),
        (forms.CharField(max_length=2), "abc", "At most 2 characters; this has 3."),
        (forms.ChoiceField(choices=[]), "x", "“x” is not one of the choices."),
    ],
)
def test_the_framework_says_what_is_wrong_and_what_would_be_right(field, value, words):
    with pytest.raises(ValidationError) as raised:
        field.clean(value)
    assert raised.value.messages == [words]


def test_the_summary_names_the_field_once(faulty: str):
    assert ">Title: Nothing is entered here.</a>" in faulty
    field = StyleForm({"title": "x"})["title"]
    assert named("Title is taken", field) == "Title is taken"
