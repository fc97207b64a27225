"""A Jinja environment that renders faster: what it leaves out took a third of a page's time.

Templates render as with plain Jinja, except that no function is passed the context (`pass_context`). A value that is
already safe is not marked safe again, attributes are looked up by Python, functions are called directly, and so are
macros that get no more arguments than they declare. Macros that need nothing of a page are made once, not for each
page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from keyword import iskeyword
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Macro, markup_join
from jinja2.utils import missing

from generator.escaping import escape, markup


class QuickMacro(Macro):
    """A macro that skips Jinja's sorting of arguments if called with positional ones only, and not too many."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._most = self._argument_count
        if self.caller or self.catch_kwargs or self.catch_varargs or not self._default_autoescape:
            self._most = -1

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        left_out = self._most - len(args)
        if kwargs or left_out < 0:
            return super().__call__(*args, **kwargs)
        return markup(self._func(*args, *(missing,) * left_out) if left_out else self._func(*args))


def joined(parts: tuple[Any, ...]) -> str:
    """Parts joined together: a plain text if all parts are, as in Jinja."""
    return "".join(parts) if all(type(part) is str for part in parts) else markup_join(parts)


class _Asking(CodeGenerator):
    """Finds the names that a template uses without defining them."""

    def __init__(self, environment: jinja2.Environment, name: str | None, filename: str | None) -> None:
        super().__init__(environment, name, filename)
        self.asked: set[str] = set()

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        self.asked |= {name for action, name in frame.symbols.loads.values() if action == VAR_LOAD_RESOLVE}


class _Generator(CodeGenerator):
    """Writes templates as Python.

    https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment.code_generator_class
    """

    _asked: frozenset[str] | None = None

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        if _has_macros_only(node):
            asking = _Asking(self.environment, self.name, self.filename)
            asking.visit(node)
            self._asked = frozenset(asking.asked)
        super().visit_Template(node, frame)
        # in place of Jinja's own, which the module's first line imports
        self.writeline(f"from {__name__} import {escape.__name__}, {joined.__name__}, {QuickMacro.__name__} as Macro")
        self.writeline(f"{_ASKED} = {sorted(self._asked) if self._asked is not None else None!r}")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Concat(node, frame)
            return
        self.write(f"{joined.__name__}((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def enter_frame(self, frame: Frame) -> None:
        """In templates with macros only, look up the names that they use when they are made, not at each call."""
        for name in sorted(self._asked or ()) if frame.rootlevel else ():
            frame.symbols.load(name)
        super().enter_frame(frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_simply_escaped(frame, finalize):
            self.write("(put if type(put := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Output HTML, as half of all values are, without a function call."""
        if _is_simply_escaped(frame, finalize):
            self.write(f") is Markup else {escape.__name__}(put))")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute, looked up by Python; if there is none, Jinja looks it up or reports it as missing."""
        self.write("(had if (had := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A direct call: none of our functions takes the context of a template, which Jinja checks at each call.

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


_ASKED = "asked"
"""The variable in which a compiled template lists names that it does not define; None if it may depend on more."""


def _has_macros_only(template: nodes.Template) -> bool:
    """Whether a template only defines macros, so that it depends on nothing but the names that they use."""
    for node in template.body:
        is_text = isinstance(node, nodes.Output) and all(isinstance(part, nodes.TemplateData) for part in node.nodes)
        if not is_text and not isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport):
            return False
    if any(template.find_all((nodes.Include, nodes.Block, nodes.ScopedEvalContextModifier))):
        return False
    imports = template.find_all((nodes.Import, nodes.FromImport))
    return not any(isinstance(each, nodes.Import | nodes.FromImport) and each.with_context for each in imports)


def _is_simply_escaped(frame: Frame, finalize: Any) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None


class _Template(jinja2.Template):
    """A template whose module is shared by the templates that import it, if it uses nothing but globals."""

    environment: Environment

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The rendered template, finished by its environment."""
        return self.environment.finished(super().render(*args, **kwargs))

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        asked = self.root_render_func.__globals__[_ASKED]
        if vars is not None and asked is not None and self._is_asked_for_nothing_else(asked, vars, locals or {}):
            return self.module
        return super().make_module(vars, shared, locals)

    def _is_asked_for_nothing_else(
        self, asked: Iterable[str], given: Mapping[str, Any], local: Mapping[str, Any]
    ) -> bool:
        """Whether every name that a template uses is a global."""
        known = self.globals
        return all(
            given.get(name, missing) is known.get(name, missing) and local.get(name, missing) is missing
            for name in asked
        )


class _Context(jinja2.runtime.Context):
    """Calls functions directly where a call is not compiled as above.

    https://jinja.palletsprojects.com/en/stable/api/#the-context
    """

    @jinja2.utils.internalcode
    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_loop_vars", None)  # which compiled templates add for those that want the context
        kwargs.pop("_block_vars", None)
        return function(*args, **kwargs)


class Environment(jinja2.Environment):
    """Compiles templates to faster code."""

    code_generator_class = _Generator
    context_class = _Context
    template_class = _Template

    def __init__(self, finished: Callable[[str], str] = str, **options: Any) -> None:
        """`finished` is applied to all that a template renders."""
        super().__init__(**options)
        self._found: dict[str, jinja2.Template] = {}
        self.finished = finished

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """A template by name; remembered, since no template changes while it is in use."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if name not in self._found:
            self._found[name] = super().get_template(name, parent)
        return self._found[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: the same table if nothing is added, since importing modules compare theirs."""
        return super().make_globals(d) if d else self.globals
