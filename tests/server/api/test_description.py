"""The description at /openapi.json is true: of all that it allows and forbids, each is answered as it says."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from kg.names.normalize import normalize
from kg.server.app import ROUTERS
from tests.support.serving import Server

MOST_SECONDS = 900
SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "schemathesis"
ROOT = Path(__file__).parents[3]
CONFIG = Path(__file__).with_name("schemathesis.toml")
# What any address may answer, whatever it is asked for.
ANYWHERE = {"408", "414", "421", "429", "431", "500", "503", "504"}
# Where the form of an error is that of a protocol or of a file: of health checks, of JSON-RPC, of ranges.
OWN_FAULTS = {
    "/health": {"503"},
    "/mcp": {"400", "403", "406", "413"},
    "/dumps/{name}": {"400", "416"},
    "/static/{name}": {"400", "416"},
}


@pytest.fixture(scope="module")
def described(site: Server) -> Any:
    return site.ask("/openapi.json").json()


def operations(described: Any) -> list[tuple[str, str, Any]]:
    return [(path, method, one) for path, methods in described["paths"].items() for method, one in methods.items()]


def test_each_fault_is_described_as_a_problem(described: Any) -> None:
    assert len(operations(described)) > 40
    for path, _, operation in operations(described):
        faults = {code: answer for code, answer in operation["responses"].items() if int(code) >= 400}
        assert faults.keys() >= ANYWHERE, path
        own = OWN_FAULTS.get(path, set())
        for code, answer in faults.items():
            if code not in own:
                content = dict(answer["content"])
                # Whoever would rather read a page gets the error as one.
                assert content.pop("text/html", {"schema": {"type": "string"}}) == {"schema": {"type": "string"}}
                assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}, (
                    path,
                    code,
                )


def test_every_address_of_the_server_is_described(described: Any) -> None:
    routes = {route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}
    # A path with slashes has one name there; an address that only lacks the last slash is described with it.
    plain = {path.replace(":path}", "}") for path in routes} - {"/dumps"}
    assert plain | {"/sparql", "/mcp"} == set(described["paths"])


def test_each_reference_leads_to_a_schema(described: Any) -> None:
    references = set(re.findall(r"'#/components/schemas/(\w+)'", str(described)))
    assert len(references) > 20
    assert references <= described["components"]["schemas"].keys()
    assert "$defs" not in str(described)


def test_a_name_with_content_is_described_as_one(described: Any) -> None:
    parameters = described["paths"]["/api/v1/find"]["get"]["parameters"]
    pattern = re.compile(next(one["schema"]["pattern"] for one in parameters if one["name"] == "text"))
    # The normal forms of all would take long; what lies between holds ideographs and syllables only.
    for code in (*range(0x3100), *range(0xFE00, 0x11200), *range(0xE0000, 0xE0100)):
        assert bool(pattern.search(chr(code))) == bool(normalize(chr(code))), hex(code)


def test_the_description_is_true_whatever_is_asked(site: Server, tmp_path: Path) -> None:
    """Run schemathesis with all its checks and phases: examples, coverage, fuzzing, sequences of requests."""
    address = f"http://127.0.0.1:{site.port}/openapi.json"
    phases = "examples,coverage,fuzzing,stateful"
    options = ("--checks", "all", "--phases", phases, "--max-examples", "4", "--seed", "7", "--no-color")
    hooks = {"SCHEMATHESIS_HOOKS": "tests.server.api.schemathesis_hooks", "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", **hooks}
    ended = subprocess.run(
        [SCHEMATHESIS, "--config-file", CONFIG, "run", address, *options],
        cwd=tmp_path, env=environment, capture_output=True, timeout=MOST_SECONDS, check=False,
    )  # fmt: skip
    told = ended.stdout.decode()
    assert ended.returncode == 0, told[-5000:]
    assert re.search(r"Tested: (\d+)", told)[1] == str(len(operations(site.ask("/openapi.json").json())))  # type: ignore[index]
