"""The house: one layered graph of small modules, and no SPARQL glued from strings. Each gate has a bad example."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = Path(__file__).parents[2] / "kg"

# A package imports from lines above its own only. What a package is for stands in its docstring.
BANDS = (
    "errors lazy languages",
    "settings values localization atomic regular_file parallel formats collector",
    "figures",
    "rdf",
    "tables",
    "names",
    "ontology",
    "sparql",
    "cards",
    "claims",
    "provenance checks",
    "networks entities",
    "questions matching",
    "release",
    "analysis draw export reading understanding",
    "graph",
    "operations",
    "mcp reconciliation",
    "server",
    "cli",
    "__init__ __main__",
)

# The faces import what they need when it is asked for: help must be fast, and so must an answer that needs little.
FACES = ("cli", "__init__", "graph", "analysis.methods", "understanding.methods")
LATE = {
    # pyvis takes a third of a second to load, for a page that may not be wanted.
    "draw.__init__": {"kg.draw.relations.page"},
    # Programs take CSV or JSON, for which they should not wait for what draws tables on a terminal (0.05 s).
    "tables.table": {"kg.tables.terminal"},
    # Every answer would pay for threads that only a report uses.
    "parallel": {"concurrent.futures"},
    # The help names nothing that was perhaps meant.
    "operations.operation": {"difflib"},
    # A sealed release needs no sums, and nobody the library for them.
    "release.seal": {"kg.release.manifest"},
    # A check of one card does without the dictionary.
    "names.pinyin": {"pypinyin"},
    # Few answers hold a number so large that a word is better.
    "localization": {"babel.numbers"},
    # The process that workers are forked from runs no thread, and numpy starts some.
    "server.workers.worker": {"kg.release.verification"},
    # Names without Chinese characters need no dictionary of them.
    "names.normalize": {"opencc"},
    # Few tables have a column of countries.
    "names.countries": {"countryguess"},
}
# pandas and pyarrow are extras; the commands and what kg and its packages give are loaded when they are asked for, and
# so is the writer that a format names.
BY_NAME = {
    *("__init__", "lazy", "tables.tabular", "export.parquet", "export.formats", "cli.__init__"),
    *("reading.markup", "reading.portable_document"),
}
GLUE = {
    # It takes a query apart and puts it together again, once it has been parsed.
    "provenance.solutions_query": {"write_solutions_query"},
    # SQL, in which names of tables cannot be bound; they are ours, and checked to be plain words.
    "export.sqlite": {"_write_sheet", "_write_join", "_write_search"},
}

MOST_LINES = 350
LEAST_LINES = 40
# A module below the least has a reason to stand alone: what it loads, who runs or extends it, or who shares it.
SHORT = {
    "__main__": "an entry point",
    "analysis.algorithms.cuts": "loads rustworkx",
    "collector": "a setting of the interpreter, which several entry points share",
    "languages": "read by the help, and nothing else with it",
    "lazy": "imported by every package, and nothing else with it",
    "names.pinyin": "loads pypinyin",
    "entities.matches": "the list that a search gives, which programs and notebooks take apart from the search",
    "entities.stakes": "shared by the pages of a thing and by its neighbours",
    "rdf.to_rdflib": "loads rdflib",
    "export.formats": "imports what a format names, which nothing else may",
    "release.metadata": "words that all descriptions share, and no code",
    "operations.catalogue": "the list that an operation is added to",
    "analysis.ranges": "shared by the verbs and by what the help of a command is made from",
    "server.base_url": "shared by endpoints, which do not know each other",
    "claims.support": "shared by ranking, coverage and the columns of a match",
    "provenance.source_link": "writes an address by a draft of others, which changes apart from ours",
}
MOST_LINES_OF_A_FUNCTION = 50
MOST_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> dict[str, str]:
    """Give the source of every module by its name below kg."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text("utf-8") for path in paths}


