"""What the ontology lists is not listed again in Python, where it would be forgotten when the ontology grows."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.gates.test_layers import SOURCES, each_module
from tests.support.small import vocabulary

# So many members of one class in one literal make a list of it.
LEAST = 3

# Tables that say something of members of a class that the ontology has no word for, by module: the class, and why.
TABLES = {
    # Weights of one analysis; what is planned and what is expected weigh alike, which is no order of modes.
    "analysis.paths": {"Mode"},
    # Some kinds of relations are told as deliveries, in words of this analysis.
    "analysis.depends": {"RelationKind"},
    # The grammar of bounds: words of eight languages, and where they stand.
    "figures.bounds": {"Bound"},
    # How a bound is said in a finding.
    "checks.printed": {"Bound"},
    # An editor's rank is an instruction to the ranking, whose meaning is this table.
    "claims.ranking": {"Rank"},
    # Hues of a picture.
    "draw.canvas.palette": {"Status"},
    # How far the middle of an area may lie outside a picture, by its level.
    "draw.map.picture": {"AreaLevel"},
    # Which bar of a picture a status agrees with: one of building goes on while it is built.
    "draw.timeline.spans": {"Status"},
    # What each analysis can be asked about: the domain of a computation, which is no domain of a property.
    "analysis.ranges": {"Class"},
    # What goes without saying among what a stop reaches; a reading of this analysis.
    "analysis.impact": {"Class"},
    # The syntax of cards: which nodes have a form of their own there, and which stand only in the ledger.
    "checks.structure": {"Class"},
    # The index of names lies below the ontology, and knows kinds as words of its records.
    "names.index": {"Class"},
}


def literals(source: str) -> Iterator[set[str]]:
    """Give the texts in each literal set, dict, list or tuple, also as arguments of calls such as kg("Press")."""
    for node in ast.walk(ast.parse(source)):
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        parts = [part.args[0] if isinstance(part, ast.Call) and part.args else part for part in parts]
        texts = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if len(texts) >= LEAST:
            yield {text.removeprefix("kg:") for text in texts}
        if isinstance(node, ast.GeneratorExp | ast.SetComp | ast.ListComp) and isinstance(node.elt, ast.JoinedStr):
            yield from (whole_words(node.elt, texts) for texts in literals(ast.unparse(node.generators[0].iter)))


def whole_words(form: ast.JoinedStr, parts: set[str]) -> set[str]:
    """Put the parts of words into a form such as f"{name}Kind"."""
    pattern = [part.value if isinstance(part, ast.Constant) else None for part in form.values]
    return {"".join(part if fixed is None else str(fixed) for fixed in pattern) for part in parts}


def lists(source: str, members: Mapping[str, set[str]]) -> set[str]:
    """Name the classes of which a source lists members."""
    return {kind for texts in literals(source) for kind, known in members.items() if len(texts & known) >= LEAST}


@pytest.fixture(scope="module")
def members() -> dict[str, set[str]]:
    # The classes themselves are listed too: what tools do with some of them, annotations of these say.
    found: dict[str, set[str]] = {"Class": set(vocabulary().superclasses)}
    for name, kind in vocabulary().individuals.items():
        found.setdefault(kind, set()).add(name)
    return found


@each_module
def test_no_module_lists_the_members_of_a_class(name: str, members: dict[str, set[str]]) -> None:
    assert lists(SOURCES[name], members) == TABLES.get(name, set())


@pytest.mark.parametrize(
    "bad",
    [
        'WEAK = frozenset({"Translation", "Aggregator", "Mirror"})',
        'COST = {"Translation": 0.25, "Aggregator": 0.5, "Mirror": 0.5}',
        'GRADES = ("kg:Primary", "kg:Press", "kg:Editorial")',
        'def f():\n    return x in [kg("Primary"), kg("Press"), kg("Editorial")]',
    ],
)
def test_a_list_of_the_ontology_is_seen(bad: str, members: dict[str, set[str]]) -> None:
    assert lists(bad, members) == {"SourceGrade"}


@pytest.mark.parametrize(
    "bad",
    [
        'SITES = frozenset({"Base", "Plant", "Mine", "Phase"})',
        'TONES = {"Company": "blue", "Park": "cyan", "Place": "grey"}',
        'def f():\n    return kind in (kg("Organisation"), kg("Person"), kg("Place"))',
        'WHOLE = frozenset(f"{name}Kind" for name in ("Count", "People", "Vehicle", "Ship"))',
    ],
)
def test_a_list_of_classes_or_of_parts_of_names_is_seen(bad: str, members: dict[str, set[str]]) -> None:
    assert lists(bad, members) & {"Class", "UnitKind"}


def test_few_words_or_words_of_several_classes_make_no_list(members: dict[str, set[str]]) -> None:
    assert lists('BOTH = ("Primary", "Press", "Planned")', members) == set()
