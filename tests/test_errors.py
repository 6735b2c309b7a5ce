"""Errors: a short tree that says what the caller can do, with exit codes and HTTP statuses as facts."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg import errors
from kg.errors import (
    ConflictingParameters,
    InputError,
    KgError,
    MissingExtra,
    NotAcceptable,
    NotFound,
    NotListed,
    NotUnderstood,
    OutputError,
    QueryCrash,
    QueryError,
    QueryLimit,
    QueryRefused,
    QueryTimeout,
    QueryTooLong,
    Refused,
    ReleaseError,
    ResultTooLarge,
    UsageError,
    Withdrawn,
)

KINDS = [getattr(errors, name) for name in errors.__all__]


@pytest.mark.parametrize(
    ("kind", "parent", "exit_code", "http_status"),
    [
        (KgError, Exception, 1, 500),
        (UsageError, KgError, 2, 400),
        (NotFound, UsageError, 2, 404),
        (Withdrawn, NotFound, 2, 410),
        (NotUnderstood, NotFound, 2, 404),
        (InputError, KgError, 1, 400),
        (Refused, InputError, 1, 422),
        (NotListed, UsageError, 2, 404),
        (ConflictingParameters, UsageError, 2, 409),
        (NotAcceptable, UsageError, 2, 406),
        (MissingExtra, UsageError, 2, 400),
        (QueryError, KgError, 2, 400),
        (QueryRefused, QueryError, 2, 403),
        (QueryTooLong, QueryError, 2, 413),
        (QueryLimit, QueryError, 1, 503),
        (QueryTimeout, QueryLimit, 1, 504),
        (QueryCrash, QueryLimit, 1, 500),
        (ResultTooLarge, QueryLimit, 1, 413),
        (OutputError, KgError, 1, 500),
        (ReleaseError, KgError, 1, 503),
    ],
)
def test_each_kind_says_what_the_caller_can_do(
    kind: type[KgError], parent: type[Exception], exit_code: int, http_status: int
) -> None:
    assert kind.__base__ is parent
    assert (kind.exit_code, kind.http_status) == (exit_code, http_status)


def test_the_table_above_and_the_module_hold_the_same_kinds() -> None:
    below_root = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KgError)}
    assert below_root == set(KINDS)
    assert len(KINDS) == 20


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = re.findall(r"^( +)(?:│ +)*(?:[├└]── )?(\w+)  ", errors.__doc__ or "", re.MULTILINE)
    assert {name for _, name in drawn} | {"KgError"} == set(errors.__all__)


def test_not_found_offers_what_may_be_meant() -> None:
    error = NotFound("entity", "Anhee", ("Anhe", "Anhui"))
    assert str(error) == "no entity is called 'Anhee'; did you mean 'Anhe' or 'Anhui'?"
    assert (error.kind, error.name, error.suggestions) == ("entity", "Anhee", ("Anhe", "Anhui"))


def test_not_found_without_suggestions_offers_nothing() -> None:
    assert str(NotFound("question", "x")) == "no question is called 'x'"


def test_a_refusal_shows_the_first_finding_and_counts_the_rest() -> None:
    assert str(Refused(("a.yaml:1: bad",))) == "nothing was built: a.yaml:1: bad; run kg check to see all"
    assert "bad and 1 more;" in str(Refused(("bad", "worse")))
    assert "bad and 2 more;" in str(Refused(("bad", "worse", "worst")))


@pytest.mark.parametrize(
    "error",
    [
        NotFound("entity", "x", ("y",)),
        Withdrawn("base/x", "2031-03-04", "why"),
        Refused(("bad", "worse")),
        QueryError("no"),
    ],
)
def test_an_error_is_the_same_after_crossing_to_another_process(error: KgError) -> None:
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - pickled the line before


def makers_of_errors(sources: Iterable[str]) -> set[str]:
    """Name the functions that give one of our errors wherever they are defined; mypy holds them to what they say."""
    made: dict[str, set[bool]] = {}
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.FunctionDef):
            gives = isinstance(node.returns, ast.Name) and node.returns.id in errors.__all__
            made.setdefault(node.name, set()).add(gives)
    return {name for name, gives in made.items() if gives == {True}}


def foreign_raises(source: str) -> set[str]:
    """Give the names of exceptions that a module raises and that are none of ours."""
    raised = (node.exc for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Raise) and node.exc)
    names = {node.func.id for node in raised if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return names - set(errors.__all__)


# Mistakes in our own code, which no caller can mend; and what is caught beside errors of the system.
OURS = {
    "AttributeError": {"__init__.py", "lazy.py"},
    "ValueError": {"source_text.py", "table.py"},
    "RuntimeError": {"accepted_view.py"},
    "OSError": {"regular_file.py"},
}


PACKAGE = Path(errors.__file__).parent
# These raise what their frameworks catch, or what a caller of their own cannot cause.
FACES = {"cli", "draw", "export", "mcp", "operations", "reconciliation", "server"}
MAKERS = makers_of_errors(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] not in FACES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_raise_our_errors_only(path: Path) -> None:
    allowed = {name for name, files in OURS.items() if path.name in files}
    assert foreign_raises(path.read_text(encoding="utf-8")) - {"kind"} - MAKERS <= allowed


def test_the_test_above_sees_a_foreign_error() -> None:
    assert foreign_raises("def f():\n    raise KeyError('x')\n") == {"KeyError"}


def test_a_function_that_gives_another_error_anywhere_makes_none_of_ours() -> None:
    ours, other = "def made() -> NotFound: ...", "def made() -> KeyError: ..."
    assert makers_of_errors([ours, "def bare(): ...", "def told() -> str: ..."]) == {"made"}
    assert makers_of_errors([ours, other]) == set()
