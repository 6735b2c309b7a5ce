"""The lookup interface of a running server: what it answers, how it refuses, and that its description is true."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest

from kg.errors import NotFound
from kg.graph import Graph
from tests.support.serving import Reply, Server

API = "/api/v1/"


def get(site: Server, verb: str, accept: str = "application/json", **asked: Any) -> Reply:
    return site.ask(f"{API}{verb}?{urlencode(asked)}", Accept=accept)


def table(reply: Reply) -> list[dict[str, str]]:
    assert (reply.status, reply.type) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(reply.body.decode("utf-8"))))


@pytest.mark.parametrize(
    ("text", "entity", "reason"),
    [
        ("CATL", "company/catl", "exact"),
        ("宁德时代", "company/catl", "exact"),
        ("ndsd", "company/catl", "pinyin initials"),
        ("ningdeshidai", "company/catl", "pinyin"),
        ("Contemporery Amprex", "company/catl", "similar spelling"),
        ("Gui'an ba", "base/guian", "prefix"),
    ],
)
def test_find_says_why(site: Server, text: str, entity: str, reason: str) -> None:
    found = get(site, "find", text=text).json()
    assert found["rows"][0]["entity"] == entity
    assert reason in found["rows"][0]["reason"]


def test_find_is_narrowed_by_kind_and_place(site: Server) -> None:
    rows = get(site, "find", text="base", kind="Site", place="Guizhou").json()["rows"]
    assert rows
    assert {row["entity"].partition("/")[0] for row in rows} <= {"base", "park", "plant"}
    assert "base/yanzhou" not in {row["entity"] for row in rows}
    assert len(get(site, "find", text="base", limit=1).json()["rows"]) == 1


@pytest.mark.parametrize(
    "verb", ["find?text=CATL", "show?entity=company/catl", "questions", "coverage", "changes", "kinds"]
)
def test_every_answer_names_its_release(site: Server, graph: Graph, verb: str) -> None:
    reply = site.ask(API + verb)
    assert reply.json()["release"] == reply.headers["kg-release"] == graph.release.id


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("coverage?section=Totals", {"section", "what", "number"}),
        ("coverage", {"section", "what", "number", "kind"}),
        ("why?subject=base/guian/phase-one&property=plannedCapacity", {"claim", "document", "standing", "printed"}),
        ("questions", {"question", "title", "title_zh"}),
        ("kinds", {"id", "name", "number"}),
        ("suggest?text=CA", {"id", "name"}),
    ],
)
def test_every_list_comes_as_csv(site: Server, path: str, columns: set[str]) -> None:
    rows = table(site.ask(f"{API}{path}{'&' if '?' in path else '?'}format=csv"))
    assert rows
    assert columns <= set(rows[0])


def test_tables_come_as_csv_by_accept_or_by_name(site: Server) -> None:
    by_accept = get(site, "find", accept="text/csv", text="CATL", limit=2)
    by_name = get(site, "find", text="CATL", limit=2, format="csv")
    assert by_accept.body == by_name.body
    assert table(by_name)[0]["entity"] == "company/catl"
    assert by_accept.headers["kg-release"]
    assert get(site, "find", accept="image/png", text="CATL").status == 406


def test_an_answer_says_how_much_it_is_and_what_it_took_for_granted(site: Server) -> None:
    part = get(site, "network", limit=3, offset=3).json()
    whole = get(site, "network").json()
    assert part["rows"] == whole["rows"][3:6]
    assert (part["total"], part["next_offset"], whole["next_offset"]) == (len(whole["rows"]), 6, None)
    rest = get(site, "network", limit=3, format="csv")
    assert rest.headers["kg-total"] == str(whole["total"])
    following = rest.headers["link"].partition(">")[0].removeprefix("<")
    assert table(site.ask(following)) == table(get(site, "network", limit=3, offset=3, format="csv"))
    asked = get(site, "ask/base-operator").json()
    assert [one["name"] for one in asked["defaults"]] == ["base"]
    assert "base was not given" in asked["notes"][0]
    assert "base was not given" in unquote(get(site, "ask/base-operator", format="csv").headers["kg-notes"])
    assert get(site, "ask/base-operator", base="base/guian").json()["defaults"] == []


def test_decimals_keep_their_digits(site: Server) -> None:
    asked = site.ask(API + "ask/land-per-gwh").body.decode()
    numbers = [row["hectares_per_gwh"] for row in json.loads(asked, parse_float=str)["rows"]]
    shown = [row["hectares_per_gwh"] for row in table(site.ask(API + "ask/land-per-gwh?format=csv"))]
    assert [str(number) for number in numbers] == shown


def test_show_is_what_the_graph_shows(site: Server, graph: Graph) -> None:
    told = get(site, "show", entity="base/guian").json()
    assert told.pop("release")
    assert told == json.loads(json.dumps(graph.show("base/guian").to_dict()))


def test_neighbours_are_counted_then_listed(site: Server) -> None:
    counted = get(site, "neighbours", entity="base/guian").json()["rows"]
    first = counted[0]
    listed = get(site, "neighbours", entity="base/guian", relation=first["relation"]).json()
    assert sum(row["direction"] == first["direction"] for row in listed["rows"]) == first["neighbours"]
    for row in listed["rows"]:
        ends = ("base/guian", row["neighbour"])
        subject, value = ends if row["direction"] == "out" else ends[::-1]
        told = get(site, "why", subject=subject, property=row["relation"], value=value).json()["explanations"]
        # A tie that no claim states is there by a rule, which names its premises.
        assert row["claims"] or [(one["kind"], bool(one["premises"])) for one in told] == [("rule", True)]
    stated = get(site, "neighbours", entity="base/guian", relation="baseOf").json()["rows"]
    assert stated
    assert all(row["claims"] for row in stated)


def test_claims_of_a_property_and_of_a_document(site: Server) -> None:
    rows = get(site, "claims", of="base/yanzhou/phase-one", property="landArea").json()["rows"]
    assert {"over 800 acres", "800余亩"} <= {row["value"] for row in rows}
    assert len(get(site, "claims", of="document/shandong-times-60gwh").json()["rows"]) > 20
    one = get(site, "claim", name=rows[0]["claims"][0]).json()
    assert one["record"]["id"] == rows[0]["claims"][0]


def test_why_gives_claims_or_the_rule(site: Server) -> None:
    told = get(site, "why", subject="base/yanzhou/phase-one", property="landArea", value="over 800 acres").json()
    assert told["explanations"][0]["kind"] == "ranked below"
    rule = get(site, "why", subject="base/yanzhou/phase-one", property="currentStatus").json()["explanations"][0]
    assert (rule["kind"], bool(rule["premises"])) == ("rule", True)


def test_questions_answer_as_the_graph_does(site: Server, graph: Graph) -> None:
    questions = site.ask(API + "questions").json()["questions"]
    assert [question["name"] for question in questions] == [question.name for question in graph.questions()]
    # The defaults of some are of the wide release.
    for question in (one for one in questions[::4] if answers(graph, one["name"])):
        chosen = urlencode({one["name"]: one["default"] for one in question["parameters"]})
        told = site.ask(f"{API}ask/{question['name']}?{chosen}").json()
        answer = graph.ask(question["name"])
        assert (told["columns"], len(told["rows"])) == (list(answer.columns), len(answer))


def answers(graph: Graph, question: str) -> bool:
    try:
        graph.ask(question)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("network", {"kind": "process"}),
        ("partners", {"entity": "company/catl"}),
        ("depends", {"entity": "base/guian", "depth": 2}),
        ("depends", {"entity": "company/catl", "on": "true", "stage": ""}),
        ("path", {"one": "company/catl", "other": "base/guian"}),
        ("impact", {"entity": "company/catl-guizhou", "days": 30}),
        ("chokepoints", {}),
        ("concentration", {"by": "stage"}),
        ("circularity", {}),
        ("communities", {}),
        ("gaps", {}),
    ],
)
def test_networks_are_computed_on_as_the_graph_does(
    site: Server, graph: Graph, verb: str, asked: dict[str, Any]
) -> None:
    told = get(site, verb, **asked).json()
    given = {name: value == "true" if name == "on" else value for name, value in asked.items() if value != ""}
    method = graph.edges if verb == "network" else getattr(graph, verb)
    assert len(told["rows"]) == len(method(**given))
    assert len(table(get(site, verb, format="csv", **asked))) == len(told["rows"])


def test_a_picture_comes_as_svg_as_a_page_and_in_words(site: Server) -> None:
    for form, media in (("svg", "image/svg+xml"), ("html", "text/html"), ("txt", "text/plain")):
        reply = site.ask(f"{API}draw?about=company/catl&format={form}")
        assert (reply.status, reply.type) == (200, media)
        assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert site.ask(f"{API}draw?view=map&format=html").status == 400
    assert site.ask(f"{API}draw?about=nobody").status == 404


def test_an_answer_that_is_not_stated_says_so(site: Server) -> None:
    told = site.ask(API + "ask/base-operator").json()
    assert (told["stated"], told["rows"][0]["owner"]) == (True, None)
    assert told["rows"][0]["claims"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("find", 400, "text: Field required"),
        ("find?text=", 400, "at least 1 character"),
        ("find?text=%E2%80%8B", 400, "name is empty"),
        ("find?text=" + "x" * 201, 400, "at most 200"),
        ("find?text=x&limit=0", 400, "limit"),
        ("find?text=x&format=xlsx", 400, "json"),
        ("find?text=CATL&kind=Compny", 404, "'Company'"),
        ("find?text=CATL&place=Atlantis", 404, "Atlantis"),
        ("show?entity=Shandong%20Tims", 404, "did you mean"),
        ("show?entity=", 400, "entity"),
        ("neighbours?entity=base/guian&relation=operater", 404, "operator"),
        ("claims?of=base/guian&property=nothing", 404, "nothing"),
        ("claim?name=claim/x/y", 404, "no claim"),
        ("why?subject=base/guian", 400, "property: Field required"),
        ("ask/base-opertor", 404, "base-operator"),
        ("ask/base-operator?bse=x", 404, "it has: base"),
        ("ask/land-per-gwh?factor=many", 400, "no number"),
        ("ask/base-operator?language=fr", 400, "'en' or 'zh'"),
        ("draw?picture=timeline&entity=base/yanzhou", 400, "'picture'; did you mean 'view'"),
        ("draw?view=timeline&subject=base/yanzhou", 400, "'subject'; did you mean 'entity'"),
        ("draw?view=timeline&depth=2", 409, "timeline cannot be drawn by depth"),
        ("network?netwrk=supply", 400, "'netwrk'; did you mean 'network'"),
        ("gaps?region=place/guizhou", 400, "gaps has no parameter 'region'"),
        ("find?text=CATL&text=BYD", 400, "text is given twice"),
        ("kinds?formt=csv", 400, "did you mean 'format'"),
        ("nothing", 404, "/api/v1/nothing"),
        ("match", 405, "GET"),
    ],
)
def test_a_wrong_request_is_told_what_to_do(site: Server, path: str, status: int, words: str) -> None:
    reply = site.ask(API + path)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert words in reply.json()["detail"]


def post(site: Server, body: bytes, media: str, query: str = "", **headers: str) -> Reply:
    return site.ask(f"{API}match{query}", method="POST", body=body, source="", Content_Type=media, **headers)


def test_a_file_comes_back_with_ids(site: Server) -> None:
    file = '公司,地区\r\nCATL,\r\n"Envison, Ltd",x\r\nCATL,Fujian\r\n'.encode()
    rows = table(post(site, file, "text/csv; charset=utf-8", f"?column={quote('公司')}&kind=Company"))
    assert [row["公司"] for row in rows] == ["CATL", "Envison, Ltd", "CATL"]
    assert (rows[0]["kg_id"], rows[0]["kg_match"]) == ("company/catl", "true")
    assert rows[1]["kg_match"] == "false"
    assert (
        post(site, file, "text/csv", f"?column={quote('公司')}", Accept="application/json").json()["columns"][0]
        == "公司"
    )


def test_rows_come_back_with_candidates(site: Server) -> None:
    body = {"rows": [{"name": "CATL", "kind": "Company"}, {"name": "zzzz"}, {"name": "  "}], "limit": 2}
    results = post(site, json.dumps(body).encode(), "application/json").json()["results"]
    assert [bool(one["candidates"]) for one in results] == [True, False, False]
    assert results[0]["candidates"][0]["match"] is True


@pytest.mark.parametrize(
    ("body", "media", "query", "status", "words"),
    [
        (b'name\n"x" y\n', "text/csv", "", 400, "line 2"),
        (b"name,town\nx,y,z\n", "text/csv", "", 400, "line 2: the row has 3 cells"),
        (b"firm\nx\n", "text/csv", "?column=frm", 404, "'firm'"),
        (b"name\n\xff\n", "text/csv", "", 400, "line 2: the file is not UTF-8"),
        (b"", "text/csv", "", 400, "empty"),
        (b"name\n" + b"x\n" * 10_001, "text/csv", "", 400, "10,000 rows"),
        (b"x" * 5_000_001, "text/csv", "", 413, "5,000,000"),
        (b"name\nx\n", "text/csv", "?trait=province", 400, "TRAIT=COLUMN"),
        (b"name,x\nCATL,y\n", "text/csv", "?trait=provnce=x", 404, "province"),
        (b"name\nx\n", "application/xml", "", 415, "text/csv"),
        (b"{", "application/json", "", 400, "JSON"),
        (b'{"rows": []}', "application/json", "", 400, "rows"),
        (b'{"rows": [{"nam": "x"}]}', "application/json", "", 400, "rows.0.name"),
    ],
)
def test_a_table_that_cannot_be_matched_is_told_where(
    site: Server, body: bytes, media: str, query: str, status: int, words: str
) -> None:
    reply = post(site, body, media, query)
    assert (reply.status, reply.type) == (status, "application/problem+json")
    assert words in reply.json()["detail"]


def test_a_row_that_ends_early_has_nothing_in_its_last_cells(site: Server) -> None:
    short = post(site, b"name,town\nCATL\n", "text/csv", "?column=name")
    whole = post(site, b"name,town\nCATL,\n", "text/csv", "?column=name")
    assert (short.status, short.body) == (200, whole.body)


def test_a_long_file_is_matched_whole(site: Server) -> None:
    file = "name\n" + "".join(f"CATL {number}\n" for number in range(350))
    assert len(table(post(site, file.encode(), "text/csv"))) == 350
