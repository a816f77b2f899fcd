"""Changes of the code on purpose: what could be changed by one slip, and how it reads then."""

import ast
import csv
import io
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from itertools import accumulate, takewhile
from pathlib import Path

PLACES = ("bot/domain", "bot/desk", "bot/letters")
_BESIDE: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(), ast.NotEq: ast.Eq(), ast.In: ast.NotIn(), ast.NotIn: ast.In(),
    ast.Is: ast.IsNot(), ast.IsNot: ast.Is(),
}  # fmt: skip
_OTHER: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(), ast.Sub: ast.Add(), ast.BitOr: ast.BitAnd(), ast.BitAnd: ast.BitOr(),
}  # fmt: skip
# Which source a rule comes from is a note for readers of the code and of the documentation.
_SOURCE = re.compile(r"(?:S[0-4]|[BCFIKTW]\d?)(?:, (?:S[0-4]|[BCFIKTW]\d?))*")
# What no person sees: what is written for readers of the code, and what only the log tells.
_NOT_BEHAVIOUR = (ast.JoinedStr, ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Mutant:
    """One change of one file: the characters from `start` to `end` become `new`."""

    path: str
    line: int
    where: str
    before: str
    after: str
    start: int
    end: int
    new: str

    @property
    def area(self) -> str:
        """The part of the desk that it is in; tables count on their own."""
        return "data" if self.path.endswith(".csv") else self.path.split("/")[1]

    def __str__(self) -> str:
        before, after = _differing(self.before, self.after)
        return f"{self.path}:{self.line}  {before}  ->  {after}"

    def applied(self, source: str) -> str:
        """Return the file with this change."""
        return source[: self.start] + self.new + source[self.end :]


def _differing(before: str, after: str, around: int = 50) -> tuple[str, str]:
    """Return two texts cut to where they differ, and so many letters around it."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    start = max(head - around, 0)
    ends = (len(text) - max(tail - around, 0) for text in (before, after))
    shown = [text[start:end] for text, end in zip((before, after), ends, strict=True)]
    return shown[0], shown[1]


def _alike(one: str, other: str) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def all_mutants(root: Path) -> Iterator[Mutant]:
    """Return every change that there is, file by file."""
    for place in PLACES:
        for file in sorted((root / place).rglob("*.py")):
            yield from of_code(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))
    for file in sorted((root / "bot/domain/data").glob("*.csv")):
        yield from of_table(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8"))


def of_table(path: str, source: str) -> Iterator[Mutant]:
    """Return a table's changes: each row deleted, each cell with a value of another row."""
    head, *lines = source.splitlines(keepends=True)
    rows = list(csv.reader(lines))
    starts = [len(head) + sum(map(len, lines[:at])) for at in range(len(lines))]
    for at, (line, row) in enumerate(zip(lines, rows, strict=True)):
        changed = [""]
        for column in range(len(row)):
            others = [other[column] for other in rows if other[column] != row[column]]
            cell = others[at % len(others)] if others else "x"
            changed.append(_as_line([*row[:column], cell, *row[column + 1 :]]))
        for new in changed:
            shown = (line.strip(), new.strip() or "(deleted)")
            yield Mutant(path, at + 2, "", *shown, starts[at], starts[at] + len(line), new)


def _as_line(row: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(row)
    return written.getvalue()


def of_code(path: str, source: str) -> Iterator[Mutant]:
    """Return a module's changes."""
    lines = source.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]

    def at(line: int, column: int) -> int:
        # Columns of a syntax tree are counted in bytes.
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node, new, where in _edits(ast.parse(source), ""):
        first, last = at(node.lineno, node.col_offset), at(*_end(node))
        yield _shown(path, source, node.lineno, where, first, last, new)


def _end(node: ast.expr | ast.stmt) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _shown(
    path: str, source: str, line: int, where: str, first: int, last: int, new: str
) -> Mutant:
    """Return a change with the whole lines that it is in, as they were and as they are then."""
    begin, end = source.rfind("\n", 0, first) + 1, source.find("\n", last)
    before = " ".join(source[begin:end].split())
    after = " ".join(f"{source[begin:first]}{new}{source[last:end]}".split())
    return Mutant(path, line, where, before, after, first, last, new)


Edit = tuple[ast.expr | ast.stmt, str, str]


def _edits(node: ast.AST, where: str) -> Iterator[Edit]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}".lstrip(".")
    if isinstance(node, ast.expr | ast.stmt) and not _is_for_readers(node):
        yield from ((node, new, where) for new in _changed(node))
    for child in _children(node):
        yield from _edits(child, where)