SOURCES = modules()
each_module = pytest.mark.parametrize("name", SOURCES)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported(node: ast.AST) -> Iterator[str]:
    """Name the modules that an import statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole.removeprefix("kg.") in SOURCES else str(node.module)


def early_imports(source: str) -> set[str]:
    """Name the modules that are imported when a module is; what is for the type checker only is none."""
    waiting: list[ast.AST] = [ast.parse(source)]
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        found.update(imported(node))
        if not isinstance(node, Function) and not is_for_types(node):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def functions(source: str) -> Iterator[Function]:
    yield from (node for node in ast.walk(ast.parse(source)) if isinstance(node, Function))


def late_imports(source: str) -> set[str]:
    """Name the modules that are imported inside functions."""
    return {name for function in functions(source) for node in ast.walk(function) for name in imported(node)}


def short(module: str) -> str | None:
    """Name a module of ours below kg, a package by its __init__; None for one of others."""
    first, _, rest = module.partition(".")
    if first != "kg":
        return None
    name = rest or "__init__"
    return f"{name}.__init__" if f"{name}.__init__" in SOURCES else name


def imports_of_ours(sources: dict[str, str], depth: int) -> dict[str, set[str]]:
    """Give for each package, or for what lies in packages at a depth, what of ours it imports."""
    graph: dict[str, set[str]] = {}
    for name, source in sources.items():
        own = cut(name, depth)
        targets = {cut(target, depth) for module in early_imports(source) if (target := short(module))}
        # `from kg.x import` runs kg/__init__ too, which imports nothing early.
        graph.setdefault(own, set()).update(targets - {own, "__init__"})
    return graph


def cut(name: str, depth: int) -> str:
    return ".".join(name.split(".")[:depth])


def rows() -> dict[str, int]:
    return {package: number for number, band in enumerate(BANDS) for package in band.split()}


def upward(graph: dict[str, set[str]]) -> list[tuple[str, str]]:
    """List the imports that point up or sideways, or to a package that no band names."""
    row = rows()
    return [
        (package, target)
        for package, targets in graph.items()
        for target in targets
        if row.get(target, len(BANDS)) >= row.get(package, -1)
    ]


def has_cycle(graph: dict[str, set[str]]) -> bool:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


def test_every_package_has_its_band() -> None:
    assert set(rows()) == set(imports_of_ours(SOURCES, 1))
    assert sum(len(band.split()) for band in BANDS) == len(rows())


def test_imports_point_down() -> None:
    assert upward(imports_of_ours(SOURCES, 1)) == []


def test_an_import_that_points_up_or_sideways_is_seen() -> None:
    assert upward(imports_of_ours({"values": "from kg.graph import Graph"}, 1)) == [("values", "graph")]
    assert upward(imports_of_ours({"values": "if x:\n    import kg.server"}, 1)) == [("values", "server")]
    assert upward(imports_of_ours({"draw.map": "from kg.export import export"}, 1)) == [("draw", "export")]
    assert upward(imports_of_ours({"stranger": "import kg.errors"}, 1)) == [("stranger", "errors")]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_no_imports_run_in_a_circle(depth: int) -> None:
    """Neither those of packages, nor those of the folders in a package, nor those of modules."""
    assert not has_cycle(imports_of_ours(SOURCES, depth))


def test_a_circle_is_seen() -> None:
    assert has_cycle(imports_of_ours({"settings": "import kg.values", "values": "from kg import settings"}, 1))
    assert not has_cycle(imports_of_ours({"a": "if TYPE_CHECKING:\n    import kg.b", "b": "import kg.a"}, 1))
    inside = {"draw.map.sites": "import kg.draw.scene", "draw.scene": "import kg.draw.map.labels"}
    assert has_cycle(imports_of_ours(inside, 2))
    assert not has_cycle(imports_of_ours(inside, 3))
    assert has_cycle(
        imports_of_ours({"cards.files": "from kg.cards import x", "cards.__init__": "import kg.cards.files"}, 2)
    )


def is_face(name: str) -> bool:
    return name in FACES or cut(name, 1) in FACES


@each_module
def test_only_the_faces_import_late(name: str) -> None:
    if not is_face(name):
        assert late_imports(SOURCES[name]) == LATE.get(name, set())


def test_a_late_import_is_seen() -> None:
    assert late_imports("def f():\n    if x:\n        from kg import graph\n        import rdflib") == {
        "kg.graph",
        "rdflib",
    }
    assert not is_face("claims.ranking")
    assert not is_face("analysis.paths")


@each_module
def test_no_module_is_imported_by_a_name_in_a_text(name: str) -> None:
    assert bool(re.search(r"import_module|__import__", SOURCES[name])) == (name in BY_NAME)


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("kg", {"click", "pyoxigraph", "rdflib", "rich", "tantivy"}),
        ("kg.cli", {"pyoxigraph", "rdflib", "rich", "tantivy", "yaml"}),
        (
            "kg.graph",
            {
                "kg.figures",
                "kg.matching.matcher",
                "kg.sparql.runner",
                "rdflib",
                "rich",
                "pyshacl",
                "pypinyin",
                "pandas",
                "networkx",
                "numpy",
                "scipy",
                "pyparsing",
                "yaml",
            },
        ),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(module: str, heavy: set[str]) -> None:
    code = f"import {module}, sys; sys.stdout.write(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert not heavy & set(loaded.stdout.split())


@each_module
def test_modules_are_short_and_say_what_they_are_for(name: str) -> None:
    assert len(SOURCES[name].splitlines()) <= MOST_LINES
    assert ast.get_docstring(ast.parse(SOURCES[name]))


def is_short(name: str, source: str) -> bool:
    """Tell whether a module has too little in it; the front of a package may hold its docstring alone."""
    return len(source.splitlines()) < LEAST_LINES and not name.endswith("__init__")


def test_short_modules_have_a_reason() -> None:
    assert {name for name, source in SOURCES.items() if is_short(name, source)} == set(SHORT)


def test_a_short_module_is_seen() -> None:
    assert is_short("claims.scope", "x = 1\n" * (LEAST_LINES - 1))
    assert not is_short("claims.scope", "x = 1\n" * LEAST_LINES)
    assert not is_short("claims.__init__", "")


def public_names(source: str) -> set[str]:
    """Read what a module lists in __all__."""
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "__all__" and isinstance(node, ast.Assign | ast.AnnAssign):
            return set(ast.literal_eval(node.value or ast.List([])))
    return set()


def private_imports(sources: dict[str, str]) -> list[tuple[str, str]]:
    """List the names that modules take from others that do not list them as public."""
    found = []
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            path = module.removeprefix("kg.")
            if isinstance(node, ast.ImportFrom) and path != module and path in sources:
                public = public_names(sources[path])
                found += [(name, f"{path}.{alias.name}") for alias in node.names if alias.name not in public]
    return found


def test_modules_take_from_each_other_what_is_public() -> None:
    assert private_imports(SOURCES) == []
    assert all("__all__" in source for source in SOURCES.values())


def test_taking_a_private_name_is_seen() -> None:
    sources = {"a": "from kg.b import open_one, _close\nfrom os import path", "b": "__all__ = ['open_one']"}
    assert private_imports(sources) == [("a", "b._close")]


_OURS = frozenset({"ledger", "entities", "ontology"})


def constants_made(source: str) -> list[int]:
    """Give the lines that make a constant of a vocabulary, as `PREFIXES["rdf"] + "type"` does, or a graph of ours."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.left, ast.Subscript)
            and isinstance(node.right, ast.Constant)
        ):
            lines += [node.lineno] if getattr(node.left.value, "id", "") == "PREFIXES" else []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            graph = node.value.rpartition("graph/")
            named = "w3.org/1999/02/22-rdf" in node.value or "w3.org/2000/01/rdf" in node.value
            named |= "w3.org/2004/02/skos" in node.value or "w3.org/ns/prov" in node.value
            lines += [node.lineno] if named or (graph[1] and graph[2] in _OURS) else []
    return lines


