"""Foreign SPARQL texts: answered in a process of their own, and whatever they try ends there.

Texts that reach the network are tried on the bare engine first, which must connect to a
listener of ours: a text that would not connect anyway proves nothing.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import KgError, QueryError, QueryLimit, ReleaseError
from kg.rdf.namespaces import BASE
from kg.rdf.store import Node
from kg.sparql import runner
from kg.sparql.guard import MAX_TEXT, check_query
from kg.sparql.runner import query_in_worker
from tests.support.network import LOADS, SERVICES, Listener

THINGS = 40
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk: things that are numbered and named, and know the next one."""
    folder = tmp_path_factory.mktemp("worker") / "store"
    filled = ox.Store(str(folder))
    for number in range(THINGS):
        thing = ox.NamedNode(f"{BASE}thing/t{number}")
        following = ox.NamedNode(f"{BASE}thing/t{number + 1}")
        for name, value in (("number", ox.Literal(number)), ("name", ox.Literal(f"thing {number}", language="en"))):
            filled.add(ox.Quad(thing, ox.NamedNode(f"urn:x:{name}"), value))
        filled.add(ox.Quad(thing, ox.NamedNode("urn:x:next"), following))
    filled.flush()
    del filled
    return folder


def rows_of(store: Path, text: str, timeout: float = 20, **bindings: Node) -> list[dict[str, Node]]:
    return query_in_worker(store, text, bindings, timeout)[1]


def values_of(store: Path, text: str, **bindings: Node) -> list[dict[str, str]]:
    rows = query_in_worker(store, text, bindings, 20)[1]
    return [{name: node.value for name, node in row.items()} for row in rows]


# ---------------------------------------------------------------------------------------------------------------------
# The four forms, and every kind of term


def test_select(store: Path) -> None:
    where = "{ ?s <urn:x:number> ?n FILTER(?n < 3) OPTIONAL { ?s <urn:x:none> ?none } }"
    text = f"SELECT ?n ?none {where} ORDER BY DESC(?n)"
    columns, rows = query_in_worker(store, text, {}, 20)
    assert columns == ["n", "none"]
    assert rows == [{"n": ox.Literal(2)}, {"n": ox.Literal(1)}, {"n": ox.Literal(0)}]


def test_select_without_columns(store: Path) -> None:
    assert query_in_worker(store, "SELECT * {}", {}, 20) == ([], [{}])
    assert query_in_worker(store, "SELECT * { FILTER(false) }", {}, 20) == ([], [])


@pytest.mark.parametrize(
    ("text", "value"), [("ASK { <thing/t0> ?p ?o }", "true"), ("ASK { <thing/x> ?p ?o }", "false")]
)
def test_ask(store: Path, text: str, value: str) -> None:
    assert query_in_worker(store, text, {}, 20) == (
        ["answer"],
        [{"answer": ox.Literal(value, datatype=ox.NamedNode(XSD + "boolean"))}],
    )


def test_construct(store: Path) -> None:
    text = "CONSTRUCT { ?t <urn:x:previous> ?s } WHERE { ?s <urn:x:next> ?t ; <urn:x:number> 0 }"
    columns, rows = query_in_worker(store, text, {}, 20)
    assert columns == ["subject", "predicate", "object"]
    assert [[node.value for node in row.values()] for row in rows] == [
        [BASE + "thing/t1", "urn:x:previous", BASE + "thing/t0"]
    ]


def test_describe(store: Path) -> None:
    columns, rows = query_in_worker(store, "DESCRIBE <thing/t7>", {}, 20)
    assert columns == ["subject", "predicate", "object"]
    assert {row["object"].value for row in rows} == {"7", "thing 7", BASE + "thing/t8"}


