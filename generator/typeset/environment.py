"""Jinja's environment, with what a page asks of it most often done at once.

What a template says is what Jinja says that it says. Some things are shorter than in Jinja itself, since a third of
what a page cost was spent on them: a value that is safe already is not made safe again, an attribute is asked of
Python, a function is called as it stands, and so is a macro that is given no more than it takes.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from keyword import iskeyword
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing

from generator.escaping import escape, markup


class QuickMacro(Macro):
    """A macro. Called with no more than it takes, and nothing by name, it has nothing to sort out."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        is_plain = not (kwargs or self.caller or self.catch_kwargs or self.catch_varargs)
        left_out = self._argument_count - len(args)
        if is_plain and left_out >= 0 and self._default_autoescape:
            return markup(self._func(*args, *(missing,) * left_out))
        return super().__call__(*args, **kwargs)


class _Generator(CodeGenerator):
    """Writes templates as Python.

    https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment.code_generator_class
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        super().visit_Template(node, frame)
        # in place of Jinja's own, which the first line of the module names
        self.writeline(f"from {__name__} import {escape.__name__}, {QuickMacro.__name__} as Macro")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute by Python's own look; what has none is looked up as Jinja does, or told as missing."""
        self.write("(had if (had := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call of what stands there: nothing of ours asks for the context of a template, and Jinja looks each time.

        https://jinja.palletsprojects.com/en/stable/api/#jinja2.pass_context
        """
        is_odd = node.dyn_args or node.dyn_kwargs or any(iskeyword(given.key) for given in node.kwargs)
        if forward_caller or is_odd:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")


class _Context(jinja2.runtime.Context):
    """Calls functions as they are, where a call is not written as one above.

    https://jinja.palletsprojects.com/en/stable/api/#the-context
    """

    @jinja2.utils.internalcode
    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_loop_vars", None)  # which compiled templates add for those that want the context
        kwargs.pop("_block_vars", None)
        return function(*args, **kwargs)


class Environment(jinja2.Environment):
    """Compiles templates to what is quick to run."""

    code_generator_class = _Generator
    context_class = _Context

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._found: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """A template by its name; one that was found is not looked for again, since none changes while it is in use."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows: one table where nothing is added, since modules that import compare theirs."""
        return super().make_globals(d) if d else self.globals