@each_module
def test_constants_of_vocabularies_are_made_in_one_place(name: str) -> None:
    made = constants_made(SOURCES[name])
    assert bool(made) == (name in ("rdf.vocab", "rdf.namespaces"))


@pytest.mark.parametrize(
    "bad",
    [
        'ox.NamedNode(PREFIXES["rdfs"] + "label")',
        'TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"',
        'LEDGER = ox.NamedNode(ROOT + "graph/ledger")',
    ],
)
def test_a_constant_that_is_made_elsewhere_is_seen(bad: str) -> None:
    assert constants_made(bad) == [1]
    assert constants_made("from kg.rdf.vocab import RDFS_LABEL\nprefix = PREFIXES['xsd'] + name") == []


METADATA = "release.metadata"


def metadata_repeated(source: str) -> list[str]:
    """Give the texts in a module that repeat the title or the licence of the data set; a docstring is none."""
    tree = ast.parse(source)
    documented = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | Function))
    docstrings = {ast.get_docstring(node, clean=False) for node in documented}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    words = ("open knowledge graph of", "zero-carbon industrial eco", "creativecommons.org", "CC BY", "CC-BY")
    return sorted(text for text in texts - docstrings if any(word.lower() in text.lower() for word in words))


@each_module
def test_title_and_licence_are_said_once(name: str) -> None:
    assert bool(metadata_repeated(SOURCES[name])) == (name == METADATA)