LITERALS = (
    ox.Literal(""),
    ox.Literal("山东 – 🔋 – a\u0301"),
    ox.Literal('"quoted" \\ back\\slash \n\r\t'),
    ox.Literal("\x00\x01\x1f\x7f\x85\u2028\u202e\ufffe"),
    ox.Literal("贵安", language="zh-Hans"),
    ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("none", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("x", datatype=ox.NamedNode("urn:x:类型")),
)


@pytest.mark.parametrize("value", [*LITERALS, ox.NamedNode("urn:x:山#é"), ox.NamedNode(BASE + "thing/t1")], ids=str)
def test_terms_come_back_as_they_are(store: Path, value: Node) -> None:
    assert rows_of(store, f"SELECT ?x {{ VALUES ?x {{ {value} }} }}") == [{"x": value}]


def test_a_blank_node_comes_back(store: Path) -> None:
    [row] = rows_of(store, "SELECT (BNODE() AS ?b) {}")
    assert isinstance(row["b"], ox.BlankNode)


def test_a_triple_as_value_is_refused(store: Path) -> None:
    with pytest.raises(QueryError, match="holds a triple"):
        rows_of(store, "SELECT (<<( <urn:a> <urn:b> <urn:c> )>> AS ?t) {}")


# ---------------------------------------------------------------------------------------------------------------------
# Limits


def children() -> set[int]:
    """The processes that this one has started and not yet buried."""
    tasks = Path("/proc/self/task")
    if not (tasks / str(os.getpid()) / "children").exists():
        pytest.skip("the kernel does not list children")
    return {int(pid) for file in tasks.glob("*/children") for pid in file.read_text().split()}


CARTESIAN = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT (COUNT(*) AS ?n) {CARTESIAN}",
        f"ASK {{ {CARTESIAN} FILTER(STRLEN(STR(?c)) < 0 - STRLEN(STR(?o))) }}",
        "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(STR(?c)) + STRLEN(STR(?l)) < 0) } LIMIT 1",
        "SELECT * { " + " ".join(f"{{ ?s <urn:x:p{number}> ?o{number} }}" for number in range(400)) + " }",
    ],
    ids=["count", "ask", "filter-never-true", "planner"],
)
def test_the_deadline_kills(store: Path, text: str) -> None:
    before, start = children(), time.monotonic()
    with pytest.raises(QueryLimit, match=r"ran for 1 seconds|over 1024 MB"):
        rows_of(store, text, timeout=1)
    assert time.monotonic() - start < 15
    assert children() == before


def run_process(
    store: Path, text: str, *, refusing: bool = True, seconds: int = 20
) -> subprocess.CompletedProcess[bytes]:
    """Run the process as `kg.sparql.runner` does, but with no deadline, or without its refusal of SERVICE and LOAD."""
    patch = "" if refusing else "process.reject_network = lambda text: None; "
    code = f"import kg.sparql.runner_process as process; {patch}process.main()"
    return subprocess.run(
        [sys.executable, "-c", code, "1024", "9", str(seconds)],
        input=json.dumps({"store": str(store), "text": text, "bindings": {}}).encode(),
        env=runner.child_environment(),
        capture_output=True,
        timeout=30,
    )


def test_the_process_ends_by_itself_when_nobody_kills_it(store: Path) -> None:
    ended = run_process(store, f"SELECT (COUNT(*) AS ?n) {CARTESIAN}", seconds=1)
    assert ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_memory_is_limited(store: Path) -> None:
    doublings = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(32))
    with pytest.raises(QueryLimit, match=r"1024 MB|memory"):
        rows_of(store, f'SELECT (STRLEN(?s32) AS ?n) {{ BIND("aaaaaaaaaa" AS ?s0) {doublings} }}')


NESTED = f"SELECT ({'STR(' * 5_000}1{')' * 5_000} AS ?x) {{}}"

