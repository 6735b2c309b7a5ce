"""The page in a real browser: it asks for nothing, hostile names stay text, and its policy shuts the network off."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.draw import DrawRequest, Scene, Words, draw
from kg.draw.relations.page import RelationsPage, content_policy, embed_json
from kg.graph import Graph
from tests.support.hostile_names import HOSTILE, hostile_networks

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Scripts(HTMLParser):
    """Collects what a page would run or load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def hostile_page(graph: Graph) -> str:
    networks = hostile_networks(graph)
    scene = Scene(graph.release, graph._provenance, networks, networks.edges, Words("en"))
    return draw("relations", scene, DrawRequest("base/guian", depth=2)).page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip("no Chromium is at hand")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """An opened page with all it asked for, said and was refused."""

    def __init__(self, browser: Browser, path: Path) -> None:
        self.page: Page = browser.new_page()
        self.address = path.as_uri()
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: self.messages.append(f"dialog {dialog.message}"))
        self.page.goto(self.address)
        self.page.wait_for_selector("html[data-ready=yes]")


@pytest.fixture
def visit(browser: Browser, hostile_page: str, tmp_path: Path) -> Iterator[Visit]:
    path = tmp_path / "page.html"
    path.write_text(hostile_page, "utf-8")
    found = Visit(browser, path)
    yield found
    found.page.close()


def test_no_request_leaves_the_page(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Light or dark").click()
    visit.page.locator("td button").first.click()
    visit.page.fill("#search", "a")
    visit.page.keyboard.press("Enter")
    for box in visit.page.locator("fieldset input").all():
        box.click()
    assert [address for address in visit.requests if address != visit.address] == []
    assert visit.messages == []


def test_hostile_names_stay_text_in_the_browser(visit: Visit) -> None:
    rows = visit.page.locator("td bdi").all_inner_texts()
    assert any("<img src=x onerror=alert(1)>" in row for row in rows)
    assert visit.page.locator("img, iframe, object, embed, b").count() == 0
    assert visit.page.locator("script").count() == 3
    visit.page.locator("td button").first.click()
    assert visit.page.locator("#details img, #details script").count() == 0
    assert visit.page.locator("#details .who").inner_text()
    assert visit.messages == []


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Listen on this machine; gives the address and the list of what was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_policy_shuts_the_network_off(visit: Visit, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    refused = visit.page.evaluate(
        """async (address) => {
          const refused = [];
          document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
          const image = new Image();
          image.src = address + "pixel.png";
          const script = document.createElement("script");
          script.textContent = "window.injected = true";
          document.body.append(image, script);
          let fetched = true;
          try { await fetch(address); } catch { fetched = false; }
          await new Promise((done) => setTimeout(done, 300));
          return { refused, fetched, ran: Boolean(window.injected) };
        }""",
        address,
    )
    assert set(refused["refused"]) >= {"img-src", "connect-src", "script-src-elem"}
    assert not refused["fetched"]
    assert not refused["ran"]
    assert asked == []


def test_what_the_policy_stops_would_arrive(browser: Browser, listener: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = listener
    (tmp_path / "open.html").write_text("<!DOCTYPE html><title>no policy</title>", "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "open.html").as_uri())
    page.evaluate("async (address) => { await fetch(address, { mode: 'no-cors' }) }", address)
    page.close()
    assert asked == ["/"]


def test_it_can_be_searched_and_filtered(browser: Browser, graph: Graph, tmp_path: Path) -> None:
    path = graph.draw("relations", "base/guian").save(tmp_path / "guian.html")
    page = Visit(browser, path).page
    page.fill("#search", "贵州时代")
    page.locator("#hits button").first.click()
    assert page.locator("#details .who").inner_text() == "CATL Guizhou"
    before = page.locator("tbody tr:visible").count()
    page.locator("input[data-network=location]").uncheck()
    assert 0 < page.locator("tbody tr:visible").count() < before
    page.locator("tbody tr:visible td button").first.click()
    shown = page.locator("#details .claim").first.inner_text()
    assert all(word in shown for word in ("Publisher", "Published", "Grade", "Position", "Mode", "Claim"))
    assert page.evaluate("document.activeElement.id") == "details"
    page.close()


def test_a_line_can_be_pointed_at_and_chosen(browser: Browser, graph: Graph, tmp_path: Path) -> None:
    page = Visit(browser, graph.draw("relations", "base/guian").save(tmp_path / "guian.html")).page
    frame = page.locator("#picture").bounding_box()
    assert frame is not None
    pointed = False
    for at in range(0, int(frame["height"]), 2):
        page.mouse.move(frame["x"] + frame["width"] * 0.36, frame["y"] + at)
        if page.locator("#picture").evaluate("element => element.style.cursor") == "pointer":
            page.mouse.click(frame["x"] + frame["width"] * 0.36, frame["y"] + at)
            pointed = True
            break
    assert pointed
    page.wait_for_selector("#details section")
    assert page.locator("tr.chosen").count() == 1
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_begins_at_a_size_at_which_it_is_read(
    browser: Browser, wide_graph: Graph, tmp_path: Path, width: int
) -> None:
    """Of three hundred boxes the whole would be a grey mat; letters that cannot be read are left out."""
    path = wide_graph.draw("relations", "company/catl", limit=300).save(tmp_path / "catl.html")
    page = browser.new_page(viewport={"width": width, "height": 900})
    # What is written on the canvas is noted down, with the size that it comes to on the screen.
    page.add_init_script(
        """window.written = [];
        const write = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
          const turn = this.getTransform(), at = turn.transformPoint(new DOMPoint(x, y));
          const scale = turn.a / devicePixelRatio, { width, height } = this.canvas;
          const inside = at.x > 0 && at.x < width && at.y > 0 && at.y < height;
          written.push([parseFloat(this.font.match(/([0-9.]+)px/)[1]) * scale, inside]);
          return write.call(this, text, x, y);
        };"""
    )
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    page.wait_for_timeout(500)
    page.evaluate("written.length = 0; document.getElementById('theme').click()")
    page.wait_for_timeout(300)
    seen = [size for size, inside in page.evaluate("written") if inside]
    assert len(seen) > 15
    assert min(seen) > 6
    page.evaluate("written.length = 0; document.getElementById('fit').click()")
    page.wait_for_timeout(300)
    assert all(size >= 6 for size, _ in page.evaluate("written"))
    page.close()


def test_a_page_without_ties_says_so(graph: Graph) -> None:
    page = graph.draw("relations", "base/guian", status="Retired").page
    assert "Nothing to draw" in page
    assert "That is not a no" in page


def test_the_page_is_one_file_that_loads_nothing(hostile_page: str) -> None:
    tags = Scripts(hostile_page).tags
    assert not any({"src", "srcset", "background"} & set(attributes) for _, attributes in tags)
    assert not any(tag in ("link", "img", "iframe", "base", "object", "embed") for tag, _ in tags)
    (policy,) = (one["content"] for _, one in tags if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert len([tag for tag, _ in tags if tag == "script"]) == 3
    assert not any(re.match("on[a-z]+", name) for _, attributes in tags for name in attributes)
    assert "@import" not in hostile_page
    assert len(hostile_page) < 1_500_000


def test_data_cannot_end_its_script() -> None:
    text = str(embed_json(list(HOSTILE)))
    assert "<" not in text
    assert "\u2028" not in text


def test_a_policy_names_the_digest_of_each_script() -> None:
    # echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    assert "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in content_policy(["alert(1)"])


def test_the_template_of_pyvis_is_never_used() -> None:
    with pytest.raises(NotImplementedError):
        RelationsPage().generate_html()
