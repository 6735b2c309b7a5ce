"""The ontology as a reference: what a version said stays told, labels mean one thing, properties read both ways.

Each check is a function that gives a list of findings, tried on our Turtle, where it must find nothing, and on a small
bad graph, where it must find something.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Literal, URIRef

from tests.gates.test_ontology import faults
from tests.support.ontology import (
    KG,
    MODULE,
    MODULES,
    ONTOLOGY,
    PROPERTY_KINDS,
    SCHEMA,
    Triples,
    bad,
    classes,
    properties,
    read,
    terms,
)  # fmt: skip
from tools.write_version import fingerprints, version_text

ROOT = ONTOLOGY.parent
VERSIONS = sorted((ONTOLOGY / "versions").glob("*.csv"), key=lambda path: [int(n) for n in path.stem.split(".")])
UMBRELLA = URIRef(str(MODULE).rstrip("/"))


@pytest.fixture(scope="module")
def modules() -> Triples:
    return read(*MODULES)


# --- one label, one meaning --------------------------------------------------------------

# Two sorts of term that may share labels, and why.
MAY_SHARE = {
    frozenset({KG.UnitKind, KG.Measure}): "a kind of unit is called after what its units measure, as the measure is",
}


def sort_of(graph: Triples, term: URIRef) -> str:
    """Tell whether a term is a class, a property, a unit or a concept: within one of these a label means one thing."""
    if term in classes(graph):
        return "class"
    if term in properties(graph):
        return "property"
    return "unit" if (term, RDF.type, KG.Unit) in graph else "concept"


def shared_labels(graph: Triples) -> list[str]:
    """Find labels that two terms of a sort share in a language."""
    seen = defaultdict(set)
    for term in terms(graph):
        for label in graph.objects(term, RDFS.label):
            seen[sort_of(graph, term), label].add(term)
    pairs = ((label, pair) for (_, label), found in seen.items() for pair in combinations(sorted(found), 2))
    return sorted({str(label) for label, pair in pairs if not may_share(graph, *pair)})


def may_share(graph: Triples, left: URIRef, right: URIRef) -> bool:
    return any(
        frozenset({a, b}) in MAY_SHARE for a in graph.objects(left, RDF.type) for b in graph.objects(right, RDF.type)
    )


def test_no_two_terms_of_a_sort_share_a_label(modules: Triples) -> None:
    assert shared_labels(modules) == []
    twins = (f'kg:{name} a owl:Class ; rdfs:isDefinedBy m:x ; rdfs:label "a"@en .' for name in ("A", "B"))
    assert shared_labels(bad(" ".join(twins))) == ["a"]
    concepts = (f'kg:{n} a kg:{n}Kind ; rdfs:isDefinedBy m:x ; rdfs:label "a"@en .' for n in ("A", "B"))
    assert shared_labels(bad(" ".join(concepts))) == ["a"]


def test_what_may_share_labels_does(modules: Triples) -> None:
    for first, second in map(sorted, MAY_SHARE):
        labels = [{o for t in modules.subjects(RDF.type, kind) for o in modules.objects(t, RDFS.label)}
                  for kind in (first, second)]  # fmt: skip
        assert labels[0] & labels[1]


# A claim is 主张 in all our Chinese; these words say it otherwise.
OTHER_WORDS_FOR_CLAIM = ("论断", "断言")


def other_words(text: str) -> list[str]:
    return [word for word in OTHER_WORDS_FOR_CLAIM if word in text]


def test_one_chinese_word_for_claim() -> None:
    files = [*ONTOLOGY.rglob("*.ttl"), *ONTOLOGY.rglob("*.rq"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md"),
             *(ROOT / "kg").rglob("*.py"), *(ROOT / "kg").rglob("*.html"), *(ROOT / "kg").rglob("*.jinja")]  # fmt: skip
    assert {path.name: words for path in files if (words := other_words(path.read_text("utf-8")))} == {}
    assert other_words("这条论断没有依据。") == ["论断"]


# --- both ways ---------------------------------------------------------------------------


def one_way(graph: Triples) -> list[URIRef]:
    """Find relations between things that have no words for the way back, in both languages.

    Relations to a concept or a value alone may do without, and a symmetric one is its own way back.
    """
    found = []
    for prop in graph.subjects(RDF.type, OWL.ObjectProperty):
        ranges = set(graph.objects(prop, SCHEMA.rangeIncludes))
        leads = any(node == RDFS.Resource or (node in classes(graph) and is_thing(graph, node)) for node in ranges)
        told = {text.language for text in graph.objects(prop, KG.inverseLabel)}
        if leads and told != {"en", "zh"} and (prop, RDF.type, OWL.SymmetricProperty) not in graph:
            found.append(prop)
    return sorted(found)


def is_thing(graph: Triples, kind: URIRef) -> bool:
    above = set(graph.transitive_objects(kind, RDFS.subClassOf))
    return not above & {SKOS.Concept, KG.Value}


def test_relations_between_things_read_both_ways(modules: Triples) -> None:
    assert one_way(modules) == []
    turtle = (
        'kg:Site a owl:Class . kg:in a owl:ObjectProperty ; schema:rangeIncludes kg:Site ; kg:inverseLabel "x"@en .'
    )
    assert one_way(bad(turtle)) == [KG["in"]]


def ambiguous_ways_back(graph: Triples) -> list[str]:
    """Find words for the way back that two properties share, or that are the label of a property: ask that one."""
    seen = defaultdict(set)
    for prop, words in graph.subject_objects(KG.inverseLabel):
        seen[words].add(prop)
    labels = {label for prop in properties(graph) for label in graph.objects(prop, RDFS.label)}
    return sorted(str(words) for words, found in seen.items() if len(found) > 1 or words in labels)


def test_the_way_back_means_one_thing(modules: Triples) -> None:
    assert ambiguous_ways_back(modules) == []
    turtle = 'kg:a a owl:ObjectProperty ; rdfs:label "b"@en . kg:c kg:inverseLabel "b"@en , "d"@en . '
    assert ambiguous_ways_back(bad(turtle + 'kg:e kg:inverseLabel "d"@en .')) == ["b", "d"]


def unclosed(graph: Triples) -> list[URIRef]:
    """Find transitive properties that no rule closes: plain queries would miss what a reasoner would find."""
    transitive = graph.subjects(RDF.type, OWL.TransitiveProperty)
    below = {prop: set(graph.subjects(RDFS.subPropertyOf, prop)) for prop in transitive}
    return sorted(
        prop
        for prop, parts in below.items()
        if (prop, KG.derivedByRule, None) not in graph or parts != set(graph.objects(prop, KG.qualifiedForm))
    )


def test_what_is_transitive_is_closed_by_a_rule(modules: Triples) -> None:
    assert set(modules.subjects(RDF.type, OWL.TransitiveProperty)) == {KG.liesWithin}
    assert unclosed(modules) == []
    assert unclosed(bad("kg:within a owl:ObjectProperty , owl:TransitiveProperty .")) == [KG.within]


def test_a_reasoner_and_the_rules_agree_on_what_lies_within(modules: Triples) -> None:
    said = "kg:plant kg:partOf kg:base . kg:phase kg:phaseOf kg:base . kg:base kg:locatedIn kg:town ."
    about = [(KG.liesWithin, None), (KG.locatedIn, None), (KG.partOf, None), (KG.phaseOf, None)]
    graph = bad(said)
    for prop, _ in about:
        graph += [(prop, p, o) for p, o in modules.predicate_objects(prop) if p in (RDF.type, RDFS.subPropertyOf)]
    assert faults(graph) == []
    assert set(graph.subjects(KG.liesWithin, KG.town)) == {KG.plant, KG.phase, KG.base}
    assert (KG.plant, KG.locatedIn, KG.town) not in graph


# --- where it comes from -----------------------------------------------------------------

# How definitions and notes name a standard.
STANDARD = re.compile(
    r"\b(GB/T \d|ISO \d|BCP \d|RFC \d|EDTF\b|WGS 84|SHA-256|IAO\b|BFO\b|Web Annotation|after PROV|as Wikidata)"
)


def unsourced(graph: Triples) -> list[URIRef]:
    """Find terms whose definition or note leans on a standard that no `dcterms:source` names."""
    found = []
    for term in terms(graph):
        texts = [*graph.objects(term, SKOS.definition), *graph.objects(term, SKOS.scopeNote)]
        if any(STANDARD.search(text) for text in texts) and (term, DCTERMS.source, None) not in graph:
            found.append(term)
    return sorted(found)


def test_a_standard_that_is_leant_on_is_a_source(modules: Triples) -> None:
    assert unsourced(modules) == []
    turtle = 'kg:code rdfs:isDefinedBy m:places ; skos:definition "A value that gives the code in GB/T 2260."@en .'
    assert unsourced(bad(turtle)) == [KG.code]


# --- what a version said -----------------------------------------------------------------


def read_version(path: Path) -> dict[str, tuple[str, str]]:
    """Read what the terms of a version were."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["term"]: (row["module"], row["digest"]) for row in csv.DictReader(file)}