# Each ends the process of a bare engine, or keeps it busy; none may end ours.
DEATHS = {
    "binds": "SELECT * { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(2_800)) + " }",
    "nots": f"ASK {{ FILTER({'!' * 60_000}true) }}",
    "sum": f"SELECT (1{'+1' * 30_000} AS ?x) {{}}",
    "or": f"ASK {{ FILTER(true{'||true' * 10_000}) }}",
    "union": f"SELECT * {{ {'{} UNION ' * 6_000}{{}} }}",
    "minus": f"SELECT * {{ {'MINUS {} ' * 6_000} }}",
    "path": f"SELECT * {{ ?s <urn:x:next>{'/<a>' * 14_000} ?o }}",
    "alternatives": f"SELECT * {{ ?s <urn:x:next>{'|<a>' * 14_000} ?o }}",
    "inverse": f"SELECT * {{ ?s {'^' * 60_000}<a> ?o }}",
}


@pytest.mark.parametrize("name", DEATHS)
def test_a_deadly_text_ends_its_own_process_only(store: Path, name: str) -> None:
    assert len(DEATHS[name].encode()) <= MAX_TEXT
    with contextlib.suppress(QueryError):
        rows_of(store, DEATHS[name], timeout=3)
    assert values_of(store, "SELECT ?n { <thing/t5> <urn:x:number> ?n }") == [{"n": "5"}]


def test_deep_nesting_is_refused_with_its_place() -> None:
    with pytest.raises(QueryError, match="nests over 50 deep at 1:208;"):
        check_query(NESTED)


def test_deep_nesting_that_is_let_through_ends_its_own_process_only(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "check_query", lambda _: None)
    with pytest.raises(QueryLimit, match="ended its process"):
        rows_of(store, NESTED)


def nested(depth: int, inside: str = "") -> str:
    return f"SELECT * {'{' * depth}{inside}{'}' * depth}"


def test_nesting_at_the_limit_runs(store: Path) -> None:
    assert rows_of(store, nested(50)) == [{}]
    with pytest.raises(QueryError, match=r"nests over 50 deep at 1:60;"):
        rows_of(store, nested(51))


@pytest.mark.parametrize(
    "inside",
    [
        'FILTER("((((" != "{{{{")',
        "FILTER('((((' != '''{{{\n'{{''')",
        'FILTER("\\"((((" != """{"{""{\\"""{""")',
        "OPTIONAL { <urn:x:((((> ?p ?o }",
        "OPTIONAL { <urn:x:\\u0041((((> ?p ?o }",
        "OPTIONAL { ?s <urn:x:'((((> ?o }",
        "# ((((\n",
        "# ((((\r",
        "FILTER(1 < 3) # {{{{\n",
        "FILTER(1<3) # {{{{ > \n",
        "OPTIONAL { ?s <urn:x:y#> ?o } # it's {{{{\n",
        "OPTIONAL { kg:a\\(\\(\\(\\' ?p ?o }",
        "OPTIONAL { dcterms:a\\#b ?p ?o }",
    ],
)
def test_brackets_that_are_none_do_not_count(store: Path, inside: str) -> None:
    assert rows_of(store, nested(48, inside)) == [{}]


@pytest.mark.parametrize(
    "text",
    [
        ")" * 200 + "(" * 51,
        "kg:a" + "\\)" * 200 + " " + "(" * 51,
        '")))" ' * 60 + "(" * 51,
        "# \r" + "(" * 51,
        "([{" * 17,
        "<" + "(" * 51,
        "?a < ?b " + "{" * 51,
        "'" + "\n" + "(" * 51,
    ],
)
def test_no_closing_bracket_makes_room(text: str) -> None:
    with pytest.raises(QueryError, match="nests over 50 deep"):
        check_query(text)


@pytest.mark.parametrize("text", ["SELECT * {{{", "SELECT * {}}}", "SELECT (1", "}", "SELECT * { [ }", 'SELECT * { "'])
def test_unbalanced_texts_are_refused_by_the_engine(store: Path, text: str) -> None:
    with pytest.raises(QueryError, match=r"not SPARQL 1\.1: .*(?:at \d+:\d+|behind)"):
        rows_of(store, text)