def _is_for_readers(node: ast.AST) -> bool:
    """Say whether a node is a docstring or a line for the log."""
    if not isinstance(node, ast.Expr):
        return False
    call = node.value
    logs = isinstance(call, ast.Call) and ast.unparse(call.func).startswith("log.")
    return logs or isinstance(call, ast.Constant)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases", "slice"}:
            continue
        children = value if isinstance(value, list) else [value]
        yield from (child for child in children if isinstance(child, ast.AST) and _acts(child))


def _acts(node: ast.AST) -> bool:
    return not isinstance(node, _NOT_BEHAVIOUR) and not _is_for_readers(node)


def _changed(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Return what could stand in place of a node, by its kind."""
    match node:
        case ast.Constant(value):
            yield from _constant(value)
        case ast.Set() | ast.List() | ast.Tuple() | ast.Dict() | ast.Call():
            yield from _shorter(node)
        case ast.expr():
            yield from (f"({ast.unparse(other)})" for other in _judged_otherwise(node))
        case _:
            yield from _statement(node)


def _judged_otherwise(node: ast.expr) -> Iterator[ast.expr]:
    """Return a condition or a sum that comes to something else."""
    match node:
        case ast.BoolOp(op, values):
            for at in range(len(values)):
                rest = [*values[:at], *values[at + 1 :]]
                yield ast.BoolOp(op, rest) if rest[1:] else rest[0]
        case ast.Compare(left, [op], [right]):
            yield ast.Compare(left, [_BESIDE[type(op)]], [right])
        case ast.BinOp(left, op, right) if type(op) in _OTHER:
            yield ast.BinOp(left, _OTHER[type(op)], right)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)


def _constant(value: object) -> Iterator[str]:
    match value:
        case bool():
            yield repr(not value)
        case int() | float():
            yield repr(value + 1)
        case str() if not _SOURCE.fullmatch(value):
            yield '""' if value else '"x"'


def _shorter(node: ast.Set | ast.List | ast.Tuple | ast.Dict | ast.Call) -> Iterator[str]:
    """Return a collection without one of its members, a call without one of its keywords."""
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return
    lists = {ast.Dict: ("keys", "values"), ast.Call: ("keywords",)}.get(type(node), ("elts",))
    members = getattr(node, lists[0])
    for at in range(len(members) if isinstance(node, ast.Call) or members[1:] else 0):
        less = copy(node)
        for name in lists:
            every = getattr(node, name)
            setattr(less, name, [*every[:at], *every[at + 1 :]])
        yield ast.unparse(less)


def _statement(node: ast.expr | ast.stmt) -> Iterator[str]:
    match node:
        case ast.If(test) | ast.While(test):
            whole = copy(node)
            whole.test = ast.UnaryOp(ast.Not(), test)
            yield _indented(whole, node.col_offset)
        case ast.Return(ast.expr() as value) if not _is_nothing(value):
            yield "return None"
        case ast.Raise() | ast.Expr(ast.Call()):
            yield "pass"
        case ast.Expr(ast.Yield() | ast.YieldFrom()):
            yield "yield from ()"


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and not value.value


def _indented(node: ast.stmt, column: int) -> str:
    first, *more = ast.unparse(node).splitlines()
    return "\n".join([first, *(" " * column + line for line in more)])