def version_of(graph: Triples) -> str:
    return str(graph.value(UMBRELLA, OWL.versionInfo))


def last_version(version: str) -> dict[str, tuple[str, str]]:
    """Give the terms of the newest version before this one."""
    before = [path for path in VERSIONS if path.stem != version]
    return read_version(before[-1])


def vanished(graph: Triples, before: dict[str, tuple[str, str]]) -> list[str]:
    """Find terms of an earlier version that are gone: they belong into deprecated.ttl."""
    return sorted(set(before) - set(fingerprints(graph)))


def unnoted(graph: Triples, before: dict[str, tuple[str, str]]) -> list[str]:
    """Find terms that mean something else than before and do not say so, in both languages, by the version."""
    version, now = version_of(graph), fingerprints(graph)
    changed = {term for term in set(before) & set(now) if before[term][1] != now[term][1]}
    noted = {
        term: {note.language for note in graph.objects(URIRef(term), SKOS.changeNote) if note.startswith(version)}
        for term in now
    }
    return sorted(term for term in now if noted[term] != ({"en", "zh"} if term in changed else set()))


def test_nothing_that_a_version_said_is_gone(modules: Triples) -> None:
    for path in VERSIONS:
        assert vanished(modules, read_version(path)) == []
    assert vanished(bad(""), {str(KG.Site): ("places", "0")}) == [str(KG.Site)]


