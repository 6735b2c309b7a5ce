"""Linked data from a running server: every id at its address, in the form that was asked for."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.formats import RDF
from kg.graph import Graph
from kg.rdf.namespaces import BASE, KG
from kg.release.manifest import write_manifest
from tests.support.serving import Server, serving

CATL = "/id/company/catl"
PHASE = "/id/base/yanzhou/phase-one"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (BROWSER, "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json;q=0.9, text/turtle;q=0.4", "application/ld+json"),
        ("text/turtle;q=0, application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig, */*;q=0.1", "application/trig"),
        ("application/*;q=0.5, text/html;q=0.1", "application/ld+json"),
    ],
)
def test_the_accept_header_chooses(site: Server, accept: str, media: str) -> None:
    reply = site.ask(PHASE, Accept=accept)
    assert (reply.status, reply.type) == (200, media)
    assert "Accept" in reply.headers["vary"]
    assert 'rel="alternate"; type="text/turtle"' in reply.headers["link"]


@pytest.mark.parametrize("form", RDF)
def test_a_suffix_overrides_and_the_text_reads(site: Server, form: str) -> None:
    reply = site.ask(f"{PHASE}.{form}", Accept=BROWSER)
    assert (reply.status, reply.type) == (200, RDF[form].media_type)
    read = list(ox.parse(reply.body, format=READERS[form]))
    assert ox.NamedNode(BASE + "base/yanzhou/phase-one") in {quad.subject for quad in read}


@pytest.mark.parametrize(
    "path",
    [
        CATL, CATL + ".ttl", "/ontology", "/.well-known/void", "/dumps/graph.nq", "/dumps/", "/", "/health", "/search",
        "/robots.txt", "/openapi.json", "/api/v1/kinds", "/api/v1/find?text=CATL", "/api/v1/draw?entity=company/catl",
    ],
)  # fmt: skip
def test_one_may_look_before_one_fetches(site: Server, path: str) -> None:
    looked, fetched = site.ask(path, method="HEAD"), site.ask(path)
    assert (looked.status, looked.body) == (200, b"")
    assert looked.headers["content-length"] == fetched.headers["content-length"]


def test_a_suffix_for_the_page_too(site: Server) -> None:
    assert site.ask(PHASE + ".html", Accept="text/turtle").type == "text/html"


def test_json_for_an_id_is_json_ld(site: Server) -> None:
    by_accept, by_suffix = site.ask(CATL, Accept="application/json"), site.ask(CATL + ".json")
    assert (by_accept.status, by_accept.type) == (by_suffix.status, by_suffix.type) == (200, "application/ld+json")
    assert by_accept.json() == by_suffix.json() == site.ask(CATL + ".jsonld").json()
    assert by_accept.json()["@context"]


def test_the_folder_of_dumps_lists_its_files(site: Server) -> None:
    listed = site.ask("/dumps/", Accept="application/json").json()
    assert {"graph.nq", "release.json", "MANIFEST.sha256"} <= {file["name"] for file in listed["files"]}
    for file in listed["files"]:
        reply = site.ask(file["address"].partition(f":{site.port}")[2])
        assert (reply.status, len(reply.body)) == (200, file["size"])
    page = site.ask("/dumps/", Accept="text/html")
    assert (page.status, page.type) == (200, "text/html")
    assert b"graph.nq" in page.body


def test_nothing_that_fits_is_406_with_what_there_is(site: Server) -> None:
    reply = site.ask(PHASE, Accept="image/png")
    assert (reply.status, reply.type) == (406, "application/problem+json")
    assert "text/turtle" in reply.json()["detail"]


def test_claims_come_on_request_as_graphs_with_place_and_printed_figure(site: Server) -> None:
    plain = {quad.graph_name for quad in ox.parse(site.ask(PHASE + ".nq").body, format=ox.RdfFormat.N_QUADS)}
    reply = site.ask(PHASE + "?claims=1", Accept="application/trig")
    quads = list(ox.parse(reply.body, format=ox.RdfFormat.TRIG))
    claim = ox.NamedNode(BASE + "claim/bs178-jining-may/phase-one-land")
    assert claim not in plain
    assert claim in {quad.graph_name for quad in quads}
    said = {(quad.predicate.value.removeprefix(KG), str(quad.object)) for quad in quads}
    assert ("verbatim", '"800余亩"') in said
    assert "makesClaim" in {word for word, _ in said}
    assert "published" in {word for word, _ in said}


def test_any_rdf_with_claims_is_a_form_that_keeps_graphs(site: Server) -> None:
    reply = site.ask(PHASE + "?claims=1", Accept="application/trig;q=0.5, text/turtle;q=0.5")
    assert reply.type == "application/trig"


@pytest.mark.parametrize(
    "path",
    ["/id/document/shandong-times-60gwh", "/id/claim/shandong-times-60gwh/phase-one-land", "/concept/Operating"],
)
def test_documents_claims_and_concepts_are_ids_too(site: Server, path: str) -> None:
    assert site.ask(path, Accept=BROWSER).type == "text/html"
    reply = site.ask(path, Accept="text/turtle")
    assert reply.status == 200
    assert list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))


def test_every_id_dereferences(site: Server, graph: Graph) -> None:
    subjects = {quad.subject for quad in graph.release.store}
    named = (node.value.removeprefix(BASE) for node in subjects if isinstance(node, ox.NamedNode))
    ids = sorted(short for short in named if not short.startswith("http") and "#" not in short)
    wanted = [ids[at] for at in range(0, len(ids), len(ids) // 150)]
    assert {short: site.ask(f"/id/{short}.nt").status for short in wanted} == dict.fromkeys(wanted, 200)
    assert {short.partition("/")[0] for short in ids} >= {"claim", "document", "company", "judgement"}


def test_an_unknown_id_is_404_with_suggestions(site: Server) -> None:
    reply = site.ask("/id/company/catll", Accept="text/turtle")
    assert (reply.status, reply.type) == (404, "application/problem+json")
    assert "company/catl" in reply.json()["suggestions"]
    page = site.ask("/id/company/catll", Accept=BROWSER)
    assert (page.status, page.type) == (404, "text/html")
    assert b'href="/id/company/catl"' in page.body


@pytest.mark.parametrize(
    "path",
    [
        "/id/",
        "/id/x",
        "/id/%00",
        "/id/a%0Ab/c",
        "/id/../etc/passwd",
        "/id/" + "a/" * 2000,
        "/id/%3Cscript%3E",
        "/id/company/%E5%AE%81",
        "/id/kg:Base",
        "/concept/a%3Cb",
    ],
)
def test_what_is_no_id_is_told_as_one(site: Server, path: str) -> None:
    assert site.ask(path, Accept=BROWSER).status == 404
    assert b"<script>" not in site.ask(path, Accept=BROWSER).body


def test_what_has_not_changed_is_not_sent_again(site: Server) -> None:
    for accept in (BROWSER, "text/turtle"):
        tag = site.ask(CATL, Accept=accept).headers["etag"]
        again = site.ask(CATL, Accept=accept, If_None_Match=tag)
        assert (again.status, again.body) == (304, b"")
    assert site.ask(CATL, Accept="application/n-triples", If_None_Match=tag).status == 200


def test_the_data_names_the_canonical_iri_and_the_page_links_here(site: Server) -> None:
    assert BASE.encode() in site.ask(CATL + ".nt").body
    page = site.ask(CATL, Accept=BROWSER).body.decode()
    assert f'<link rel="canonical" href="{BASE}company/catl">' in page
    assert f'<a href="{BASE}' not in page


def test_the_ontology_is_a_page_with_anchors_and_a_file(site: Server) -> None:
    page = site.ask("/ontology", Accept=BROWSER).body.decode()
    assert 'id="Phase"' in page
    assert "项目阶段" in page
    for path, accept in (("/ontology", "text/turtle"), ("/ontology.ttl", BROWSER)):
        read = list(ox.parse(site.ask(path, Accept=accept).body, format=ox.RdfFormat.TURTLE))
        assert ox.NamedNode(KG + "Phase") in {quad.subject for quad in read}
    assert site.ask("/ontology.jsonld").type == "application/ld+json"
    assert site.ask("/ontology.exe").status == 404
    assert site.ask("/ontology", Accept="image/png").status == 406


def test_the_data_set_is_described_and_its_dump_is_there(site: Server, graph: Graph) -> None:
    reply = site.ask("/.well-known/void", Accept="text/turtle")
    read = list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))
    dumps = {quad.object.value for quad in read if quad.predicate.value.endswith("#dataDump")}
    base = f"http://127.0.0.1:{site.port}"
    assert f"{base}/dumps/graph.nq" in dumps
    for dump in dumps:
        assert site.ask(dump.removeprefix(base), method="HEAD").status == 200
    whole = site.ask("/dumps/graph.nq")
    assert len(whole.body.splitlines()) == graph.release.facts["quads"]
    part = site.ask("/dumps/graph.nq", Range="bytes=10-19", If_Range=whole.headers["etag"])
    assert (part.status, part.body) == (206, whole.body[10:20])
    assert site.ask("/dumps/graph.nq", If_None_Match=whole.headers["etag"]).status == 304
    assert site.ask("/dumps/../release.json").status == 404
    assert site.ask("/dumps/store").status == 404


def test_dcat_in_every_form(site: Server) -> None:
    for form in ("ttl", "jsonld", "nt", "rdf"):
        assert site.ask(f"/dcat.{form}").type == RDF[form].media_type
    assert site.ask("/dcat", Accept=BROWSER).status == 200
    assert site.ask("/dcat", Accept="image/png").status == 406


def test_a_host_that_is_none_makes_no_links(site: Server) -> None:
    for path in ("/robots.txt", "/sitemap.xml", "/.well-known/void"):
        assert b"evil" not in site.ask(path, Host='evil"><x').body


def test_the_map_names_pages_that_exist(site: Server) -> None:
    base = f"http://127.0.0.1:{site.port}"
    assert f"Sitemap: {base}/sitemap.xml" in site.ask("/robots.txt").body.decode()
    index = ET.fromstring(site.ask("/sitemap.xml").body)  # noqa: S314 - our own server
    parts = [loc.text or "" for loc in index.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    found = [
        loc.text or ""
        for part in parts
        for loc in ET.fromstring(site.ask(part.removeprefix(base)).body).iter()  # noqa: S314
        if loc.tag.endswith("}loc")
    ]
    assert len(found) == len(set(found)) > 100
    for address in [*found[:8], *found[8 :: len(found) // 20]]:
        assert site.ask(address.removeprefix(base), Accept=BROWSER).status == 200, address
    assert site.ask("/sitemap-999.xml").status == 404


def test_llms_txt_names_addresses_that_work(site: Server) -> None:
    base = f"http://127.0.0.1:{site.port}"
    text = site.ask("/llms.txt").body.decode()
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert len(links) > 8
    for link in links:
        assert link.startswith(base)
        assert site.ask(link.removeprefix(base)).status == 200, link


def test_the_context_by_which_json_ld_is_compacted(site: Server) -> None:
    assert site.ask("/context.jsonld").json()["@context"]["@vocab"] == KG


def test_nothing_reads_outside_the_release(site: Server, release_folder: Path) -> None:
    for name in ("..%2frelease.json", "%2e%2e/release.json", "store/CURRENT", "names/meta.json"):
        assert site.ask(f"/dumps/{name}").status == 404
        assert site.ask(f"/static/{name}").status == 404


def merged_release(release: Path, folder: Path) -> Path:
    """Copy a release in which an id was given up for another; the copy is whole again."""
    copy = folder / "merged"
    shutil.copytree(release, copy)
    line = f"<{BASE}company/catl> <http://purl.org/dc/terms/replaces> <{BASE}company/old-catl> .\n"
    store = ox.Store(str(copy / "store"))
    store.load(line.encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    write_manifest(copy)
    return copy


def test_a_merged_id_leads_to_the_one_that_stayed(release_folder: Path, tmp_path: Path) -> None:
    with serving(merged_release(release_folder, tmp_path), tmp_path) as server:
        for path, target in (
            ("/id/company/old-catl", "/id/company/catl"),
            ("/id/company/old-catl.ttl", "/id/company/catl.ttl"),
            ("/id/company/old-catl?claims=1", "/id/company/catl?claims=1"),
        ):
            reply = server.ask(path, Accept="text/turtle")
            assert (reply.status, reply.headers["location"]) == (308, target)
            assert server.ask(target, Accept="text/turtle").status == 200
