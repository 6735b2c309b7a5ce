"""Behind a proxy: every link leads to the public address, under a path too, whatever host a request names."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from tests.support.serving import Reply, Server, serving

SITE = "https://good.example/g"
EVIL = "evil.example"
MOST_PAGES = 120


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    flags = ("--public", SITE, "--client-seconds", "100000", "--access-log", "none")
    with serving(release_folder, tmp_path_factory.mktemp("public"), *flags) as running:
        yield running
        assert "Traceback" not in running.log.read_text("utf-8")


def ask(server: Server, path: str, host: str = EVIL, method: str = "GET", **headers: str) -> Reply:
    """Ask as a proxy does that passes on whatever host its client named."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": host, **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        reply = connection.getresponse()
        return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())


def addresses(page: str, attributes: str) -> list[str]:
    """Give the addresses in these attributes in one order, so that every run walks the same pages."""
    return sorted({unescape(found) for found in re.findall(rf'(?:{attributes})="([^"#]+)', page)})


def test_all_links_lead_to_the_public_address(server: Server) -> None:
    waiting, seen = ["/g/"], {"/g/"}
    sorts: set[tuple[str, str]] = set()
    answered = 0
    while waiting and answered < MOST_PAGES:
        path = waiting.pop(0)
        reply = ask(server, path, Accept="text/html, */*;q=0.8")
        answered += 1
        assert reply.status < 400 or "/query" in path, (path, reply.status)
        told = reply.body.decode("utf-8", "replace") + " ".join(reply.headers.values())
        assert EVIL not in told, path
        assert "127.0.0.1" not in " ".join(reply.headers.values()), path
        if reply.type != "text/html":
            continue
        page = reply.body.decode("utf-8")
        # A form's address is asked with its fields, so it is read here and not walked.
        for action in addresses(page, "action"):
            assert action.startswith(("/g/", SITE)), (path, action)
        for link in addresses(page, "href|src"):
            assert link.startswith(("/g/", SITE, "https://", "http://", "mailto:")), (path, link)
            sort = re.sub(r"[^/]*$", "", link.partition("?")[0])
            # Of each sort of page a few, so that all sorts are walked.
            if link.startswith("/g/") and link not in seen and len([one for one in sorts if one[0] == sort]) < 6:
                sorts.add((sort, link))
                seen.add(link)
                waiting.append(link)
    assert answered > 40


@pytest.mark.parametrize("prefix", ["", "/g"])
@pytest.mark.parametrize(
    ("path", "accept", "told"),
    [
        ("/reconcile", "*/*", f"{SITE}/reconcile"),
        ("/reconcile/v1", "*/*", f"{SITE}/docs"),
        ("/sparql", "text/turtle", f"<{SITE}/sparql>"),
        ("/sitemap.xml", "*/*", f"{SITE}/sitemap-1.xml"),
        ("/sitemap-1.xml", "*/*", f"{SITE}/id/"),
        ("/robots.txt", "*/*", f"{SITE}/sitemap.xml"),
        ("/llms.txt", "*/*", f"{SITE}/api/v1/find"),
        ("/dumps/", "application/json", f"{SITE}/dumps/graph.nq"),
        ("/.well-known/void", "text/turtle", SITE),
        ("/openapi.json", "*/*", f'"url":"{SITE}"'),
    ],
)
def test_descriptions_name_the_public_address(server: Server, prefix: str, path: str, accept: str, told: str) -> None:
    reply = ask(server, prefix + path, Accept=accept)
    text = reply.body.decode()
    assert (reply.status, told in text, EVIL in text) == (200, True, False), text[:500]


@pytest.mark.parametrize("prefix", ["", "/g"])
@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/reconcile/view?id=company/catl", "/id/company/catl"),
        ("/reconcile/view?id=Company", "/concept/Company"),
        ("/coverage/", "/coverage"),
        ("/sparql", "/query"),
    ],
)
def test_redirects_lead_there_too(server: Server, prefix: str, path: str, leads: str) -> None:
    reply = ask(server, prefix + path, Accept="text/html")
    assert 300 <= reply.status < 400
    assert reply.headers["location"] in (f"{SITE}{leads}", f"/g{leads}")


def test_tools_are_protected_by_the_host_that_was_really_named(server: Server) -> None:
    def post(host: str) -> int:
        return ask(server, "/mcp", host, "POST", Content_Type="application/json", Content_Length="0").status

    assert post("127.0.0.1") != 421
    assert post("good.example") == 421
    assert post(EVIL) == 421


def test_only_hosts_that_are_named_are_answered(release_folder: Path, tmp_path: Path) -> None:
    with serving(release_folder, tmp_path, "--public", SITE, "--hosts", "other.example") as running:
        for host in ("good.example", "GOOD.example:443", "other.example", "localhost:8000", "127.0.0.1", "[::1]:80"):
            assert ask(running, "/health", host).status == 200, host
        for host in (EVIL, "localhost:1@evil.example", "good.example.evil.example", "x y", ""):
            reply = ask(running, "/health", host)
            assert (reply.status, reply.type) == (421, "application/problem+json"), host