def test_what_changed_since_the_last_version_says_so(modules: Triples) -> None:
    assert unnoted(modules, last_version(version_of(modules))) == []
    site = 'kg:Site rdfs:isDefinedBy m:places ; rdfs:label "site"@en .'
    graph = bad(site + f'<{UMBRELLA}> owl:versionInfo "0.2.0" .')
    same = {str(KG.Site): fingerprints(graph)[str(KG.Site)]}
    assert unnoted(graph, same) == []
    assert unnoted(graph, {str(KG.Site): ("places", "0")}) == [str(KG.Site)]
    # A note on what did not change is wrong too.
    graph.add((KG.Site, SKOS.changeNote, Literal("0.2.0: moved.", lang="en")))
    assert unnoted(graph, same) == [str(KG.Site)]


def test_the_list_of_a_version_is_read_as_it_is_written(modules: Triples, tmp_path: Path) -> None:
    path = tmp_path / "1.0.0.csv"
    path.write_text(version_text(modules), encoding="utf-8")
    assert read_version(path) == fingerprints(modules)


def crooked_retirements(graph: Triples) -> list[str]:
    """Find retired terms that are not marked or replaced rightly, and living ones that speak in retired ones."""
    retired = set(graph.subjects(RDFS.isDefinedBy, MODULE.deprecated))
    found = {str(term) for term in retired if (term, OWL.deprecated, Literal(True)) not in graph}
    found |= {str(term) for term in graph.subjects(OWL.deprecated) if term not in retired}
    living = terms(graph) - retired
    for term in retired:
        heirs = set(graph.objects(term, DCTERMS.isReplacedBy))
        # What still has a living type could be written on a card.
        kinds = set(graph.objects(term, RDF.type))
        if not heirs or not heirs <= living or kinds & (living | {OWL.Class, *PROPERTY_KINDS}):
            found.add(str(term))
    used = {node for s, p, o in graph if s not in retired for node in (p, o) if node in retired}
    return sorted(found | {str(term) for term in used})