def test_errors_name_the_line_and_column(store: Path) -> None:
    with pytest.raises(QueryError, match=r"the IRI <a b> at 3:9 holds a space"):
        rows_of(store, "SELECT *\n{\n  ?s ?p <a b> }\n")


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "SELECT", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA {}", "\ufeffASK {}"]
)
def test_what_is_no_query_is_refused(store: Path, text: str) -> None:
    with pytest.raises(QueryError, match=r"not SPARQL 1\.1"):
        rows_of(store, text)


def test_the_size_counts_bytes(store: Path) -> None:
    text = "ASK {} #"
    assert rows_of(store, text + "x" * (MAX_TEXT - len(text)))
    assert rows_of(store, text + "山" * ((MAX_TEXT - len(text)) // 3))
    for longer in ("x" * (MAX_TEXT - len(text) + 1), "山" * ((MAX_TEXT - len(text)) // 3 + 1)):
        with pytest.raises(QueryError, match=r"65,53[79] bytes; the limit is 65,536"):
            rows_of(store, text + longer)


@pytest.mark.parametrize(
    ("text", "place"), [("\ud800", "1:1"), ('ASK {}\n# "\udfff"', "2:4"), ("ASK {} # \ud83d \udd0b", "1:10")]
)
def test_half_characters_are_refused_with_their_place(store: Path, text: str, place: str) -> None:
    with pytest.raises(QueryError, match=f"not valid Unicode at {place};"):
        rows_of(store, text)


def test_rows_are_limited(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MAX_ROWS", 10)
    assert len(rows_of(store, "SELECT ?s { ?s <urn:x:next> ?o } LIMIT 10")) == 10
    for text in ("SELECT ?s { ?s <urn:x:next> ?o } LIMIT 11", "CONSTRUCT WHERE { ?s <urn:x:next> ?o }"):
        with pytest.raises(QueryLimit, match="over 10 rows; add a LIMIT"):
            rows_of(store, text)


def test_output_is_limited(store: Path) -> None:
    long = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(20))
    with pytest.raises(QueryLimit, match="over 50 MB"):
        rows_of(store, f'SELECT ?s20 {{ BIND("aa" AS ?s0) {long} ?s <urn:x:number> ?n }}')


def test_a_store_that_is_gone_is_no_fault_of_the_query(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be opened"):
        rows_of(tmp_path / "store", "ASK {}")


def test_modules_in_the_current_folder_are_not_imported(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "kg", "pyoxigraph"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert rows_of(store, "SELECT * {}") == [{}]


# ---------------------------------------------------------------------------------------------------------------------
# Texts made to keep the refusal itself busy: it runs in our own process, where nothing stops it.

BUSY = {
    "escaped quotes": '"' + '\\"' * 32_000,
    "escaped quotes, long": '"""' + '\\"' * 32_000,
    "escaped quotes after quotes": '""' + '"\\' * 32_000,
    "single quotes": "'" + "\\'" * 32_000,
    "single quotes, long": "'''" + "\\'" * 32_000,
    "quotes": '"' * 65_536,
    "quotes in lines": '"\n' * 32_768,
    "three quotes in lines": ('"""\n' + "\\" * 9) * 5_000,
    "mixed quotes": "\"'" * 32_768,
    "backslashes": "\\" * 65_535,
    "quote and backslashes": '"' + "\\" * 65_534,
    "less than": "<" * 65_536,
    "less than a": "<a" * 32_768,
    "less than long": "<" + "a" * 65_535,
    "comments": "#" * 65_536,
    "comments in lines": "#\n" * 32_768,
    "brackets": "{}" * 32_768,
    "closing": "}" * 65_536,
}


@pytest.mark.parametrize("name", BUSY)
def test_refusing_takes_no_time(name: str) -> None:
    start = time.monotonic()
    check_query(BUSY[name])
    # It takes some milliseconds; reading on from each quote anew took fifteen seconds.
    assert time.monotonic() - start < 5


# ---------------------------------------------------------------------------------------------------------------------
# The network


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    heard = Listener()
    yield heard
    heard.socket.close()


def connects_on_its_own(listener: Listener, text: str) -> bool:
    """Tell whether the bare engine, which nothing holds back, connects to the listener."""
    before = listener.settled()
    with contextlib.suppress(OSError, RuntimeError):
        found = ox.Store().query(text, prefixes={"kg": "urn:kg:"})
        list([] if isinstance(found, ox.QueryBoolean) else found)
    return listener.settled() > before


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_refused_by_name_and_nothing_connects(store: Path, listener: Listener, name: str) -> None:
    text = SERVICES[name].replace("U>", listener.url + ">").replace("\\u0055>", listener.url + ">")
    assert connects_on_its_own(listener, text)
    before = listener.settled()
    with pytest.raises(QueryError, match=r"SERVICE at \d+:\d+ is refused") as refused:
        rows_of(store, text)
    assert not isinstance(refused.value, QueryLimit)
    unrefused = run_process(store, text, refusing=False)
    assert unrefused.returncode == 0
    assert unrefused.stdout
    assert listener.settled() == before


def test_the_place_of_the_word_is_named(store: Path) -> None:
    text = "# SERVICE\nSELECT ?service { ?service ?p 'SERVICE' .\n  SERVICE <urn:service> { } }"
    with pytest.raises(QueryError, match="SERVICE at 3:3 is refused"):
        rows_of(store, text)


@pytest.mark.parametrize("name", LOADS)
def test_load_is_refused_by_name_and_nothing_connects(store: Path, listener: Listener, name: str) -> None:
    text = LOADS[name].replace("U>", listener.url + ">")
    before = listener.settled()
    with pytest.raises(QueryError, match=r"LOAD at \d+:\d+ is refused"):
        rows_of(store, text)
    assert b"not SPARQL" in run_process(store, text, refusing=False).stdout
    assert listener.settled() == before


def test_the_bare_engine_would_load(listener: Listener) -> None:
    before = listener.settled()
    with pytest.raises(OSError):  # noqa: PT011 - the engine's own words differ from system to system
        ox.Store().update(f"LOAD <{listener.url}>")
    assert listener.settled() > before


@pytest.mark.parametrize("clause", ["FROM <U>", "FROM NAMED <U>"])
def test_from_fetches_nothing(store: Path, listener: Listener, clause: str) -> None:
    before = listener.settled()
    assert rows_of(store, f"SELECT * {clause.replace('U', listener.url)} {{ ?s ?p ?o }}") == []
    assert listener.settled() == before


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?x { BIND("SERVICE <http://127.0.0.1/> {}" AS ?x) }',
        "SELECT ?x { BIND('LOAD \\' SERVICE' AS ?x) }",
        'SELECT ?x { BIND("""\n"SERVICE"\nLOAD""" AS ?x) }',
        "SELECT ?x { BIND('''SERVICE '' LOAD''' AS ?x) }",
        'SELECT ?x { BIND("x"@service AS ?x) }',
        "SELECT ?x { BIND(<http://example.org/service/SERVICE?LOAD#SERVICE> AS ?x) }",
        "SELECT ?x { BIND(<urn:load:SERVICE> AS ?x) }",
        "BASE <http://example.org/SERVICE/> SELECT ?x { BIND(<load> AS ?x) }",
        "SELECT ?x { BIND(1 AS ?x) } # SERVICE <http://127.0.0.1/> { LOAD }",
        "# LOAD <http://127.0.0.1/>\r# SERVICE\nSELECT ?x { BIND(1 AS ?x) }",
        "SELECT ?x { BIND(1 AS ?x) # it's < SERVICE\n }",
        "SELECT ?x { BIND(1<2 AS ?x) # > SERVICE LOAD\n }",
        "SELECT ?service { BIND(1 AS ?service) }",
        "SELECT ?SERVICE { BIND(1 AS $SERVICE) }",
        "SELECT ?load { BIND(1 AS ?load) }",
        "SELECT ?my_service_load { BIND(1 AS ?my_service_load) }",
        "PREFIX service: <urn:x:> SELECT ?x { BIND(service:load AS ?x) }",
        "PREFIX load: <urn:x:> SELECT ?x { BIND(load:SERVICE AS ?x) }",
        "SELECT ?x { BIND(kg:service AS ?x) }",
        "SELECT ?x { BIND(kg:a-load AS ?x) OPTIONAL { _:service kg:SERVICE _:load } }",
        "SELECT ?x { BIND(kg:aaaaaaa AS ?x) # bbbbbbb service\n }",
    ],
)
def test_the_words_may_stand_where_they_are_no_keywords(store: Path, text: str) -> None:
    assert len(rows_of(store, text)) == 1


def test_other_mistakes_beside_the_words_are_told_as_such(store: Path) -> None:
    with pytest.raises(QueryError, match=r"begins at 1:12 is not whole: a value is missing before the } at 1:27"):
        rows_of(store, "SELECT * { ?service ?load }")


def test_a_refused_connection_is_an_error_of_the_query(store: Path, listener: Listener) -> None:
    """Were the word let through, the limit on files would still speak."""
    text = f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"
    facts = json.loads(run_process(store, text, refusing=False).stdout.partition(b"\n")[0])
    assert facts["kind"] == "QueryError"
    assert "failed while it ran" in facts["error"]


# ---------------------------------------------------------------------------------------------------------------------
# Values from outside

HOSTILE = (
    '" } SERVICE <http://127.0.0.1/> {} #',
    '" . <urn:a> <urn:b> "',
    "'''\"\"\"",
    "\\",
    '\\"',
    '"@en',
    '"^^<urn:x>',
    "?s",
    "{{{{{{",
    "\n\r\t\b\f\x00\x1f\x7f\x85",
    "\u2028\u2029\u202e\ufeff\ufffe\U0010ffff",
    "\\u0041 \\U00000041 \\n",
    "山东时代",
    "</script><script>",
    "",
    " ",
    "x" * 200_000,
)


def test_hostile_strings_stay_values(store: Path) -> None:
    names = [f"v{number}" for number in range(len(HOSTILE))]
    bindings: dict[str, Node] = {name: ox.Literal(text) for name, text in zip(names, HOSTILE, strict=True)}
    text = f"SELECT {' '.join('?' + name for name in names)} {{ FILTER(1 = 1) }}"
    assert query_in_worker(store, text, bindings, 20) == (names, [bindings])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_string_matches_nothing_else(store: Path, text: str) -> None:
    assert rows_of(store, "SELECT ?s ?given { ?s <urn:x:name> ?given }", given=ox.Literal(text)) == []


def test_a_given_value_matches_itself(store: Path) -> None:
    text = "SELECT ?n ?given { ?given <urn:x:number> ?n }"
    assert values_of(store, text, given=ox.NamedNode(BASE + "thing/t3")) == [{"n": "3", "given": BASE + "thing/t3"}]


@pytest.mark.parametrize("name", ["", "x y", "x) {", "?x", "x\n", "\x00", "x-y"])
def test_a_hostile_name_is_refused(store: Path, name: str) -> None:
    with pytest.raises(QueryError) as refused:
        query_in_worker(store, "SELECT ?x { BIND(1 AS ?x) }", {name: ox.Literal("a")}, 20)
    assert not isinstance(refused.value, QueryLimit)


def test_texts_of_all_kinds_end_in_rows_or_in_our_errors(store: Path) -> None:
    """Pieces of queries in every order: whatever they make, it is answered or refused."""
    pieces = ("SELECT * ", "{", "}", '"', "<", ">", "#", "\\", "SERVICE <urn:x> ", "?s ?p ?o ")
    answered = refused = 0
    for parts in itertools.islice(itertools.permutations(pieces, 4), 0, None, 97):
        try:
            rows_of(store, "".join(parts))
            answered += 1
        except KgError:
            refused += 1
    assert refused
    assert answered + refused == 52
