"""The SPARQL Protocol as clients use it, over a release that cannot be changed."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from kg.rdf.namespaces import BASE
from tests.support.serving import Reply, Server, eventually, serving

LABEL = "SELECT ?name { <base/guian> rdfs:label ?name } ORDER BY ?name"
DESCRIBE = "DESCRIBE <base/guian>"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # The deadline is asked for where a test is about it; the others must not depend on how busy the machine is.
    settings = ("--client-seconds", "1000000", "--timeout", "50")
    with serving(release_folder, tmp_path_factory.mktemp("sparql"), *settings) as running:
        yield running


def get(server: Server, text: str, parameters: str = "", **headers: str) -> Reply:
    return server.ask(f"/sparql?query={quote(text)}&{parameters}", method="GET", body=None, **headers)


def post(server: Server, body: str | bytes, kind: str, path: str = "/sparql", **headers: str) -> Reply:
    sent = body.encode() if isinstance(body, str) else body
    return server.ask(path, method="POST", body=sent, content_type=kind, **headers)


def names(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.body
    return [row["name"]["value"] for row in reply.json()["results"]["bindings"]]


def test_the_three_ways_to_ask_give_the_same(server: Server) -> None:
    asked = names(get(server, LABEL))
    assert asked
    assert names(post(server, urlencode({"query": LABEL}), FORM)) == asked
    assert names(post(server, LABEL, "application/sparql-query")) == asked
    assert names(post(server, LABEL, "application/sparql-query; charset=UTF-8", "/sparql/")) == asked


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml, text/turtle;q=0.9", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values;q=0.3, text/csv;q=0.2", "text/tab-separated-values"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
    ],
)
def test_tables_come_in_the_format_asked_for(server: Server, accept: str, kind: str) -> None:
    reply = get(server, LABEL, accept=accept)
    assert (reply.status, reply.type, reply.headers["vary"]) == (200, kind, "Accept")


@pytest.mark.parametrize("form", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_graphs_come_in_the_format_asked_for(server: Server, form: str) -> None:
    reply = get(server, DESCRIBE, accept=form)
    assert (reply.status, reply.type) == (200, form)
    found = list(ox.parse(reply.body, format=ox.RdfFormat.from_media_type(form)))
    assert BASE + "base/guian" in {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}


@pytest.mark.parametrize(
    ("name", "table", "graph"),
    [("csv", "text/csv", "text/turtle"), ("json", "application/sparql-results+json", "application/ld+json"),
     ("xml", "application/sparql-results+xml", "application/rdf+xml"),
     ("text/turtle", "application/sparql-results+json", "text/turtle")],
)  # fmt: skip
def test_a_parameter_names_the_format(server: Server, name: str, table: str, graph: str) -> None:
    assert get(server, LABEL, f"format={quote(name)}", accept="image/png").type == table
    assert get(server, DESCRIBE, f"format={quote(name)}").type == graph


def test_the_formats_say_the_same(server: Server) -> None:
    asked = names(get(server, LABEL))
    rows = list(csv.reader(io.StringIO(get(server, LABEL, accept="text/csv").body.decode())))
    assert [row[0] for row in rows[1:]] == asked
    tree = ET.fromstring(get(server, LABEL, accept="application/sparql-results+xml").body)  # noqa: S314 - our own
    assert [node.text for node in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == asked


@pytest.mark.parametrize(("text", "accept"), [(LABEL, "image/png"), (LABEL, "text/turtle"), (DESCRIBE, "text/csv")])
def test_what_cannot_be_given_is_told(server: Server, text: str, accept: str) -> None:
    reply = get(server, text, accept=accept)
    assert (reply.status, reply.json()["title"]) == (406, "No such format")
    assert "ask for" in reply.json()["detail"]


def test_a_format_that_does_not_exist_is_told_with_those_that_do(server: Server) -> None:
    reply = get(server, LABEL, "format=docx")
    assert reply.status == 406
    assert "csv" in reply.json()["detail"]


def test_an_answer_that_is_known_is_not_sent_again(server: Server) -> None:
    tag = get(server, LABEL).headers["etag"]
    reply = get(server, LABEL, if_none_match=tag)
    assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
    assert get(server, LABEL, if_none_match='W/"other"').status == 200


@pytest.mark.parametrize(
    ("named", "media"),
    [
        ("format=tsv&format=text/tab-separated-values", "text/tab-separated-values"),
        ("format=docx&format=csv", "text/csv"),
        ("format=&format=csv", "text/csv"),
        ("format=csv&timeout=5&timeout=9", "text/csv"),
        ("format=csv&default-graph-uri=", "text/csv"),
    ],
)
def test_of_parameters_that_come_twice_the_first_that_can_be_served_counts(
    server: Server, named: str, media: str
) -> None:
    reply = server.ask(f"/sparql?query={quote(LABEL)}&{named}")
    assert (reply.status, reply.type) == (200, media)
    assert reply.body.count(b"\n") > 1
    assert server.ask(f"/sparql?query=ASK%7B%7D&query=ASK%7B%7D&{named}").status == 400


def test_head_gives_the_headers_alone(server: Server) -> None:
    reply = server.ask(f"/sparql?query={quote(LABEL)}", method="HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["content-length"]) == len(get(server, LABEL).body)


def test_without_a_query_the_service_describes_itself(server: Server) -> None:
    for form in ("text/turtle", "application/rdf+xml"):
        reply = server.ask("/sparql", accept=form)
        assert (reply.status, reply.type) == (200, form)
        found = {quad.object.value for quad in ox.parse(reply.body, format=ox.RdfFormat.from_media_type(form))
                 if isinstance(quad.object, ox.NamedNode)}  # fmt: skip
        assert "http://www.w3.org/ns/sparql-service-description#SPARQL11Query" in found
        assert f"http://127.0.0.1:{server.port}/sparql" in found


@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/sparql-update", "INSERT DATA { <urn:a> <urn:b> 1 }"), (FORM, "update=CLEAR%20ALL")],
)
def test_updates_are_refused(server: Server, kind: str, body: str) -> None:
    reply = post(server, body, kind)
    assert (reply.status, reply.json()["title"]) == (403, "Refused")
    assert "read-only" in reply.json()["detail"]
    assert server.ask("/graph-store?default", method="PUT", body=b"", content_type="text/turtle").status == 404


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", 400, "2 queries"),
        ("/sparql?update=CLEAR+ALL", 400, "POST"),
        ("/sparql?query=%ff", 400, "UTF-8"),
        ("/sparql?query=SELECT+*+%7B", 400, "the { at 1:10 is never closed"),
        ("/sparql?query=ASK%7B%7D&timeout=soon", 400, "timeout='soon'"),
        ("/sparql?query=ASK%7B%7D&timeout=nan", 400, "timeout='nan'"),
        ("/sparql?query=ASK%7B%7D&timeout=-1", 400, "timeout='-1'"),
        ("/sparql?query=ASK%7B%7D&default-graph-uri=a+b", 400, "IRI"),
    ],
)
def test_a_bad_request_is_told_what_is_bad(server: Server, path: str, status: int, told: str) -> None:
    reply = server.ask(path)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert told in reply.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"ASK {}", 415),
        ("application/sparql-query; charset=UTF-16", "ASK {}".encode("utf-16"), 415),
        ("application/sparql-query", b"ASK { \xff }", 400),
        ("application/sparql-query", b"ASK {} #" + b"x" * 70_000, 413),
        ("application/sparql-query", b"ASK {} #" + b"x" * 1_000_000, 413),
        (FORM, b"query=ASK%7B%7D%23" + b"x" * 70_000, 413),
        (FORM, b"", 400),
    ],
)
def test_a_bad_body_is_refused(server: Server, kind: str, body: bytes, status: int) -> None:
    reply = post(server, body, kind)
    assert (reply.status, reply.json()["status"]) == (status, status)


def test_other_methods_are_told_which_there_are(server: Server) -> None:
    reply = server.ask("/sparql?query=ASK%7B%7D", method="PUT")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST")
    reply = server.ask("/sparql", method="OPTIONS", origin="https://example.org")
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (204, "*")


def test_the_dataset_of_the_protocol(server: Server) -> None:
    entities = quote("https://w3id.org/zerocarbon/graph/entities")
    named = "ASK { GRAPH ?g { <base/guian> a ?kind } }"
    assert get(server, named).json()["boolean"] is True
    assert get(server, named, f"named-graph-uri={entities}").json()["boolean"] is True
    assert get(server, named, f"default-graph-uri={entities}").json()["boolean"] is False
    assert get(server, "ASK { <base/guian> a ?kind }", f"default-graph-uri={entities}").json()["boolean"] is True
    assert get(server, "ASK { <base/guian> a ?kind }", "default-graph-uri=urn:none").json()["boolean"] is False


def test_a_client_may_ask_for_less_time_and_is_told_when_it_is_over(server: Server) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    reply = get(server, slow, "timeout=0.4", source="127.0.3.1")
    assert (reply.status, reply.json()["title"]) == (504, "Deadline passed")
    assert "ran for 0.4 seconds" in reply.json()["detail"]


def test_a_query_that_nobody_waits_for_is_given_up(server: Server) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with socket.create_connection(("127.0.0.1", server.port), source_address=("127.0.3.2", 0)) as connection:
        connection.sendall(f"GET /sparql?query={quote(slow)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert eventually(lambda: workers(server, "long") == 1)
    assert eventually(lambda: workers(server, "long") == 0, 5)
    assert eventually(lambda: get(server, "ASK {}", source="127.0.3.2").status == 200, 5)
    assert eventually(lambda: '"status": 499' in server.log.read_text("utf-8"))
    assert "Traceback" not in server.log.read_text("utf-8")


def workers(server: Server, state: str) -> int:
    return int(server.ask("/health").json()["workers"]["sparql"][state])


def test_too_many_rows_are_not_cut_off_but_refused(server: Server) -> None:
    many = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(50)))} }}" for n in range(3))
    reply = get(server, f"SELECT * {{ {many} }}")
    assert (reply.status, reply.json()["title"]) == (413, "Result too large")
    assert "over 100,000 rows; add a LIMIT" in reply.json()["detail"]


def test_what_a_result_holds_is_data_to_a_browser(server: Server) -> None:
    reply = get(server, 'SELECT ("</script><script>alert(1)</script>" AS ?x) {}')
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert json.loads(reply.body)["results"]["bindings"][0]["x"]["value"].startswith("</script>")
