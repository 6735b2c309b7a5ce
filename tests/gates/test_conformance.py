"""The W3C test suites of SPARQL 1.1 against a server in its test mode, over HTTP, where the suites are at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import Server, serving

ROOT = Path(__file__).parents[2]
SUITES = ROOT.parent / "shared" / "conformance" / "sparql_conformance.py"
LIST = Path(__file__).with_name("conformance-expected-failures.txt")
# The suites' runner forks for each test; what is imported before is not imported hundreds of times.
RUN = "import requests, runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
# As many tests as each suite has; those that it skips need another server.
SIZES = {
    "protocol": 34,
    "gsp-indirect": 9,
    "gsp-direct": 4,
    "sparql11-query": 328,
    "sparql11-update": 157,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("conformance")
    if not SUITES.exists():
        pytest.skip("the test suites are not at hand")
    with serving(folder, folder, "--test-mode", "--client-seconds", "1000000", "--access-log", "none") as running:
        yield running


def expected(suite: str) -> set[str]:
    lines = (line.split() for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {name for told, name in lines if told == suite}


@pytest.mark.parametrize("suite", SIZES)
def test_the_suite_fails_just_where_it_is_known_to(server: Server, tmp_path: Path, suite: str) -> None:
    pytest.importorskip("requests")
    url, told = f"http://127.0.0.1:{server.port}", tmp_path / "told.json"
    targets = ["--query-url", url + "/sparql", "--update-url", url + "/sparql", "--gsp-url", url + "/graph-store"]
    command = [sys.executable, "-c", RUN, str(SUITES), "--engine", "http", "--suite", suite, "--json", str(told)]
    subprocess.run([*command, *targets], check=True, capture_output=True, timeout=300)
    results = json.loads(told.read_text("utf-8"))[suite]
    failed = {name for status, name, *_ in results["bad"] if status != "lenient"}
    assert failed == expected(suite)
    assert sum(results["counts"].values()) - results["counts"].get("skip", 0) == SIZES[suite]


def test_the_list_names_suites_that_are_run() -> None:
    lines = [line.split()[0] for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert set(lines) <= set(SIZES)
    assert len(lines) == 10