@pytest.mark.parametrize(
    "bad",
    [
        'LICENCE = "https://creativecommons.org/licenses/by/4.0/"',
        'note = f"Data: CC BY 4.0, {day}"',
        'app = FastAPI(title="Open knowledge graph of zero-carbon industrial ecosystems")',
    ],
)
def test_a_title_or_licence_elsewhere_is_seen(bad: str) -> None:
    assert len(metadata_repeated(bad)) == 1
    assert metadata_repeated('"""An open knowledge graph of parks."""\nfrom kg.release.metadata import TITLE') == []


# Beside the two packages that know the engine, the store of the test mode, which alone is written to.
ENGINE = ("rdf.", "sparql.", "server.workers.writable_store")


def uses_engine(source: str) -> bool:
    """Tell whether a module imports the engine, early, late or for types alone."""
    return any(
        name.partition(".")[0] == "pyoxigraph" for node in ast.walk(ast.parse(source)) for name in imported(node)
    )


@each_module
def test_the_engine_is_reached_by_its_door(name: str) -> None:
    assert name.startswith(ENGINE) or not uses_engine(SOURCES[name])


@pytest.mark.parametrize(
    "bad",
    [
        "import pyoxigraph as ox",
        "from pyoxigraph import NamedNode",
        "def f():\n    from pyoxigraph import Store",
        "if TYPE_CHECKING:\n    import pyoxigraph.pyoxigraph",
    ],
)
def test_a_way_round_the_door_is_seen(bad: str) -> None:
    assert uses_engine(bad)
    assert not uses_engine("from kg.rdf import NamedNode\nfrom kg.rdf.io import parse")
    assert all(any(name.startswith(one) and uses_engine(SOURCES[name]) for name in SOURCES) for one in ENGINE)


def long_functions(source: str) -> list[str]:
    return [node.name for node in functions(source) if (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION]


def wide_functions(source: str) -> list[str]:
    """Name the functions with too many parameters, not counting self; *args and **options are one each."""
    wide = []
    for node in functions(source):
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        if sum(one is not None and one.arg not in ("self", "cls") for one in given) > MOST_PARAMETERS:
            wide.append(node.name)
    return wide


@each_module
def test_functions_are_short_and_narrow(name: str) -> None:
    assert long_functions(SOURCES[name]) == []
    assert wide_functions(SOURCES[name]) == []


def test_a_long_and_a_wide_function_are_seen() -> None:
    assert long_functions("def f():\n" + "    pass\n" * 49) == []
    assert long_functions("def f():\n" + "    pass\n" * 50) == ["f"]
    assert wide_functions("def f(self, a, b, c, d, e): ...") == []
    assert wide_functions("def f(self, a, b, /, c, *, d, e, f): ...\ndef g(a, b, c, d, *e, **f): ...") == ["f", "g"]


def prints(source: str) -> int:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return sum(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)


@each_module
def test_no_module_prints(name: str) -> None:
    assert prints(SOURCES[name]) == 0


def test_a_print_is_seen() -> None:
    assert prints("def f():\n    print('x')\n# print()") == 1


_ASKING = frozenset({"query", "select", "construct", "ask", "update", "query_in_worker", "parse_lineage"})
_MAKING = frozenset({"format", "join", "replace", "format_map", "substitute", "safe_substitute"})
_SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|WHERE|INSERT|DELETE|FILTER|DESCRIBE)\b")


