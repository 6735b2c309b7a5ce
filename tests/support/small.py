"""A small invented world for tests: a battery maker, its base, one report with a text of its own.

Nothing here is about anybody; the ontology is the real one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.cards.files import CardFile, Cards
from kg.cards.findings import Finding
from kg.cards.quads import iterate_quads
from kg.cards.texts import slice_digest
from kg.cards.yaml_reader import Reader
from kg.checks.structure import check_cards
from kg.claims.assemble import assemble
from kg.claims.rules import Rule
from kg.ontology.source import read_context
from kg.ontology.vocabulary import Vocabulary, load_vocabulary
from kg.provenance.lineage import Lineage
from kg.provenance.provenance import Provenance
from kg.questions.loader import read_rule_lineages
from kg.rdf.namespaces import BASE, PREFIXES, kind_of
from kg.rdf.store import Store

ONTOLOGY = Path(__file__).parents[2] / "ontology"

# Characters of one, two, three and four bytes stand before the figures.
WORDS = "Anhe 安河 – \N{BATTERY} – plans over 800 acres at Luming, with 30 GWh per year by February 2031.\n"

ENTITIES = """\
entities:
  - id: company/anhe
    type: Company
    name: {en: Anhe Batteries, zh: 安河电池}
    alias: {en: [Anhe]}
  - id: base/luming
    type: Base
    name: {en: Luming base, zh: 路明基地}
  - id: place/luming
    type: Place
    name: {en: Luming}
"""

JUDGEMENTS = """\
judgements:
  - id: judgement/body-and-place
    leftEntity: base/luming
    rightEntity: place/luming
    verdict: DifferentEntity
    reason: {en: The one stands in the other.}
"""


def cited(words: str, text: str = WORDS) -> str:
    """Give the evidence of some words of a text, as a card writes it."""
    start = text.index(words)
    return f"{{start: {start}, end: {start + len(words)}, digest: {slice_digest(words)}}}"


DOCUMENT = f"""\
id: document/report
type: NewsArticle
title: {{en: A report, zh: 报道}}
publisher: company/anhe
published: 2022-02
language: en
sourceGrade: Press
sha256: {hashlib.sha256(WORDS.encode()).hexdigest()}
length: {len(WORDS)}
claims:
  - id: claim/report/operator
    evidence: {cited(WORDS[: WORDS.index(" over")])}
    says: {{id: base/luming, operator: company/anhe}}
  - id: claim/report/land
    mode: Planned
    evidence: {cited("plans over 800 acres")}
    says:
      id: base/luming
      landArea: {{verbatim: over 800 acres, value: 800, unit: acre, bound: MoreThan}}
  - id: claim/report/status
    mode: Expected
    evidence: {cited("30 GWh per year by February 2031")}
    says:
      id: base/luming
      status: {{statusValue: Operating, asOf: {{verbatim: February 2031, edtf: 2031-02}}}}
"""


def write_cards(data: Path) -> None:
    """Write the entities and judgements of the small world as a data folder has them: a file for each kind."""
    for name, text in (("entities", ENTITIES), ("judgements", JUDGEMENTS)):
        (data / name).mkdir(parents=True, exist_ok=True)
        for block in text.split("  - id: ")[1:]:
            entity = re.search(r"leftEntity: (\S+)", block) or re.match(r"(\S+)", block)
            assert entity
            path = data / name / f"{kind_of(entity[1])}.yaml"
            path.write_text(f"{name}:\n  - id: {block}", encoding="utf-8")


@cache
def vocabulary() -> Vocabulary:
    """Read the real ontology, once."""
    return load_vocabulary(ONTOLOGY)


@cache
def context() -> dict[str, Any]:
    """Read the real context, once."""
    return read_context(ONTOLOGY)


def card(folder: Path, text: str, name: str = "report") -> CardFile:
    """Read a card from a text."""
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    reader = Reader(path, f"data/{name}.yaml")
    tree = reader.read()
    assert not reader.findings
    assert isinstance(tree, dict)
    return CardFile(path, reader.shown, tree)


def world(folder: Path, document: str = DOCUMENT, entities: str = ENTITIES, judgements: str = JUDGEMENTS) -> Cards:
    """Read the small world, or one in which some text is another."""
    return Cards(
        [card(folder, document)], [card(folder, entities, "entities")], [card(folder, judgements, "judgements")]
    )


def checked(folder: Path, *edits: tuple[str, str], more: str = "") -> list[Finding]:
    """Check the small world after replacing words in its cards, or adding lines to the document."""
    return check_cards(edited(folder, *edits, more=more), vocabulary())


def edited(folder: Path, *edits: tuple[str, str], more: str = "") -> Cards:
    """Read the small world after replacing words, each in the one card where they stand."""
    texts = [DOCUMENT + more, ENTITIES, JUDGEMENTS]
    for old, new in edits:
        assert sum(old in text for text in texts) == 1, f"{old!r} does not stand in one card of the small world"
        texts = [text.replace(old, new, 1) for text in texts]
    return world(folder, *texts)


def codes(findings: list[Finding]) -> set[str]:
    """Give the kinds of some findings."""
    return {finding.code for finding in findings}


def quads(cards: Cards) -> Iterator[ox.Quad]:
    """Turn cards into quads with the real ontology."""
    return iterate_quads(cards, vocabulary(), context())


@cache
def rules() -> dict[str, tuple[Rule, Lineage]]:
    """Read the real rules, once."""
    return {rule.name: (rule, lineage) for rule, lineage in read_rule_lineages(ONTOLOGY / "rules")}


def grounds_of(cards: Cards) -> Provenance:
    """Assemble cards with the real ontology and rules, as a release does."""
    filled = Store()
    assemble(cards, vocabulary(), ONTOLOGY, filled)
    return Provenance(filled, rules())


def store(trig: str) -> Store:
    """Fill a store from TriG with our prefixes and minted ids as relative IRIs."""
    names = PREFIXES | {"x": "https://example.org/"}
    head = f"@base <{BASE}> .\n" + "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in names.items())
    filled = ox.Store()
    filled.load((head + trig).encode(), format=ox.RdfFormat.TRIG)
    return filled
