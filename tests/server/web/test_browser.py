"""The pages in a real browser: they look like something, ask nobody else for anything, and need no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGES = ["/", "/search?text=ningde", "/id/base/guian", "/id/claim/shandong-times-60gwh/phase-one-land", "/ontology"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip("no Chromium is at hand")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_styled_within_its_policy_and_asks_only_here(
    site: Server, browser: Browser, path: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", java_script_enabled=False)
    page = context.new_page()
    requests, messages = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"http://127.0.0.1:{site.port}{path}")
    picture = page.screenshot()
    context.close()
    assert messages == []
    assert all(url.startswith(f"http://127.0.0.1:{site.port}/") for url in requests)
    assert any("/static/style.css" in url for url in requests)
    assert len(picture) > 15_000


def test_claims_open_without_a_script_and_the_picture_is_styled(site: Server, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"http://127.0.0.1:{site.port}/id/base/yanzhou/phase-one")
    claims = page.locator("details.claims").first
    assert not claims.locator("ol").is_visible()
    claims.locator("summary").click()
    assert claims.locator("ol").is_visible()
    # Refused by the policy, the style of the picture would be told on the console.
    assert messages == []
    assert page.locator("figure.picture svg").is_visible()
    context.close()