def is_glued(node: ast.AST) -> bool:
    """Tell whether a text is made of parts: an f-string, + or %, format or join."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _MAKING


def holds_sparql(node: ast.AST) -> bool:
    texts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return any(_SPARQL.search(text) for text in texts)


def glued_queries(source: str, *, allowed: frozenset[str] = frozenset()) -> list[int]:
    """Give the lines where a query is asked with a text made of parts, or where SPARQL words are glued."""
    tree = ast.parse(source)
    exempt = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, Function) and function.name in allowed
        for node in ast.walk(function)
    }
    lines: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in exempt:
            continue
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            asked = [*node.args, *(keyword.value for keyword in node.keywords)] if name in _ASKING else []
            lines.update(given.lineno for given in asked if is_glued(given))
        if isinstance(node, ast.expr) and is_glued(node) and holds_sparql(node):
            lines.add(node.lineno)
    return sorted(lines)


@each_module
def test_no_query_is_glued_from_strings(name: str) -> None:
    assert glued_queries(SOURCES[name], allowed=frozenset(GLUE.get(name, ()))) == []


@pytest.mark.parametrize(
    "bad",
    [
        "store.query(f'SELECT ?x {{ <{iri}> ?p ?x }}')",
        "select(store, 'SELECT ?x { ?x rdfs:label \"' + name + '\" }')",
        "ask(store, 'ASK { %s ?p ?o }' % iri, None)",
        "construct(store, TEMPLATE.format(iri))",
        "text = f'SELECT * WHERE {{ {pattern} }}'\nselect(store, text)",
        "text = ' '.join(['SELECT *', 'WHERE', body])",
        "select(store, text=template.replace('$iri', iri))",
        "query_in_worker(folder, text + ' LIMIT 1', {}, 1.0)",
        "def f(x):\n    return 'FILTER(?x = ' + x + ')'",
    ],
)
def test_a_glued_query_is_seen(bad: str) -> None:
    assert glued_queries(bad)


def test_values_that_are_bound_are_no_glue() -> None:
    good = "select(store, 'SELECT ?x { ?x ?p ?o }', {'x': node})\nnote(f'no {name}')\nselect(store, question.text)"
    assert glued_queries(good) == []
    assert glued_queries("def f(x):\n    return f'SELECT {x}'", allowed=frozenset({"f"})) == []


def test_every_exemption_is_still_needed() -> None:
    assert {name for name, source in SOURCES.items() if glued_queries(source)} == set(GLUE)
    assert all(late_imports(SOURCES[name]) for name in LATE)


# Names that are public in the description of the HTTP interface and in the schemas of tools.
PUBLIC_ELSEWHERE = ("server.api.models", "mcp")


def class_names(sources: dict[str, str]) -> dict[str, list[str]]:
    """Give for each public class name the modules that define it, but for names that are public elsewhere too."""
    found: dict[str, list[str]] = {}
    for name, source in sources.items():
        if not name.startswith(PUBLIC_ELSEWHERE):
            for node in ast.parse(source).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found.setdefault(node.name, []).append(name)
    return found


def test_a_class_name_means_one_thing() -> None:
    assert {name: where for name, where in class_names(SOURCES).items() if len(where) > 1} == {}


def test_a_class_name_that_is_taken_is_seen() -> None:
    assert class_names({"a": "class Sheet: ...", "b": "class Sheet: ...\nclass _Own: ..."}) == {"Sheet": ["a", "b"]}
    assert class_names({"mcp.pagination": "class Page: ..."}) == {}


_NAMED = re.compile(r"`kg\.([A-Za-z_][\w.]*)")


def names_in_docstrings(source: str) -> set[str]:
    """Give the names below kg that the docstrings of a module put in backticks."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Module | ast.ClassDef | Function))
    return {name.rstrip(".") for node in nodes for name in _NAMED.findall(ast.get_docstring(node) or "")}


