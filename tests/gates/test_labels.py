"""Whatever is printed as a name is taken, on every surface: ids, IRIs, labels and aliases, in both languages.

Each text of a parameter's range goes through what the surface makes of it and through the resolver of the operation,
and must lead back to what bears it. Besides, each text of each range is a whole request over HTTP, and one of each
range and language is one to a command and to a tool, which read it by the same description of the operation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kg.cli import run
from kg.errors import KgError, NotFound
from kg.graph import Graph
from kg.languages import LANGUAGES
from kg.localization import translate
from kg.matching.csv_rows import Columns, read_property_columns
from kg.matching.properties import EXTRA
from kg.names.normalize import normalize
from kg.operations.batches import match_table_csv
from kg.operations.catalogue import OPERATIONS
from kg.operations.listings import coverage_report, section_title
from kg.operations.operation import Operation, OperationParameter
from kg.operations.parameters import RANKS
from kg.rdf import NamedNode
from kg.rdf.namespaces import KG, shorten
from kg.rdf.nodes import find_node
from kg.rdf.store import facts, text_of
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, SKOS_NOTATION, VIEW, kg
from kg.reconciliation.answers import extend, reconcile
from kg.reconciliation.suggestions import propose_columns, suggest_entities
from kg.tables.source_table import read_table
from tests.support.surfaces import READERS, call_tool, command_line, serve_here, surfaces_of, with_needed

LONGEST = 200
# What has no range: any text is looked for, or is the very thing.
# What an entity may be where no kind is wanted.
THINGS = ("Organisation", "Site", "Place", "Agreement", "Person", "Stage", "Product")
FREE = {
    ("find", "text"), ("suggest", "text"), ("match", "column"), ("claim", "name"), ("why", "value"),
}  # fmt: skip
# A property is named by these, as a class is by `kind`.
PROPERTIES = {"property", "relation"}


class Text(NamedTuple):
    """A text by which something is called, and its language; "id" for an id or an IRI."""

    language: str
    text: str


Range = Mapping[str, tuple[Text, ...]]


def texts_of(graph: Graph, node: NamedNode) -> Iterator[Text]:
    """Give every text that the product prints for a thing or a term."""
    short = shorten(node.value)
    yield from (Text("id", text) for text in dict.fromkeys((short, short.removeprefix("kg:"), node.value)))
    for predicate in (RDFS_LABEL, SKOS_ALT_LABEL, SKOS_NOTATION):
        for fact in facts(graph.release.store, node, predicate, None, VIEW):
            language, text = text_of(fact.object)
            if len(text) <= LONGEST and normalize(text):
                yield Text(language.partition("-")[0] or "id", text)


@cache
def things(graph: Graph, kinds: tuple[str, ...], most: int | None = None) -> Range:
    """Give what is of some classes with its texts; with `most`, about so many of each class."""
    nodes: dict[NamedNode, None] = {}
    for kind in kinds:
        for below in [name for name in graph.schema.classes if graph.schema.is_a(name, kind)]:
            found = sorted(
                {one.subject for one in facts(graph.release.store, None, RDF_TYPE, kg(below), VIEW)}, key=str
            )
            own = [one for one in found if one.value.startswith(KG) or "#" not in one.value]
            nodes |= dict.fromkeys(own[:: max(1, len(own) // most)] if most else own)
    return {node.value: tuple(texts_of(graph, node)) for node in nodes}


@cache
def terms(graph: Graph, sort: str) -> Range:
    """Give the classes or properties of the ontology with their texts."""
    named: Mapping[str, Any] = getattr(graph.schema, sort)
    return {
        KG + name: (
            *(Text("id", text) for text in (name, f"kg:{name}", KG + name)),
            *(Text(language, text) for language, text in term.labels.items()),
        )
        for name, term in named.items()
    }


def range_of(graph: Graph, parameter: OperationParameter) -> Range:
    """Give what a parameter may be, with all texts for it."""
    if parameter.choices:
        return {
            one: (
                Text("id", one),
                Text("en", one.capitalize()),
                *(Text("zh", text) for text in parameter.labels.get(one, ())),
            )
            for one in parameter.choices
        }
    if parameter.name in PROPERTIES:
        return terms(graph, "properties")
    if parameter.name == "kind":
        return terms(graph, "classes")
    if parameter.name == "section":
        titles = [one["title"] for one in coverage_report(graph)]
        return {one: tuple(Text(language, translate(one, language)) for language in LANGUAGES) for one in titles}
    if parameter.name == "question":
        return {
            one.name: (Text("id", one.name), *(Text(language, text) for language, text in one.title.items()))
            for one in graph.questions()
        }
    # A name goes the same way as any other: of things as such some of each class are enough.
    return things(graph, parameter.kinds) if parameter.kinds else things(graph, THINGS, 8)


def resolver_of(graph: Graph, operation: Operation, parameter: OperationParameter) -> Callable[[str], str]:
    """Give what the operation finds for a text, by the way that it goes itself."""
    if parameter.choices:
        return lambda text: text
    if parameter.name in PROPERTIES:
        return lambda text: graph.resolve_property(text).value
    if parameter.name == "kind":
        return lambda text: KG + (graph.schema.class_named(text) or "")
    if parameter.name == "question":
        return lambda text: graph.question(text).name
    if parameter.name == "section":
        return lambda text: section_title(graph, text)
    if parameter.name in ("stage", "region", "status", "mode"):
        name = parameter.name
        return lambda text: graph.resolve(str(getattr(graph.filters(**{name: text}), name))).value
    return lambda text: graph.resolve(text, parameter.kinds, strict=parameter.kind == "concept").value


def tried() -> Iterator[tuple[Operation, OperationParameter]]:
    """Give every parameter that names something, of every operation."""
    for operation in OPERATIONS.values():
        for parameter in operation.parameters:
            named = parameter.choices or parameter.kind in ("entity", "concept", "text")
            if named and (operation.name, parameter.name) not in FREE:
                yield operation, parameter


TRIED = list(tried())


@cache
def everything(graph: Graph) -> Range:
    """Give all that has a name."""
    named = {one.subject for one in facts(graph.release.store, None, RDFS_LABEL, None, VIEW)}
    return {node.value: tuple(texts_of(graph, node)) for node in sorted(named, key=str)}


def bearers_of(known: Range) -> Mapping[str, set[str]]:
    """Tell of each text what bears it; names that differ in spelling only are one."""
    found: dict[str, set[str]] = {}
    for thing, texts in known.items():
        for one in texts:
            found.setdefault(normalize(one.text) or one.text, set()).add(thing)
    return found


class Trial(NamedTuple):
    """How many texts were tried of each language, and which were lost."""

    counts: Counter[str]
    lost: list[tuple[str, str, str]]


def try_all(known: Range, resolve: Callable[[str], str], among: Range | None = None) -> Trial:
    """Feed every text of a range back; one of several things must give one of them, or an error with their ids.

    `among` is what may be meant, where that is more than is tried.
    """
    trial, bearers = Trial(Counter(), []), bearers_of(among or known)
    for thing, texts in known.items():
        for language, text in texts:
            trial.counts[language] += 1
            meant = bearers[normalize(text) or text]
            try:
                found = resolve(text)
            except NotFound as error:
                if len(meant) == 1 or not {shorten(one) for one in meant} & set(error.suggestions):
                    trial.lost.append((thing, text, str(error)))
            except KgError as error:
                trial.lost.append((thing, text, str(error)))
            else:
                if found not in (meant | {thing}):
                    trial.lost.append((thing, text, f"taken for {found}"))
    return trial


@pytest.mark.parametrize(("operation", "parameter"), TRIED, ids=[f"{one.name}-{two.name}" for one, two in TRIED])
def test_every_surface_takes_every_text_of_a_range(
    graph: Graph, operation: Operation, parameter: OperationParameter
) -> None:
    known, resolve = range_of(graph, parameter), cache(resolver_of(graph, operation, parameter))
    among = everything(graph) if parameter.kind == "entity" and not parameter.kinds else known
    for surface in surfaces_of(operation):
        trial = try_all(known, partial(take, surface, (operation, parameter), resolve), among)
        assert trial.lost == [], surface
        assert trial.counts["id"] or parameter.name == "section", surface
        assert trial.counts["en"] + trial.counts["zh"], surface


def take(surface: str, about: tuple[Operation, OperationParameter], resolve: Callable[[str], str], text: str) -> str:
    """Give what a surface takes a text of a parameter for."""
    operation, parameter = about
    several = parameter.kind == "choices"
    value = READERS[surface](operation, parameter.name, [text] if several else text)
    return resolve(value[0] if several else value)


def example_texts(graph: Graph, parameter: OperationParameter) -> dict[str, str]:
    """Give one label of each language that only one thing of the range has."""
    known = range_of(graph, parameter)
    bearers = bearers_of(known if parameter.kinds else {**everything(graph), **known})
    found: dict[str, str] = {}
    for texts in known.values():
        for language, text in texts:
            if language != "id" and len(bearers[normalize(text) or text]) == 1:
                found.setdefault(language, text)
    return found


@pytest.fixture(scope="module")
def client(graph: Graph) -> TestClient:
    return serve_here(graph)


# One of each range: the same parameter is read and resolved alike wherever it stands.
ASKED = list({(two.name, two.kinds, two.choices): (one, two) for one, two in reversed(TRIED)}.values())


@pytest.mark.parametrize(("operation", "parameter"), ASKED, ids=[f"{one.name}-{two.name}" for one, two in ASKED])
def test_a_request_by_a_label_is_answered_on_every_surface(
    graph: Graph,
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    operation: Operation,
    parameter: OperationParameter,
) -> None:
    monkeypatch.setenv("KG_RELEASES", str(graph.release.path))
    monkeypatch.chdir(tmp_path)
    for text in example_texts(graph, parameter).values():
        # A side of a chain is drawn of a chain only.
        more = {"view": "supply"} if parameter.name == "direction" else {}
        given = with_needed(operation, {**more, parameter.name: [text] if parameter.kind == "choices" else text})
        for surface in surfaces_of(operation) if operation.gives != "file" else ():
            assert not refusal(graph, client, surface, (operation, given)), (surface, text)


def has_defaults(graph: Graph, question: str) -> bool:
    """Tell whether a small release has what a question asks about unless told otherwise."""
    defaults = [one.default for one in graph.question(question).parameters if one.kind == "entity"]
    return all(find_node(graph.release.store, default) is not None for default in defaults)


@pytest.mark.parametrize(("operation", "parameter"), ASKED, ids=[f"{one.name}-{two.name}" for one, two in ASKED])
def test_a_whole_request_by_every_text_is_answered(
    graph: Graph, client: TestClient, operation: Operation, parameter: OperationParameter
) -> None:
    """Not its reading alone: each text of each range as a request of its own, once for each text."""
    if "http" not in surfaces_of(operation) or operation.gives == "file":
        return
    bearers = bearers_of({**everything(graph), **range_of(graph, parameter)})
    more: dict[str, Any] = {"view": "supply"} if parameter.name == "direction" else {}
    more |= {"limit": 1} if operation.window else {}
    for thing, texts in range_of(graph, parameter).items():
        for _, text in texts if parameter.name != "question" or has_defaults(graph, thing) else ():
            # Of what several things are called the error names them, which the test of every surface looks at.
            if parameter.choices or len(bearers.get(normalize(text) or text, ())) <= 1:
                given = with_needed(
                    operation, {**more, parameter.name: [text] if parameter.kind == "choices" else text}
                )
                assert not refusal(graph, client, "http", (operation, given)), text


def refusal(graph: Graph, client: TestClient, surface: str, asked: tuple[Operation, dict[str, Any]]) -> str:
    """Ask on a surface; give what is wrong, or nothing. That a thing does not have a property is no refusal."""
    operation, given = asked
    if surface == "tools":
        wrong = call_tool(graph, operation.name, given)
        return "" if "not stated, not a no" in wrong else wrong
    if surface == "http":
        path = "/api/v1/" + operation.name
        if operation.name == "ask":
            path += "/" + quote(given["question"], safe="")
        answer = client.get(path, params={name: value for name, value in given.items() if name != "question"})
        return "" if answer.status_code == 200 else answer.text
    words = [operation.name, *command_line(operation, given)]
    more = ["-o", "picture.svg", "--force"] if operation.gives == "picture" else []
    return "" if run([*words, *more]) == 0 else " ".join(words)


def test_the_labels_of_ranks_are_those_of_the_ontology(graph: Graph) -> None:
    rank = OPERATIONS["network"].parameter("rank")
    for name in RANKS:
        labels = {text for language, text in texts_of(graph, kg(name.capitalize())) if language != "id"}
        assert labels <= {name, *rank.labels[name]}


PAGES = [
    ("/questions/suppliers-of-stage", "stage", ("cathode making", "正极材料制造", "kg:CathodeMaking")),
    ("/questions/sites-in-place", "place", ("Shandong Province", "山东省", "place/shandong")),
    ("/conflicts", "entity", ("宁德时代", "CATL", "company/catl")),
    ("/search", "kind", ("company", "公司", "Company", "kg:Company", KG + "Company")),
    ("/id/base/guian", "property", ("located in", "位于", "locatedIn", "kg:locatedIn")),
]


@pytest.mark.parametrize(("path", "name", "texts"), PAGES, ids=[path for path, _, _ in PAGES])
def test_a_form_takes_what_is_printed_and_keeps_it(
    client: TestClient, path: str, name: str, texts: tuple[str, ...]
) -> None:
    for text in texts:
        answer = client.get(path, params={name: text}, headers={"accept": "text/html"})
        assert answer.status_code == 200, (path, text, answer.text[:500])
        if name not in ("kind", "property"):
            assert f'value="{text}"' in answer.text


def test_the_page_of_a_question_is_found_by_its_title(graph: Graph, client: TestClient) -> None:
    for text in ("base-operator", *graph.question("base-operator").title.values()):
        answer = client.get("/questions/" + quote(text, safe=""), headers={"accept": "text/html"})
        assert answer.status_code == 200, text


def traits(graph: Graph) -> Range:
    """Give what a column of a table may tell of an entity, with all texts for it."""
    extra = {
        one.name: (Text("id", one.name), *(Text(language, text) for language, text in one.labels.items()))
        for one in EXTRA.values()
    }
    return {**terms(graph, "properties"), **extra}


def test_a_column_of_a_trait_is_taken_by_every_text_for_it(graph: Graph) -> None:
    """As commands and addresses read it, and then with a table of one row."""
    match = OPERATIONS["match"]

    def by_command(text: str) -> str:
        [name] = read_property_columns(READERS["commands"](match, "trait", [f"{text}=told"]))
        graph.match_table(read_table(b"name,told\nCATL,x\n"), Columns("name", "Company", {name: "told"}))
        return trait(graph, name)

    def by_address(text: str) -> str:
        given = READERS["http"](match, "trait", [f"{text}=told"])
        assert b"company/catl" in match_table_csv(graph, b"name,told\nCATL,x\n", "name", "Company", given)
        return trait(graph, text)

    for resolve in (by_command, by_address):
        trial = try_all(traits(graph), resolve)
        assert trial.lost == []
        assert min(trial.counts[language] for language in ("id", "en", "zh")) > 100


def trait(graph: Graph, text: str) -> str:
    """Give the property, or what else is told of things, that the heading of a column means."""
    term = graph.properties.term(text)
    if term is None:
        raise NotFound("property", text)
    return KG + term.name if term.name in graph.schema.properties else term.name


def test_reconciliation_takes_every_text_of_types_and_properties(graph: Graph) -> None:
    def kind(text: str) -> str:
        batch = {"q": {"query": "CATL", "type": text, "type_strict": "should"}}
        assert "error" not in reconcile(graph, batch)["q"], text
        return KG + (graph.schema.class_named(text) or "")

    assert try_all(traits(graph), partial(trait, graph)).lost == []
    assert try_all(dict(list(terms(graph, "classes").items())[::10]), kind).lost == []


@pytest.mark.parametrize("name", ["province", "省", "Province"])
def test_reconciliation_answers_by_a_label_as_by_the_id(graph: Graph, name: str) -> None:
    batch = {"q": {"query": "base/guian", "type": "基地", "properties": [{"pid": name, "v": "Guizhou"}]}}
    assert reconcile(graph, batch)["q"]["result"][0]["id"] == "base/guian"
    columns = [{"id": name}, {"id": f"{name}:source"}]
    assert extend(graph, {"ids": ["base/guian"], "properties": columns})["rows"]["base/guian"][name]
    assert suggest_entities(graph, "CATL", kind="公司") == suggest_entities(graph, "CATL", kind="Company")
    assert propose_columns(graph, "公司")["properties"] == propose_columns(graph, "Company")["properties"]


def test_a_column_is_taken_by_the_heading_that_it_has(graph: Graph) -> None:
    for language in ("en", "zh"):
        asked = {"ids": ["base/guian/phase-one"], "properties": [{"id": "plannedCapacity:printed"}]}
        asked["properties"][0]["settings"] = {"language": language}  # type: ignore[index]
        heading = extend(graph, asked)["meta"][0]["name"]
        again = extend(graph, {**asked, "properties": [{"id": heading}]})
        rows = extend(graph, asked)["rows"]["base/guian/phase-one"]["plannedCapacity:printed"]
        assert again["rows"]["base/guian/phase-one"][heading] == rows != []


@pytest.mark.parametrize(
    "kinds",
    [
        ("Organisation",),
        ("Site",),
        ("Place", "Site"),
        ("Agreement",),
        ("Person",),
        ("Product",),
        ("Stage",),
        ("Status",),
    ],
    ids="-".join,
)
def test_names_in_the_wide_graph_are_settled_by_the_wanted_kind(wide_graph: Graph, kinds: tuple[str, ...]) -> None:
    whole = things(wide_graph, kinds)
    some = dict(list(whole.items())[:: max(1, len(whole) // 60)])
    trial = try_all(some, lambda text: wide_graph.resolve(text, kinds).value, whole)
    assert trial.lost == []
    assert trial.counts["en"] > 10
    assert trial.counts["zh"] > 10


def test_goods_have_a_name_in_both_languages(wide_graph: Graph) -> None:
    """A picture in Chinese showed "nickel carbonate"."""
    store = wide_graph.release.store
    products = {fact.subject for fact in facts(store, None, RDF_TYPE, kg("Product"))}
    assert products
    named = {one: {text_of(fact.object)[0] for fact in facts(store, one, RDFS_LABEL)} for one in products}
    lacking = [shorten(one.value) for one in products if not named[one] >= set(LANGUAGES)]
    assert lacking == []
