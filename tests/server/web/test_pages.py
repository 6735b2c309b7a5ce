"""The pages of a running server: what they show, in two languages, and that nothing in them is more than text."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urlencode

import pytest

from tests.support.hostile import HOSTILE, hostile_release
from tests.support.serving import Server, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGES = [
    "/",
    "/search",
    "/search?text=ningde",
    "/search?kind=Base",
    "/search?text=zzzzzz",
    "/id/base/guian",
    "/id/company/catl",
    "/id/company/catl?property=partnerOf",
    "/id/document/shandong-times-60gwh",
    "/id/claim/shandong-times-60gwh/phase-one-land",
    "/id/judgement/zhangjiang-two-parks",
    "/concept/BatteryManufacturing",
    "/query",
    "/query?query=SELECT+%3Fs+%3Fl+%7B+%3Fs+a+kg%3ABase+%3B+rdfs%3Alabel+%3Fl+%7D",
    "/query?query=CONSTRUCT+%7B+%3Fs+a+kg%3ABase+%7D+%7B+%3Fs+a+kg%3ABase+%7D",
    "/questions",
    "/questions/base-operator",
    "/questions/base-operator?base=base/guian",
    "/coverage",
    "/conflicts",
    "/conflicts?entity=cluster/yanzhou-battery",
    "/ontology",
    "/docs",
    "/data",
]
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements with attributes, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(server: Server, path: str, speaks: str = "") -> Reader:
    reply = server.ask(path, Accept=BROWSER, Accept_Language=speaks)
    assert (reply.status, reply.type) == (200, "text/html"), path
    reader = Reader()
    reader.feed(reply.body.decode("utf-8"))
    assert reader.open == []
    return reader


def acting(page: Reader) -> list[tuple[str, dict[str, str]]]:
    """List what could act on a page: scripts that are no data, and attributes that hold some."""
    return [
        (tag, held)
        for tag, held in page.elements
        if (tag == "script" and held.get("type") != "application/ld+json")
        or tag in ("iframe", "object", "embed", "base")
        or any(name.startswith("on") for name in held)
    ]


def test_what_could_act_is_seen() -> None:
    reader = Reader()
    reader.feed("<p><script>1</script><script type='application/ld+json'>{}</script><b onclick=x>b</b></p>")
    assert [tag for tag, _ in acting(reader)] == ["script", "b"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_asks_nothing_of_others(site: Server, path: str) -> None:
    page = read(site, path)
    assert {
        tag for tag, held in page.elements if tag == "script" and held.get("type") != "application/ld+json"
    } == set()
    for tag, held in page.elements:
        assert "style" not in held, (tag, held)
        loaded = held.get("src") or (
            held.get("href") if tag == "link" and "stylesheet" in held.get("rel", "") else None
        )
        assert loaded is None or loaded.startswith("/static/"), loaded
        if tag == "a":
            assert re.match(r"(/|#|\?|https?://)", held["href"]), held
    assert sum(tag == "h1" for tag, _ in page.elements) == 1
    assert sum(tag == "main" for tag, _ in page.elements) == 1


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_chinese_too(site: Server, path: str) -> None:
    joined = path + ("&" if "?" in path else "?") + "language=zh"
    page = read(site, joined)
    assert ("html", {"lang": "zh-Hans"}) in page.elements
    assert "零碳产业知识图谱" in page.text
    links = [held["href"] for tag, held in page.elements if tag == "a" and held["href"].startswith("/id/")]
    assert all("language=" in link or re.search(r"\.\w+(\?claims=1)?$", link) for link in links)


def test_the_browser_chooses_the_language_unless_told_otherwise(site: Server) -> None:
    assert "宁德时代" in read(site, "/id/company/catl", "zh-CN,zh;q=0.9,en;q=0.8").text[:4000]
    assert ("html", {"lang": "en"}) in read(site, "/", "fr").elements
    assert ("html", {"lang": "en"}) in read(site, "/?language=en", "zh").elements
    assert site.ask("/?language=xx", Accept=BROWSER).status == 400


def ask(site: Server, query: str) -> tuple[int, Reader]:
    reply = site.ask("/query?" + urlencode({"query": query}), Accept=BROWSER)
    reader = Reader()
    reader.feed(reply.body.decode("utf-8"))
    return reply.status, reader


def test_a_query_is_answered_on_its_page(site: Server) -> None:
    status, page = ask(site, "SELECT ?base ?name ?none { ?base a kg:Base ; rdfs:label ?name } ORDER BY ?base")
    assert status == 200
    assert "CATL Guizhou Power Battery Manufacturing Base" in page.text
    links = [held["href"] for tag, held in page.elements if tag == "a"]
    assert "/id/base/guian" in links
    data = [link for link in links if link.startswith("/sparql?")]
    assert [site.ask(link).type for link in data] == [
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
    ]  # fmt: skip
    assert "yes" in ask(site, "ASK { <base/guian> a kg:Base }")[1].text
    graph = ask(site, "CONSTRUCT WHERE { <base/guian> a ?kind }")[1]
    assert "ontology#Base" in graph.text
    assert "Turtle" in graph.text


def test_a_query_that_is_refused_stays_on_its_page(site: Server) -> None:
    status, page = ask(site, "SELECT {")
    assert status == 400
    assert "SELECT {" in page.text
    assert "the query is not SPARQL 1.1" in page.text
    assert ask(site, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")[0] == 403


def test_what_a_query_gives_is_text(site: Server) -> None:
    hostile = "</bdi><script>alert(1)</script>"
    status, page = ask(site, f"SELECT ('{hostile}' AS ?x) (<javascript:alert(1)> AS ?y) {{}}")
    assert status == 200
    assert page.text.count("alert(1)") >= 3
    assert acting(page) == []
    assert not [held for tag, held in page.elements if tag == "a" and held["href"].startswith("javascript:")]


def test_a_result_too_large_for_a_page_is_offered_as_data(site: Server) -> None:
    status, page = ask(site, "SELECT * { ?s ?p ?o . ?a rdfs:label ?b } LIMIT 20000")
    assert status == 200
    assert "too large for a page" in page.text


def test_a_browser_at_the_endpoint_is_led_to_the_page(site: Server) -> None:
    assert site.ask("/sparql", Accept=BROWSER).headers["location"] == "/query"
    assert site.ask("/sparql", Accept="text/turtle").type == "text/turtle"
    assert site.ask("/sparql").type == "text/turtle"


def test_links_on_the_pages_lead_somewhere(site: Server) -> None:
    seen: dict[str, int] = {}
    for path in (
        "/",
        "/search?text=ningde",
        "/id/base/guian",
        "/questions/base-operator",
        "/conflicts",
        "/docs",
        "/data",
    ):
        for tag, held in read(site, path).elements:
            href = held.get("href", "").partition("#")[0]
            if tag == "a" and href.startswith("/") and len(seen) < 150:
                seen.setdefault(href, 0)
    for href in seen:
        seen[href] = site.ask(href, Accept=BROWSER).status
    assert {href: status for href, status in seen.items() if status != 200} == {}


def test_the_policy_forbids_all_but_our_own_sheet_and_pictures(site: Server) -> None:
    policy = site.ask("/", Accept=BROWSER).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    sheet = site.ask("/static/style.css")
    assert sheet.type == "text/css"
    assert b"url(" not in sheet.body
    assert b"@import" not in sheet.body


def test_an_entity_shows_its_claims_with_place_and_printed_words(site: Server) -> None:
    page = read(site, "/id/base/yanzhou/phase-one")
    assert "800余亩" in page.text
    assert "Report of CATL's announcement" in page.text
    assert sum(tag == "details" for tag, _ in page.elements) > 5


def test_a_claim_shows_what_outranks_it(site: Server) -> None:
    page = read(site, "/id/claim/shandong-times-60gwh/phase-one-land")
    assert "over 800 acres" in page.text
    assert "characters 549–583" in page.text
    assert "/id/claim/bs178-jining-may/phase-one-land" in [held.get("href") for _, held in page.elements]
    assert "Report of CATL's announcement" in page.text


def test_a_question_is_asked_by_its_form(site: Server) -> None:
    page = read(site, "/questions/base-operator?base=base/guian")
    assert ("input", {"name": "base", "value": "base/guian", "maxlength": "500"}) in page.elements
    assert "CATL Guizhou" in page.text
    assert "SELECT" in page.text
    assert site.ask("/questions/no-such", Accept=BROWSER).status == 404
    assert site.ask("/questions/base-operator?base=nobody", Accept=BROWSER).status == 404


def test_an_error_keeps_the_form_as_it_was_filled(site: Server) -> None:
    reply = site.ask("/questions/stage-stop?stage=phosphate&language=en", Accept=BROWSER)
    page = reply.body.decode()
    assert reply.status == 404
    assert 'name="stage" value="phosphate" aria-invalid="true"' in page
    assert "no supply-chain stage is called" in page
    assert "/questions/stage-stop?stage=phosphate%20mining" in page.replace("+", "%20")
    assert site.ask("/questions/stage-stop?stage=phosphate", Accept="application/json").status == 404
    taken = site.ask("/questions/stage-stop?stage=phosphate+mining", Accept=BROWSER)
    assert taken.status == 200


def test_search_keeps_to_a_place_without_a_name_too(site: Server) -> None:
    everywhere = site.ask("/search?kind=Site").body.decode()
    inside = site.ask("/search?kind=Site&place=Guizhou").body.decode()
    assert "base/yanzhou" in everywhere
    assert "base/guian" in inside
    assert "base/yanzhou" not in inside
    assert site.ask("/search?kind=Site&place=nowhere").status == 404
    assert site.ask("/search?place=Guizhou").status == 409


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/search?txt=CATL", "text"),
        ("/questions/base-operator?bse=base/guian", "base"),
        ("/conflicts?subject=base/yanzhou", "entity"),
        ("/query?qery=ASK+%7B%7D", "query"),
        ("/id/base/guian?clams=1", "claims"),
        ("/id/base/guian.ttl?clams=1", "claims"),
        ("/?lang=zh", "language"),
        ("/coverage?lang=zh", "language"),
        ("/questions?lang=zh", "language"),
        ("/docs?lang=zh", "language"),
        ("/ontology?lang=zh", "language"),
    ],
)
def test_a_parameter_that_a_page_does_not_have_is_refused(site: Server, path: str, nearest: str) -> None:
    reply = site.ask(path, Accept="application/json")
    assert reply.status == 400
    assert f"did you mean {nearest!r}" in reply.json()["detail"]


def test_words_that_the_release_does_not_know_are_told_beside_the_rows(site: Server) -> None:
    asked = urlencode({"query": "SELECT ?x { ?x kg:phasOf ?y }"})
    page = site.ask("/query?" + asked).body.decode()
    assert "this release knows no class or property kg:phasOf (at 1:16)" in page
    reply = site.ask("/sparql?" + asked, Accept="text/csv")
    assert "kg:phasOf" in unquote(reply.headers["kg-notes"])
    known = urlencode({"query": "SELECT ?x { ?x kg:phaseOf ?y }"})
    assert "kg-notes" not in site.ask("/sparql?" + known, Accept="text/csv").headers


def test_search_says_how_many_there_are_and_leads_on(site: Server) -> None:
    total = site.ask("/api/v1/find?text=a&limit=1").json()["total"]
    first = site.ask("/search?text=a").body.decode()
    assert total > 30
    assert f"<small>{total}, 1–30" in first
    assert 'offset=30" rel="next"' in first
    assert f"<small>{total}, 31–" in site.ask("/search?text=a&offset=30").body.decode()


def test_search_says_why_and_narrows(site: Server) -> None:
    page = read(site, "/search?text=%E5%AE%81%E5%BE%B7&kind=Company")
    assert "prefix" in page.text
    assert all(
        held["href"].startswith("/id/company/")
        for tag, held in page.elements
        if tag == "a" and "/id/" in held.get("href", "")
    )
    assert site.ask("/search?text=x&kind=Compny", Accept=BROWSER).status == 404
    assert "Nothing here" in read(site, "/search?text=zzzzzz").text


def test_the_page_of_the_interface_names_every_operation(site: Server) -> None:
    page = read(site, "/docs")
    for path in site.ask("/openapi.json").json()["paths"]:
        assert path in page.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    with serving(hostile_release(folder), folder) as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        "/id/company/example-cells",
        "/id/document/digest-of-lakeside",
        "/id/claim/digest-of-lakeside/phase-one-land",
        "/id/media/lakeside-herald",
        "/search?text=script",
        "/search?kind=Company",
        "/coverage",
        "/conflicts",
        "/questions/neighbours?entity=company/example-cells",
    ],
)
def test_hostile_names_stay_text(hostile: Server, path: str) -> None:
    page = read(hostile, path)
    assert {
        tag
        for tag, held in page.elements
        if tag == "img" or (tag == "script" and held.get("type") != "application/ld+json")
    } == set()
    assert not any(name.startswith("on") for _, held in page.elements for name in held)
    assert "49" not in page.text.replace("549", "")


def test_a_hostile_name_is_shown_as_it_is_in_a_run_of_its_own(hostile: Server) -> None:
    reply = hostile.ask("/id/company/example-cells", Accept=BROWSER).body.decode()
    page = read(hostile, "/id/company/example-cells")
    assert HOSTILE in page.text
    assert re.search(r"<h1><bdi>&lt;script&gt;", reply)


@pytest.mark.parametrize(
    "text", ["%3Cscript%3Ealert(1)%3C/script%3E", "%22%20onfocus=x%20%22", "%27%3E%3Cimg%20src=x%3E"]
)
def test_what_is_asked_stays_text_too(site: Server, text: str) -> None:
    for path in (
        f"/search?text={text}",
        f"/conflicts?entity={text}",
        f"/id/{text}",
        f"/questions/{text}",
        f"/?language={text}",
    ):
        reply = site.ask(path + text, Accept=BROWSER)
        assert (reply.type, b"<img" in reply.body) == ("text/html", False)
        page = Reader()
        page.feed(reply.body.decode())
        assert acting(page) == []


def test_a_page_that_is_none_is_told_in_the_language_of_who_asks(site: Server) -> None:
    reply = site.ask("/no/such/page", Accept=BROWSER, Accept_Language="zh")
    assert (reply.status, reply.type) == (404, "text/html")
    assert "出错了" in reply.body.decode()


def test_a_name_without_conflicts_is_told_what_it_was_taken_for(site: Server) -> None:
    page = read(site, "/conflicts?entity=%E5%85%96%E5%B7%9E")
    assert "Nothing here has a name like that" not in page.text
    assert "No two sources of this release disagree here." in page.text
    assert "was taken for" in page.text


def test_a_claim_shows_its_rivals_with_what_they_say(site: Server) -> None:
    page = read(site, "/id/claim/shandong-times-60gwh/phase-one-land")
    assert "800余亩 (more than 53.33 ha)" in page.text
    assert "machine summary" in page.text
    chinese = read(site, "/id/claim/shandong-times-60gwh/phase-one-land?language=zh")
    assert "800余亩（多于53.33公顷）" in chinese.text
    assert "机器摘要" in chinese.text


def test_pages_speak_one_language_in_heads_terms_and_numbers(site: Server) -> None:
    assert "有答案的问题" in read(site, "/coverage?language=zh").text
    home = read(site, "/?language=zh").text
    assert "claims" not in home
    assert "实体" in home
    table = read(site, "/questions/land-per-gwh?language=zh").text
    assert "公顷/GWh" in table
    assert "hectares_per_gwh" not in table.partition("SELECT")[0].partition("# title-en")[0]
    entity = read(site, "/id/company/catl?language=zh").text
    assert "Press" not in entity
    assert "图示" in entity


def test_what_nobody_states_as_a_fact_says_its_mode(site: Server) -> None:
    page = read(site, "/id/base/guian")
    chips = [held for tag, held in page.elements if held.get("class") == "chip plain"]
    assert chips
    assert "planned" in page.text


def test_no_page_promises_a_place_in_the_text_of_every_claim(site: Server) -> None:
    for path in ("/", "/llms.txt", "/openapi.json"):
        told = site.ask(path).body.decode("utf-8")
        assert "how well its page bears it out" in told
        assert "at a known place" not in told
    assert "确定位置" not in read(site, "/?language=zh").text


def test_home_tells_how_strong_the_evidence_is(site: Server) -> None:
    sections = json.loads(site.ask("/api/v1/coverage?section=By+strength+of+evidence").body)
    rows = [row for section in sections["sections"] for row in section["rows"]]
    assert [row["strength"] for row in rows][:4] == ["Position", "Printed", "Page", "Compiled"]
    for language, names in {"en": ("position", "printed", "page"), "zh": ("位置", "原文", "整页")}.items():
        page = read(site, f"/?language={language}")
        for name, row in zip(names, rows, strict=False):
            assert f"{name} {row['claims']:,}" in page.text
        links = [held.get("href") or "" for tag, held in page.elements if tag == "a"]
        assert any(link.partition("?")[0] == "/concept/Printed" for link in links)


def test_a_kind_to_start_with_counts_what_its_list_has(site: Server) -> None:
    """Documents stand in the ledger, but for those that are told of as things."""
    number = re.search(r"document (\d+)", read(site, "/").text)
    assert number is not None
    assert int(number[1]) > 2
    listed = read(site, "/search?kind=Document")
    links = [held["href"] for tag, held in listed.elements if tag == "a" and held.get("href", "").startswith("/id/")]
    assert "/id/document/shandong-times-60gwh" in links
    assert len(set(links)) == int(number[1])


def test_conflicts_show_values_and_days_as_people_read_them(site: Server) -> None:
    shown = site.ask("/conflicts", accept=BROWSER).body.decode("utf-8")
    rows = site.ask("/api/v1/conflicts").json()["rows"]
    days = [row["published"] for row in rows if row["published"]]
    assert days
    assert all(f'<span class="day">{day}</span>' in shown for day in days)
    assert "公顷" in read(site, "/conflicts?entity=base/yanzhou/phase-one&language=zh").text


@pytest.mark.parametrize(("language", "words"), [("en", "Follow the chain"), ("zh", "追溯产业链")])
def test_one_begins_with_a_task_and_an_example(site: Server, language: str, words: str) -> None:
    for path in ("/", "/questions"):
        page = read(site, f"{path}?language={language}")
        assert words in page.text
        links = [unquote(facts["href"]) for name, facts in page.elements if name == "a" and "href" in facts]
        assert any(link.startswith("/questions/") and "company=company/catl" in link for link in links)
        views = {view for link in links if link.startswith("/api/v1/draw") for view in re.findall(r"view=(\w+)", link)}
        assert views >= {"relations", "supply", "timeline", "map"}


def test_the_ontology_folds_its_modules(site: Server) -> None:
    page = read(site, "/ontology")
    folded = [name for name, _ in page.elements if name == "details"]
    assert len(folded) > 20
    assert len([one for name, one in page.elements if name == "section" and one.get("class") == "term"]) > 500


@pytest.mark.parametrize(
    ("takes", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("br", False), ("gzip;q=0", False), ("", False)],
)
def test_a_page_is_packed_for_who_takes_it_so(site: Server, takes: str, packed: bool) -> None:
    plain = site.ask("/ontology", Accept=BROWSER)
    answer = site.ask("/ontology", Accept=BROWSER, Accept_Encoding=takes)
    headers = answer.headers
    assert (headers.get("content-encoding") == "gzip") is packed
    assert "accept-encoding" in headers["vary"].lower()
    assert int(headers["content-length"]) == len(answer.body)
    assert (gzip.decompress(answer.body) if packed else answer.body) == plain.body
    if packed:
        assert 4 * len(answer.body) < len(plain.body)