def test_retired_terms_name_what_took_their_place(modules: Triples) -> None:
    assert crooked_retirements(modules) == []
    site = "kg:Site a owl:Class ; rdfs:isDefinedBy m:places . "
    old = "kg:Ground a owl:DeprecatedClass ; rdfs:isDefinedBy m:deprecated "
    right = site + old + "; owl:deprecated true ; dcterms:isReplacedBy kg:Site ."
    assert crooked_retirements(bad(right)) == []
    for wrong in (
        site + old + ".",
        site + old + "; owl:deprecated true .",
        site + old + "; owl:deprecated true ; dcterms:isReplacedBy kg:Nothing .",
        right + "kg:Ground a owl:Class .",
        right + "kg:Ground a kg:Site .",
        right + "kg:Plot a owl:Class ; rdfs:isDefinedBy m:places ; rdfs:subClassOf kg:Ground .",
    ):
        assert crooked_retirements(bad(wrong)) == [str(KG.Ground)]


# --- the changelog -----------------------------------------------------------------------


def untold(graph: Triples, before: dict[str, tuple[str, str]], changelog: str) -> list[str]:
    """Find modules that are new and terms that changed of which the changelog is silent."""
    now = fingerprints(graph)
    changed = {short(term) for term in set(before) & set(now) if before[term][1] != now[term][1]}
    new = {module for module, _ in now.values()} - {module for module, _ in before.values()} - {""}
    told = set(re.findall(r"`([^`]+)`", changelog))
    return sorted((changed | new) - told)


def short(term: str) -> str:
    return re.split("[#/]", term)[-1]


def test_the_changelog_names_what_changed(modules: Triples) -> None:
    text = (ONTOLOGY / "CHANGELOG.md").read_text("utf-8")
    version = version_of(modules)
    assert re.findall(r"^## (\d+\.\d+\.\d+)", text, re.MULTILINE)[:2] == [version, VERSIONS[-1].stem]
    section = text.split("\n## ")[1]
    assert untold(modules, last_version(version), section) == []
    graph = bad("kg:Site rdfs:isDefinedBy m:places . kg:Aid rdfs:isDefinedBy m:aid .")
    before = {str(KG.Site): ("places", "0")}
    assert untold(graph, before, "`Site` moved") == ["aid"]
    assert untold(graph, before, "the module `aid`") == ["Site"]


def unnamed_modules(names: set[str], readme: str) -> list[str]:
    """Find modules that the first table of the ontology's README leaves out."""
    [row] = re.findall(r"^\| `\*\.ttl` \|(.*)\|$", readme, re.MULTILINE)
    return sorted(names - set(re.findall(r"[a-z-]+", row)))


def test_the_readme_names_each_module() -> None:
    names = {path.stem for path in MODULES} - {UMBRELLA.rpartition("/")[2], "zerocarbon"}
    assert unnamed_modules(names, (ONTOLOGY / "README.md").read_text("utf-8")) == []
    assert unnamed_modules({"places", "aid"}, "| `*.ttl` | the terms: places |") == ["aid"]
