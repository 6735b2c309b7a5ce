"""The rules for w3id.org send every address of ours to the path at which a server answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from rdflib import URIRef

from kg.rdf.namespaces import ROOT as OURS
from tests.gates.test_docs import fenced
from tests.support.ontology import ALIGNMENTS, MODULES, read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "w3id.md"
SERVER = "https://graph.example.org/"

Rule = tuple[re.Pattern[str], str, int]


def read_rules(text: str) -> list[Rule]:
    """Read the rules as Apache does: a pattern of the path, where it goes, and with which status."""
    lines = re.findall(r"^RewriteRule (\S+) (\S+) \[R=(30\d),L\]$", text, re.MULTILINE)
    return [(re.compile(pattern), re.sub(r"\$(\d)", r"\\\1", goal), int(status)) for pattern, goal, status in lines]


def redirect(rules: Iterable[Rule], iri: str) -> tuple[int, str] | None:
    """Give where the first rule that matches sends an address; None where none does."""
    path = iri.removeprefix(OURS).partition("#")[0]
    for pattern, goal, status in rules:
        if found := pattern.search(path):
            return status, found.expand(goal)
    return None


def astray(rules: list[Rule], iris: Iterable[str]) -> list[str]:
    """Find addresses that no rule sends to the same path of the server."""
    found = {iri: redirect(rules, iri) for iri in iris}
    return sorted(
        iri
        for iri, goal in found.items()
        if goal is None or goal[1] != SERVER + iri.removeprefix(OURS).partition("#")[0]
    )


def rules_of_the_page() -> list[Rule]:
    [block] = fenced(PAGE.read_text("utf-8"), "apache")
    rules = read_rules(block)
    assert len(rules) == block.count("RewriteRule")
    return rules


def test_every_address_of_the_ontology_and_the_cards_is_sent_on() -> None:
    used = {str(node) for triple in read(*MODULES, *ALIGNMENTS) for node in triple if isinstance(node, URIRef)}
    ids = re.compile(r"^\s*-? ?id: ([a-z]+/[\w/-]+)$", re.MULTILINE)
    used |= {OURS + "id/" + name for path in (ROOT / "data" / "entities").rglob("*.yaml")
             for name in ids.findall(path.read_text("utf-8"))}  # fmt: skip
    used |= {OURS + "rule/" + path.stem for path in (ROOT / "ontology" / "rules").glob("*.rq")}
    used |= {OURS + part for part in ("graph/ledger", "graph/ontology", "graph/entities", "sparql", "")}
    ours = {iri for iri in used if iri.startswith(OURS)}
    assert len(ours) > 5000
    assert astray(rules_of_the_page(), ours) == []


def test_things_are_no_pages() -> None:
    assert redirect(rules_of_the_page(), OURS + "id/company/catl") == (303, SERVER + "id/company/catl")


def test_an_address_that_ends_nowhere_is_found() -> None:
    rules = read_rules("RewriteRule ^id/(.+)$ https://graph.example.org/id/$1 [R=303,L]")
    assert astray(rules, [OURS + "id/company/catl", OURS + "unit/MU_CN"]) == [OURS + "unit/MU_CN"]
    wrong = read_rules("RewriteRule ^id/(.+)$ https://graph.example.org/$1 [R=303,L]")
    assert astray(wrong, [OURS + "id/company/catl"]) == [OURS + "id/company/catl"]
