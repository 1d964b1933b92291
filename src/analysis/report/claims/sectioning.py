"""Cuts templates into sections while they are compiled, so that each is made under the guard.

A section is what stands from a heading to the next of its level or above, in the same block of a template; an
included template is one too, and so are the title and the line below it. The heading itself stays outside: a section
that fails keeps its number, and references to it stay right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

GUARDED = "guarded"
_HEADING = re.compile(r"(#{1,3}) ")
_ANCHOR = re.compile(r"\{#([\w-]+)\}")
_TITLES = ("title", "subtitle")


class SectionedTemplates(CodeGenerator):
    """Compiles a template with its sections under the guard."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Compile a template."""
        node.body = _sectioned(node.body, Path(self.name or "report").name.partition(".")[0])
        node.set_environment(self.environment)
        super().visit_Template(node, frame)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    name: str
    output: nodes.Output


def _sectioned(body: Sequence[nodes.Node], name: str) -> list[nodes.Node]:
    """Return the nodes of a block with its sections, inclusions and titles each under the guard."""
    pieces: list[nodes.Node | _Heading] = []
    for node in body:
        current = next((piece.name for piece in reversed(pieces) if isinstance(piece, _Heading)), name)
        pieces += _split(node) if isinstance(node, nodes.Output) else [_with_sections(node, current)]
    return _grouped(pieces, name)


def _with_sections(node: nodes.Node, name: str) -> nodes.Node:
    if isinstance(node, nodes.Include):
        return _guarded(_file_name(node.template), [node], node.lineno)
    if isinstance(node, nodes.CallBlock) and isinstance(node.call.node, nodes.Name) and node.call.node.name in _TITLES:
        return _guarded(node.call.node.name, [node], node.lineno)
    if isinstance(node, nodes.If | nodes.For):
        node.body = _sectioned(node.body, name)
        node.else_ = _sectioned(node.else_, name)
    if isinstance(node, nodes.If):
        for other in node.elif_:
            other.body = _sectioned(other.body, name)
    return node


def _apart(body: list[nodes.Node], name: str) -> list[nodes.Node]:
    """Return the nodes of a block around its sections under the guard: what they say fails without the sections."""
    made: list[nodes.Node] = []
    run: list[nodes.Node] = []
    for node in [*body, None]:
        if isinstance(node, nodes.Output) or (node is not None and _is_statement(node) and not _holds_section(node)):
            run.append(node)
            continue
        made += [_guarded(name, run, run[0].lineno)] if any(map(_says_something, run)) else run
        run = []
        if isinstance(node, nodes.If | nodes.For):
            made.append(_guarded(name, [node], node.lineno))
        elif node is not None:
            made.append(node)
    return made


def _is_statement(node: nodes.Node) -> bool:
    """Return whether a node only prints: what it sets is not asked for outside."""
    return isinstance(node, nodes.If | nodes.For | nodes.CallBlock | nodes.FilterBlock)


def _holds_section(node: nodes.Node) -> bool:
    return _is_guard(node) or any(map(_is_guard, node.find_all(nodes.CallBlock)))


def _is_guard(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.CallBlock) and isinstance(node.call.node, nodes.Name) and node.call.node.name == GUARDED
    )


def _says_something(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.Output) or any(not isinstance(part, nodes.TemplateData) for part in node.nodes)


def _file_name(template: nodes.Expr) -> str:
    return Path(template.value).name.partition(".")[0] if isinstance(template, nodes.Const) else "include"


def _grouped(pieces: Sequence[nodes.Node | _Heading], name: str) -> list[nodes.Node]:
    """Return a block whose headings are each followed by their section under the guard."""
    places = [place for place, piece in enumerate(pieces) if isinstance(piece, _Heading)]
    own = [piece for piece in pieces[: places[0] if places else None] if not isinstance(piece, _Heading)]
    made = _apart(own, name) if places or any(map(_holds_section, own)) else own
    end = 0
    for place in places:
        heading = pieces[place]
        if place < end or not isinstance(heading, _Heading):
            continue  # within the section before
        end = next((later for later in places if later > place and _ends(pieces[later], heading.level)), len(pieces))
        body = _grouped(pieces[place + 1 : end], heading.name)
        made += [heading.output, _guarded(heading.name, body, heading.output.lineno)]
    return made


def _ends(piece: nodes.Node | _Heading, level: int) -> bool:
    return isinstance(piece, _Heading) and piece.level <= level


def _guarded(name: str, body: list[nodes.Node], line: int) -> nodes.CallBlock:
    call = nodes.Call(nodes.Name(GUARDED, "load"), [nodes.Const(name)], [], None, None)
    made = nodes.CallBlock(call, [], [], body)
    made.set_lineno(line)
    return made


def _split(output: nodes.Output) -> list[nodes.Node | _Heading]:
    """Return the parts of an output between and after its headings, and the headings."""
    pieces: list[nodes.Node | _Heading] = []
    text: list[nodes.Expr] = []
    in_heading = False
    for part in _lines(output.nodes):
        if _begins_heading(part) and (not text or _ends_line(text[-1])):
            pieces += [nodes.Output(text, lineno=output.lineno)] if text else []
            text, in_heading = [], True
        text.append(part)
        if in_heading and _ends_line(part):
            pieces.append(_heading(text, output.lineno))
            text, in_heading = [], False
    return [*pieces, nodes.Output(text, lineno=output.lineno)] if text else pieces


def _lines(parts: Sequence[nodes.Expr]) -> Iterator[nodes.Expr]:
    """Return the parts of an output, its text line by line."""
    for part in parts:
        if isinstance(part, nodes.TemplateData):
            yield from (nodes.TemplateData(line, lineno=part.lineno) for line in part.data.splitlines(keepends=True))
        else:
            yield part


def _begins_heading(part: nodes.Expr) -> bool:
    return isinstance(part, nodes.TemplateData) and _HEADING.match(part.data) is not None


def _ends_line(part: nodes.Expr) -> bool:
    return isinstance(part, nodes.TemplateData) and part.data.endswith("\n")


def _heading(text: list[nodes.Expr], line: int) -> _Heading:
    words = "".join(part.data for part in text if isinstance(part, nodes.TemplateData))
    anchor, marks = _ANCHOR.search(words), _HEADING.match(words)
    name = anchor[1] if anchor else words.strip("# \n")
    return _Heading(len(marks[1]) if marks else 1, name, nodes.Output(text, lineno=line))
