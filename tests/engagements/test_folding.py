"""What of a template is put together once, and that nobody sees the difference."""

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from engagements.folding import fold

LOADED = "{% load i18n look %}"


def both(source: str, **context: object) -> tuple[str, str]:
    """What a template says as it is, and folded."""
    plain, folded = Template(LOADED + source), Template(LOADED + source)
    fold(folded.nodelist)
    return plain.render(Context(context)), folded.render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Home" %}{# said #} & {% icon "home" %}{{ name }}',
        '{% translate "100%" %} {% side_mark side %}{% side_mark "client" %}',
        "{% translate name %}{% translate 'Home' as here %}{{ here }}{% icon mark %}",
        '{% translate "May" context "a month" %}{% translate "Home" noop %}',
        '{% if name %}{% translate "Home" %}{% else %}{% icon "up" %}{% endif %}',
        '{% for one in many %}{% icon "home" %}{{ one }},{% empty %}none{% endfor %}',
        "{% blocktranslate with n=name %}50% of {{ n }}{% endblocktranslate %}",
        (
            "{% blocktranslate count n=few %}{{ n }}{% plural %}{{ none }}{{ name }}"
            "{% endblocktranslate %}"
        ),
        "{% url 'engagements:contract' pk %} {% url 'engagements:contract' text %}",
        "{% url 'engagements:log' %} {% url 'engagements:log' as log %}{{ log }}",
        "{% url place pk %} {% url 'engagements:contract' pk=pk %}",
    ],
)
def test_a_folded_template_says_the_same_each_time(source: str):
    pk = uuid4()
    for name, few in (("A & B", 1), ("", 2)):
        plain, folded = both(
            source * 2, name=name, few=few, many=[few] * few, side="both", pk=pk,
            text=str(pk), mark="pin", place="engagements:contract",
        )  # fmt: skip
        assert plain == folded


def test_an_address_has_the_id_it_was_asked_for():
    template = Template("{% url 'engagements:contract' pk %}")
    fold(template.nodelist)
    for pk in (uuid4(), uuid4()):
        address = reverse("engagements:contract", args=[pk])
        assert template.render(Context({"pk": pk})) == address


def test_each_language_has_its_own_words():
    template = Template('{% load i18n %}<b>{% translate "Monday" %}</b>{{ none }}')
    fold(template.nodelist)
    said = []
    for language in ("en-gb", "de", "en-gb"):
        with translation.override(language):
            said.append(template.render(Context()))
    assert said == ["<b>Monday</b>", "<b>Montag</b>", "<b>Monday</b>"]


def test_pages_are_folded_when_they_are_loaded():
    names = {type(node).__name__ for node in get_template("404.html").template.nodelist}
    inside = get_template("shell/_find.html").template.nodelist

    assert names
    assert [type(node).__name__ for node in inside] == ["_Fixed"]
