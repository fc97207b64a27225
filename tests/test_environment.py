"""A template says what Jinja says that it says, though ours runs it in fewer steps."""

from __future__ import annotations

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.escaping import escape, markup
from generator.typeset.environment import Environment

OPTIONS = {"autoescape": True, "undefined": jinja2.StrictUndefined}


class Thing:
    name = "<b>"
    none = None

    def call(self, *args: object, **named: object) -> str:
        return f"{args}{sorted(named.items())}"


class Other(Thing):
    name = "another's"


SAYINGS = [
    "{{ thing.name }}{{ table.key }}{{ table['key'] }}{{ thing['name'] }}{{ table.items()|length }}",
    "{{ thing.none is none }}{{ thing.other is defined }}{{ table.other is defined }}{{ table.deep.er.still }}",
    "{{ thing.call(1, 2, a='<', b=thing.name) }}{{ thing.call(*[1], **{'a': 2}) }}{{ thing.call(class='x') }}",
    "{{ 1 }}{{ 1.5 }}{{ none }}{{ true }}{{ [1, '<'] }}{{ safe }}{{ safe ~ '<' }}{{ '<' ~ thing.name }}",
    "{% for each in table.many if each.name %}{{ loop.index }}{{ thing.call(each.name, loop.last) }}{% endfor %}",
    "{% macro m(a, b='<', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}{{ m(1, safe) }}{{ m(b='&', a=2) }}",
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, '<', x='&') }}",
    "{% macro m(a) %}{{ a }}{{ caller('<') }}{% endmacro %}{% call(x) m('&') %}{{ x }}{{ thing.name }}{% endcall %}",
    "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}{{ m(a=1) }}{{ (m(1))|length }}{{ m(1)|upper }}",
    "{% set x %}<i>{{ thing.name }}</i>{% endset %}{{ x }}{{ x|length }}{{ x ~ thing.name }}{{ x|e }}",
    "{% set space = namespace(n=1) %}{% set space.n = space.n + 1 %}{{ space.n }}{{ range(3)|join('<') }}",
    "{% include 'other' %}{% import 'other' as o with context %}{{ o.show(thing.name) }}{{ o.link }}",
    "{% import 'other' as o %}{{ o.show('<') }}{% from 'other' import show %}{{ show(safe) }}",
    "{% extends 'base' %}{% block body %}{{ super() }}{{ thing.name }}{{ thing.call(1) }}{% endblock %}",
]
SAYINGS += [
    "{% import 'macros' as o with context %}{{ o.show('<') }}{{ o.told() }}{% set word = 'x' %}{{ o.show('>') }}",
    "{% set word = '<' %}{% import 'macros' as o with context %}{{ o.show(safe) }}{{ o.told(2) }}{{ o.each(3) }}",
    "{% import 'macros' as o with context %}{{ o.mine() }}{{ o.each(2) }}{{ o }}{{ o.again('<') }}",
    "{% from 'macros' import show, mine with context %}{{ show(1) }}{{ mine() }}",
    "{% import 'counting' as o with context %}{{ o.show() }}{{ o.show() }}",
    "{% import 'including' as o with context %}{{ o.show() }}{{ 'a' ~ 1 ~ none }}{{ 'a' ~ 'b' ~ safe ~ '<' }}",
]
MINE = "{% macro mine() %}{{ thing.name if thing is defined else 'none' }}{% endmacro %}"
OTHERS = {
    "macros": "{% import 'other' as others %}{% macro show(a) %}{{ a }}{{ word }}{% endmacro %} "
    "{% macro told(n=1) %}{% if n > 1 %}{% set word = n %}{% endif %}{{ word }}{{ show(n) }}{% endmacro %}"
    "{% macro each(n) %}{% for word in range(n) %}{{ word }}{{ loop.last }}{% endfor %}{{ word }}{% endmacro %}"
    "{% macro again(a) %}{{ others.show(a) }}{% endmacro %}" + MINE,
    "counting": "{% set count = cycler('a', 'b') %}{% macro show() %}{{ count.next() }}{% endmacro %}",
    "including": "{% macro show() %}{% include 'macros' %}{% import 'macros' as m with context %}{{ m.mine() }}"
    "{% endmacro %}",
    "other": "{% macro show(a) %}{{ a }}{{ word }}{% endmacro %}{% set link = '<' %}{{ word }}",
    "base": "<p>{% block body %}{{ word }}{% endblock %}</p>",
}
WRONG = ["{{ nothing }}", "{{ thing.nothing.more }}", "{{ nothing.x }}", "{{ thing.nothing }}", "{{ nothing(1) }}"]
WRONG += ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}"]
WRONG += ["{% macro m(a) %}{% endmacro %}{{ m(b=1) }}", "{{ thing.name() }}", "{% include 'none' %}"]


def said(kind: type[jinja2.Environment], saying: str) -> str:
    environment = kind(loader=jinja2.DictLoader({**OTHERS, "it": saying}), **OPTIONS)  # type: ignore[arg-type]
    environment.globals["word"] = "it's"
    deep = {"er": {"still": "&"}}
    table = {"key": "<k>", "deep": deep, "many": [Thing(), Thing()]}
    given = {"thing": Thing(), "table": table, "safe": Markup("<u>")}
    template = environment.get_template("it")
    return "".join(template.render({**given, **page}) for page in ({}, {"word": "&"}, {"thing": Other()}, {}))


@pytest.mark.parametrize("saying", SAYINGS)
def test_a_template_says_what_it_says_in_jinja(saying: str) -> None:
    assert said(Environment, saying) == said(jinja2.Environment, saying)


@pytest.mark.parametrize("saying", WRONG)
def test_a_mistake_in_a_template_is_told_as_jinja_tells_it(saying: str) -> None:
    with pytest.raises((jinja2.TemplateError, TypeError)) as theirs:
        said(jinja2.Environment, saying)
    with pytest.raises(theirs.type) as ours:
        said(Environment, saying)
    assert str(ours.value) == str(theirs.value)


def test_macros_that_ask_for_nothing_of_a_page_are_made_once():
    environment = Environment(loader=jinja2.DictLoader(OTHERS), **OPTIONS)  # type: ignore[arg-type]
    environment.globals["word"] = "it's"
    macros, other = environment.get_template("macros"), environment.get_template("other")
    page = {**environment.globals, "page": 1}
    assert macros.make_module(page) is macros.make_module({**page, "page": 2}) is macros.module
    assert macros.make_module({**page, "thing": Thing()}) is not macros.module, "they ask for the thing of the page"
    assert macros.make_module({**page, "word": "x"}) is not macros.module, "the page has a word of its own"
    assert macros.make_module(page, locals={"word": "x"}) is not macros.module
    assert other.make_module(page) is not other.module, "it sets what it would keep from page to page"


VALUES = st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.text().map(Markup))


@given(VALUES)
def test_nothing_gets_out_that_is_not_escaped(value: object) -> None:
    assert escape(value) == str(markupsafe.escape(value))


@given(st.text())
def test_what_is_html_already_is_not_escaped_again(text: str) -> None:
    made = markup(text)
    assert type(made) is Markup
    assert escape(made) == text == markupsafe.escape(made)