def exists(name: str) -> bool:
    """Tell whether a name below kg is a module, or what a module or the package itself has."""
    module, _, last = name.rpartition(".")
    if name in SOURCES or f"{name}.__init__" in SOURCES:
        return True
    source = SOURCES.get(module) or SOURCES.get(f"{module}.__init__") or ("" if module else SOURCES["__init__"])
    return last in public_names(source)


@each_module
def test_names_in_docstrings_exist(name: str) -> None:
    assert {given for given in names_in_docstrings(SOURCES[name]) if not exists(given)} == set()


def test_a_name_in_a_docstring_that_does_not_exist_is_seen() -> None:
    assert names_in_docstrings('"""See `kg.footing` and `kg.open()`."""') == {"footing", "open"}
    assert not exists("footing")
    assert not exists("claims.ranking.nothing")
    assert exists("open")
    assert exists("claims.ranking.RankedClaim")


# The packages that are read through their modules: what runs a service is no library.
RUN_ONLY = {"cli", "mcp", "server", "reconciliation"}


def packages() -> list[str]:
    return sorted(name.removesuffix(".__init__") for name in SOURCES if name.count(".") == 1 and "__init__" in name)


def unlike_loaded(source: str) -> set[str]:
    """Give the public names of a package that only one of type checkers, `__all__` and the loader knows."""
    tree = ast.parse(source)
    for_types = {
        alias.name
        for node in tree.body
        if is_for_types(node)
        for found in ast.walk(node)
        if isinstance(found, ast.ImportFrom)
        for alias in found.names
    }
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "load_from"
    ]
    loaded = {name for call in calls for one in call.keywords for name in str(ast.literal_eval(one.value)).split()}
    early = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    return (for_types ^ loaded) | (loaded - public_names(source)) | (public_names(source) - loaded - early)


@pytest.mark.parametrize("package", packages())
def test_a_package_lists_what_it_gives(package: str) -> None:
    module = importlib.import_module(f"kg.{package}")
    assert module.__all__ or package in RUN_ONLY
    for name in module.__all__:
        found = getattr(module, name)
        assert not isinstance(found, ModuleType), f"{package}.{name} is a module of that name"
    if "load_from" in SOURCES[f"{package}.__init__"]:
        assert unlike_loaded(SOURCES[f"{package}.__init__"]) == set()
        with pytest.raises(AttributeError, match="nothing_of_that_name"):
            module.__getattr__("nothing_of_that_name")


def test_a_list_of_a_package_that_is_not_whole_is_seen() -> None:
    good = "if TYPE_CHECKING:\n    from kg.a.b import c\n__all__ = ['c']\n__getattr__ = load_from(__name__, b='c')"
    assert unlike_loaded(good) == set()
    assert unlike_loaded(good.replace("b='c'", "b='c d'")) == {"d"}
    assert unlike_loaded(good.replace("['c']", "[]")) == {"c"}
    assert unlike_loaded(good.replace("import c", "import e")) == {"c", "e"}


def test_a_package_loads_no_module_of_its_own_before_it_is_asked() -> None:
    names = [name for name in packages() if "load_from" in SOURCES[f"{name}.__init__"]]
    code = f"import sys, {', '.join(f'kg.{name}' for name in names)}\nsys.stdout.write(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    ).stdout.split()
    assert {name for name in loaded if name.startswith("kg.")} == {f"kg.{name}" for name in [*names, "lazy"]}
