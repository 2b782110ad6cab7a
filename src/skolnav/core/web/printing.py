"""How templates print a value. A start page prints three hundred; MarkupSafe 3 wraps each in a Markup first (1 µs).

Most values have nothing to escape, or are Markup already: those go to the page as they are. The rest takes
MarkupSafe's own way, so what is escaped is exactly the same; a test holds the two to each other.
"""

import re
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

_special = re.compile("[&<>\"']").search


def printed(value: Any) -> str:
    """The value as text that is safe in a page."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str and not _special(value):
        return value  # type: ignore[no-any-return]
    return escape(value)


class PlainPrinting(CodeGenerator):
    """Compiles `{{ value }}` to `environment.printed(value)` where autoescape is on, as it always is here."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.printed(")
        if finalize.src is not None:
            self.write(finalize.src)
