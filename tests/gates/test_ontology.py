"""The ontology reads the same in two engines, says every term in full, and closes its loop.

Each check is a function that gives a list of findings. Each is tried twice: on our Turtle,
where it must find nothing, and on a small bad graph, where it must find something.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import owlrl
import pyoxigraph
import pytest
from owlrl.Namespaces import ERRNS
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

from tests.support.ontology import (
    ALIGNMENTS,
    KG,
    KGU,
    MODULE,
    MODULES,
    ONTOLOGY,
    QUDT,
    SCHEMA,
    Triples,
    bad,
    classes,
    properties,
    read,
    terms,
)

# The umbrella holds no mappings of its own.
MAPPING_FILES = [path for path in ALIGNMENTS if path.stem != "all"]
NAMES = {path.stem for path in MODULES} - {"zerocarbon"}

UNIT = Namespace("http://qudt.org/vocab/unit/")
KIND = Namespace("http://qudt.org/vocab/quantitykind/")
BONT = Namespace("http://ontology.bonsai.uno/core#")

MAPPINGS = {RDFS.subClassOf, RDFS.subPropertyOf} | {
    SKOS[f"{kind}Match"] for kind in ("exact", "close", "related", "broad", "narrow")
}

# Looked for in the published vocabularies and not found, or found to mean something else.
ABSENT = {
    UNIT["GigaW-HR-PER-YR"], UNIT["TONNE_CO2"], UNIT["KiloGM-PER-KiloW-HR"], UNIT["GM-PER-KiloW-HR"],
    KIND.EnergyPerTime, KIND.BatteryCapacity, KIND.Capacity, QUDT.unit, QUDT.lowerBound, QUDT.upperBound,
    BONT.inputOf, BONT.outputOf, URIRef("http://data.europa.eu/m8g/hasFormalFramework"),
    SCHEMA.Project, SCHEMA.Claim, SCHEMA.numberOfEmployees, URIRef("http://www.w3.org/ns/odrl/2/Agreement"),
    URIRef("https://openenergyplatform.org/ontology/oeo/OEO_00230000"),
}  # fmt: skip

# What a unit is in another that we compare in, from the definitions of the units. All others compare in themselves.
SQUARE_YARD = Fraction("0.9144") ** 2
HECTARE = Fraction(10_000)
ACRE = 4840 * SQUARE_YARD
MU = Fraction(2000, 3)
YEAR = Fraction(31_557_600)
RATIOS = {
    "MWh": ("GWh", Fraction(1, 1000)), "m2": ("ha", 1 / HECTARE), "km2": ("ha", 1_000_000 / HECTARE),
    "acre": ("ha", ACRE / HECTARE), "mu": ("ha", MU / HECTARE), "day": ("year", 86_400 / YEAR),
    "GW": ("MW", Fraction(1000)), "kW": ("MW", Fraction(1, 1000)), "kWh": ("GWh", Fraction(1, 1000000)),
    "m": ("km", Fraction(1, 1000)), "minute": ("s", Fraction(60)), "sqft": ("ha", SQUARE_YARD / 9 / HECTARE),
    "GW-per-year": ("MW-per-year", Fraction(1000)), "Wh": ("GWh", Fraction(1, 1000000000)),
    "TWh": ("GWh", Fraction(1000)), "kg": ("t", Fraction(1, 1000)), "kg-per-day": ("t-per-day", Fraction(1, 1000)),
    "month": ("year", Fraction(1, 12)), "hour": ("s", Fraction(3600)),
}  # fmt: skip

FIVE_STEPS = (
    KG.PhosphateMining, KG.PhosphorusAndFluorineChemicals, KG.BatteryManufacturing,
    KG.DownstreamApplication, KG.BatteryRecycling,
)  # fmt: skip


@pytest.fixture(scope="module")
def modules() -> Triples:
    return read(*MODULES)


@pytest.fixture(scope="module")
def everything() -> Triples:
    return read(*MODULES, *ALIGNMENTS)


# --- the files ---------------------------------------------------------------------------


def triple_counts(turtle: bytes) -> tuple[int, int]:
    """Count the triples as rdflib and as pyoxigraph read them; the second counts repeats."""
    quads = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return len(Graph().parse(data=turtle, format="turtle")), len(list(quads))


@pytest.mark.parametrize("path", MODULES + ALIGNMENTS, ids=lambda path: path.stem)
def test_two_engines_read_the_same(path: Path) -> None:
    ours, theirs = triple_counts(path.read_bytes())
    assert ours == theirs > 0


def test_a_repeated_triple_is_caught() -> None:
    ours, theirs = triple_counts(b"<a:a> <a:b> <a:c> . <a:a> <a:b> <a:c> .")
    assert ours != theirs


def test_every_module_is_there_and_imported(modules: Triples) -> None:
    assert {path.stem for path in MODULES} == NAMES | {"zerocarbon"}
    assert set(modules.objects(URIRef(str(MODULE).rstrip("/")), OWL.imports)) == {MODULE[name] for name in NAMES}


def test_no_module_is_too_long_to_read() -> None:
    assert {path.stem: count for path in MODULES if (count := len(path.read_text().splitlines())) > 1000} == {}


def blank_nodes(graph: Triples) -> list[BNode]:
    return [node for node in graph.all_nodes() if isinstance(node, BNode)]


def test_no_blank_nodes(everything: Triples) -> None:
    assert blank_nodes(everything) == []
    assert blank_nodes(bad("kg:Site rdfs:subClassOf [ a owl:Restriction ] ."))


# --- the terms ---------------------------------------------------------------------------


def undefined(graph: Triples) -> list[URIRef]:
    """Find terms of ours that are used but not defined in exactly one module."""
    used = {node for triple in graph for node in triple if isinstance(node, URIRef) and (node in KG or node in KGU)}
    homes = {MODULE[name] for name in NAMES}
    modules_of = {node: set(graph.objects(node, RDFS.isDefinedBy)) for node in used}
    return sorted(node for node, found in modules_of.items() if len(found) != 1 or found - homes)


def test_every_term_used_is_defined_once(everything: Triples) -> None:
    assert undefined(everything) == []
    assert undefined(bad("kg:Site rdfs:subClassOf kg:Nowhere ; rdfs:isDefinedBy m:places .")) == [KG.Nowhere]
    assert undefined(bad("kg:Site rdfs:isDefinedBy m:places , m:actors .")) == [KG.Site]


def strays(graph: Triples, home: URIRef) -> list[URIRef]:
    """Find terms that a file describes though they say they belong to another module."""
    return sorted(node for node in terms(graph) if set(graph.objects(node, RDFS.isDefinedBy)) - {home})


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_term_stands_in_the_file_it_names(name: str) -> None:
    assert strays(read(ONTOLOGY / f"{name}.ttl"), MODULE[name]) == []


def test_a_stray_term_is_caught() -> None:
    assert strays(bad("kg:Site rdfs:isDefinedBy m:actors ."), MODULE.places) == [KG.Site]


def unsaid(graph: Triples) -> list[str]:
    """Find terms without label, definition and example in English and Chinese."""
    said = (RDFS.label, SKOS.definition, SKOS.example)
    both = [(predicate, language) for predicate in said for language in ("en", "zh")]
    return [
        f"{term} {predicate} {language}"
        for term in sorted(terms(graph))
        for predicate, language in both
        if len([text for text in graph.objects(term, predicate) if text.language == language and text.strip()]) != 1
    ]


def test_every_term_is_said_in_full(modules: Triples) -> None:
    assert unsaid(modules) == []
    assert len(unsaid(bad('kg:Site rdfs:isDefinedBy m:places ; rdfs:label "site"@en , "场地"@zh .'))) == 4


def notes_in_one_language(graph: Triples) -> list[str]:
    """Find terms with a note that only readers of one language can read."""
    noted = {term: {text.language for text in graph.objects(term, SKOS.scopeNote)} for term in terms(graph)}
    return sorted(term for term, languages in noted.items() if languages not in (set(), {"en", "zh"}))


def test_every_note_is_told_in_both_languages(modules: Triples) -> None:
    assert notes_in_one_language(modules) == []
    assert any(modules.objects(None, SKOS.scopeNote))
    one = bad('kg:Site rdfs:isDefinedBy m:places ; skos:scopeNote "Not a place."@en .')
    assert notes_in_one_language(one) == [KG.Site]


def loose_definitions(graph: Triples) -> list[str]:
    """Find English definitions without an article or a full stop, and Chinese ones without theirs."""
    patterns = {"en": r"(A|An|The) .+\.", "zh": r".*[\u4e00-\u9fff].*。"}
    texts = (text for term in terms(graph) for text in graph.objects(term, SKOS.definition))
    return sorted(text for text in texts if not re.fullmatch(patterns[text.language], text))


def test_definitions_begin_with_an_article(modules: Triples) -> None:
    assert loose_definitions(modules) == []
    assert loose_definitions(bad('kg:Site rdfs:isDefinedBy m:places ; skos:definition "Sites are grounds"@en .'))


def ungraded(graph: Triples) -> list[URIRef]:
    tiers = {KG.StartingPoint, KG.Expanded, KG.Qualified}
    return sorted(n for n in classes(graph) | properties(graph) if len(set(graph.objects(n, KG.tier)) & tiers) != 1)


def test_every_class_and_property_has_a_tier(modules: Triples) -> None:
    assert ungraded(modules) == []
    assert ungraded(bad("kg:Site a owl:Class .")) == [KG.Site]


def test_the_starting_points_are_few(modules: Triples) -> None:
    assert 12 <= len(list(modules.subjects(KG.tier, KG.StartingPoint))) <= 40


def forbidden(graph: Triples) -> list[URIRef]:
    return sorted({node for triple in graph for node in triple if node in ABSENT})


def test_no_absent_or_misleading_term_is_used(everything: Triples) -> None:
    assert forbidden(everything) == []
    assert forbidden(bad("kg:Project rdfs:subClassOf schema:Project .")) == [SCHEMA.Project]


# --- the properties ----------------------------------------------------------------------


def loose_properties(graph: Triples) -> list[URIRef]:
    """Find properties without domain or range, or whose kind does not fit their range."""
    found = []
    for prop in properties(graph):
        ranges = set(graph.objects(prop, SCHEMA.rangeIncludes))
        literal = bool(ranges) and all(node in Namespace(str(RDF)) or "XMLSchema#" in node for node in ranges)
        kinds = set(graph.objects(prop, RDF.type))
        fits = OWL.AnnotationProperty in kinds or literal == (OWL.DatatypeProperty in kinds)
        if not ranges or not fits or not set(graph.objects(prop, SCHEMA.domainIncludes)):
            found.append(prop)
    return sorted(found)


def test_every_property_has_a_fitting_domain_and_range(modules: Triples) -> None:
    assert loose_properties(modules) == []
    assert loose_properties(bad("kg:value a owl:DatatypeProperty ; schema:domainIncludes kg:Quantity ."))
    assert loose_properties(
        bad("kg:value a owl:ObjectProperty ; schema:domainIncludes kg:Quantity ; schema:rangeIncludes xsd:decimal .")
    )


def hard_axioms(graph: Triples) -> list[tuple[URIRef, URIRef]]:
    """Find axioms from which a reasoner would infer types or sameness: we only say what is included.

    Disjointness infers nothing but faults, and stands between the top categories alone.
    """
    inferring = {RDFS.domain, RDFS.range, OWL.sameAs, OWL.equivalentClass}
    found = [(s, p) for s, p, _ in graph if p in inferring]
    found += [
        (s, OWL.disjointWith) for s, o in graph.subject_objects(OWL.disjointWith) if not {s, o} <= categories(graph)
    ]
    return sorted(found + [(s, RDF.type) for s in graph.subjects(RDF.type, OWL.FunctionalProperty)])


def test_domain_and_range_are_soft(everything: Triples) -> None:
    assert hard_axioms(everything) == []
    assert hard_axioms(bad("kg:operator rdfs:domain kg:Site ."))
    assert hard_axioms(bad("kg:operator a owl:FunctionalProperty ."))
    assert hard_axioms(bad("kg:Base owl:disjointWith kg:Park ."))


# --- the top categories ------------------------------------------------------------------


def categories(graph: Triples) -> set[URIRef]:
    """Give the top categories: what the module of this name defines, and places."""
    return set(graph.subjects(RDFS.isDefinedBy, MODULE.top)) | {KG.Place}


def uncategorised(graph: Triples) -> list[URIRef]:
    """Find classes that lie in no category, or in more than one; concepts and kinds of properties are in none."""
    found = []
    for kind in classes(graph) - {KG.SingleValuedProperty}:
        above = set(graph.transitive_objects(kind, RDFS.subClassOf))
        if SKOS.Concept not in above and len(above & categories(graph)) != 1:
            found.append(kind)
    return sorted(found)


def test_every_class_is_in_one_category(modules: Triples) -> None:
    assert len(categories(modules)) == 7
    assert uncategorised(modules) == []
    assert uncategorised(bad("kg:Site a owl:Class . kg:Concept a owl:Class ; rdfs:subClassOf skos:Concept .")) == [
        KG.Site
    ]
    two = "kg:Agent rdfs:isDefinedBy m:top . kg:Site a owl:Class ; rdfs:subClassOf kg:Agent , kg:Place ."
    assert uncategorised(bad(two)) == [KG.Site]


def joint(graph: Triples) -> list[tuple[URIRef, URIRef]]:
    """Find pairs of categories that are not said to be disjoint."""
    said = {frozenset(pair) for pair in graph.subject_objects(OWL.disjointWith)}
    return [pair for pair in combinations(sorted(categories(graph)), 2) if frozenset(pair) not in said]


def test_the_categories_are_disjoint_in_pairs(modules: Triples) -> None:
    assert joint(modules) == []
    assert joint(bad("kg:Agent rdfs:isDefinedBy m:top .")) == [(KG.Agent, KG.Place)]


def faults(graph: Triples) -> list[str]:
    """Let an OWL 2 RL reasoner look for contradictions."""
    closure = owlrl.DeductiveClosure(owlrl.OWLRL_Semantics)
    closure.expand(graph)
    return sorted(str(text) for text in graph.objects(None, ERRNS.error))


def test_a_reasoner_finds_a_park_that_is_a_government() -> None:
    assert faults(read(*MODULES)) == []
    both = read(*MODULES).parse(data=f"<urn:guian> a <{KG.Park}> , <{KG.GovernmentBody}> .", format="turtle")
    assert any("urn:guian" in text and "Disjoint" in text for text in faults(both))


# --- the headers -------------------------------------------------------------------------

# What every module says of itself, besides title, description and licence.
HEADER = (
    DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, DCTERMS.publisher, DCTERMS.created,
    DCTERMS.modified, DCTERMS.bibliographicCitation, OWL.versionIRI, OWL.versionInfo,
)  # fmt: skip


def bare_headers(graph: Triples) -> list[tuple[URIRef, URIRef]]:
    """Find what the header of an ontology leaves out."""
    ours = [node for node in graph.subjects(RDF.type, OWL.Ontology) if node in MODULE or str(node) == str(MODULE)[:-1]]
    return sorted((node, said) for node in ours for said in HEADER if (node, said, None) not in graph)


def test_every_module_has_a_whole_header(modules: Triples) -> None:
    assert bare_headers(modules) == []
    assert len(bare_headers(bad("m:places a owl:Ontology ."))) == len(HEADER)


def imports_missing(name: str, graph: Triples, homes: dict[Any, URIRef]) -> set[str]:
    """Give the modules whose terms a module uses without importing it, or that it imports without use."""
    used = {str(homes[node]).removeprefix(str(MODULE)) for triple in graph for node in triple if node in homes}
    said = {str(node).removeprefix(str(MODULE)) for node in graph.objects(MODULE[name], OWL.imports)}
    return (used | {"annotations"}) - {name} ^ said


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_module_imports_what_it_uses(name: str, modules: Triples) -> None:
    homes = dict(modules.subject_objects(RDFS.isDefinedBy))
    assert imports_missing(name, read(ONTOLOGY / f"{name}.ttl"), homes) == set()


def test_a_missing_import_is_caught() -> None:
    graph = bad("m:places a owl:Ontology ; owl:imports m:annotations . kg:Site rdfs:subClassOf kg:Value .")
    assert imports_missing("places", graph, {KG.Value: MODULE.top}) == {"top"}


def undeclared(graph: Triples) -> list[URIRef]:
    """Find outside properties on our terms that are no part of RDF, RDFS or OWL and are not declared."""
    built_in = (RDF, RDFS, OWL, KG)
    used = {p for s, p, _ in graph if s in KG or s in MODULE}
    return sorted(p for p in used if not any(p in space for space in built_in) and (p, RDF.type, None) not in graph)


def test_outside_annotation_properties_are_declared(everything: Triples) -> None:
    assert undeclared(everything) == []
    assert undeclared(bad('kg:Site skos:hiddenLabel "x" .')) == [SKOS.hiddenLabel]


def test_the_catalog_names_every_file() -> None:
    tree = ElementTree.parse(ONTOLOGY / "catalog-v001.xml")  # noqa: S314 - our own file
    named = {node.get("name"): node.get("uri") for node in tree.iter() if node.get("name")}
    files = [path for path in (*MODULES, *ALIGNMENTS) if path.stem != "zerocarbon"]
    expected = {
        f"{MODULE}{path.relative_to(ONTOLOGY).with_suffix('')}": str(path.relative_to(ONTOLOGY)) for path in files
    }
    assert named == expected | {str(MODULE)[:-1]: "zerocarbon.ttl"}


def test_the_umbrella_of_alignments_imports_each() -> None:
    said = set(read(ONTOLOGY / "alignments" / "all.ttl").objects(None, OWL.imports))
    names = {path.stem for path in ALIGNMENTS} - {"all"}
    assert said == {MODULE[f"alignments/{name}"] for name in names} | {URIRef(str(MODULE)[:-1])}


def odd_single_valued(graph: Triples) -> list[URIRef]:
    """Find members of the class of single-valued properties that are no properties of ours."""
    return sorted(set(graph.subjects(RDF.type, KG.SingleValuedProperty)) - properties(graph))


def test_single_valued_properties_are_properties(modules: Triples) -> None:
    assert {KG.landArea, KG.plannedCapacity, KG.value} <= set(modules.subjects(RDF.type, KG.SingleValuedProperty))
    assert odd_single_valued(modules) == []
    assert odd_single_valued(bad("kg:Site a owl:Class , kg:SingleValuedProperty .")) == [KG.Site]


def unexplained_rules(graph: Triples) -> list[URIRef]:
    """Find short properties that do not name their rule rightly, their full form, or the trap in a note."""
    found = []
    for prop, rule in graph.subject_objects(KG.derivedByRule):
        expected = re.sub(r"([A-Z])", r"-\1", str(prop).removeprefix(str(KG))).lower()
        full, notes = set(graph.objects(prop, KG.qualifiedForm)), " ".join(graph.objects(prop, SKOS.scopeNote))
        if str(rule) != expected or not full or f"rule {rule}" not in notes:
            found.append(prop)
    return sorted(found)


def test_short_properties_name_their_rule_and_full_form(modules: Triples) -> None:
    short = """liesWithin phaseCapacitySum
        ownedBy partnerOf codevelopedBy currentStatus knownOn feeds precedes servedBy suppliesTo dependsOn
        worksInStage toWorkInStage"""
    assert set(modules.subjects(KG.derivedByRule)) == {KG[name] for name in short.split()}
    assert unexplained_rules(modules) == []
    assert unexplained_rules(bad('kg:ownedBy kg:derivedByRule "owned-by" .')) == [KG.ownedBy]


def test_what_a_rule_derives_is_not_stated(modules: Triples) -> None:
    assert [prop for prop in modules.subjects(KG.derivedByRule) if any(modules.subject_objects(prop))] == []


# --- the concepts ------------------------------------------------------------------------


def concepts(graph: Triples) -> dict[URIRef, set[URIRef]]:
    """Give the named individuals of each of our classes."""
    found: dict[URIRef, set[URIRef]] = defaultdict(set)
    for kind in classes(graph) - {KG.SingleValuedProperty, KG.Unit}:
        found[kind] |= set(graph.subjects(RDF.type, kind))
    return {kind: members for kind, members in found.items() if members}


def unplaced(graph: Triples) -> list[URIRef]:
    """Find concepts that are not in the scheme of their class."""
    schemes = {kind: URIRef(f"{kind}Scheme") for kind in concepts(graph)}
    return sorted(
        node
        for kind, members in concepts(graph).items()
        for node in members
        if list(graph.objects(node, SKOS.inScheme)) != [schemes[kind]]
        or (schemes[kind], RDF.type, SKOS.ConceptScheme) not in graph
    )


def test_every_concept_is_in_the_scheme_of_its_class(modules: Triples) -> None:
    assert unplaced(modules) == []
    assert unplaced(bad("kg:Status a owl:Class . kg:Operating a kg:Status .")) == [KG.Operating]


def one_edit_apart(left: str, right: str) -> bool:
    """Tell whether one inserted, dropped or changed character turns one name into the other."""
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), len(left))
    return left[at:] == right[at + 1 :] or left[at + 1 :] == right[at + 1 :]


def slips(graph: Triples) -> list[tuple[str, str]]:
    """Find concepts of one class whose names a single typing slip would swap."""
    names = [sorted(node.removeprefix(str(KG)) for node in members) for members in concepts(graph).values()]
    return [pair for group in names for pair in combinations(group, 2) if one_edit_apart(*pair)]


def test_one_slip_never_makes_another_concept(modules: Triples) -> None:
    assert slips(modules) == []
    turtle = "kg:AreaLevel a owl:Class . kg:Country a kg:AreaLevel . kg:County a kg:AreaLevel ."
    assert slips(bad(turtle)) == [("Country", "County")]


@pytest.mark.parametrize(("left", "right"), [("Country", "County"), ("phase-1", "phase-2"), ("Mode", "Modes")])
def test_near_names_are_one_edit_apart(left: str, right: str) -> None:
    assert one_edit_apart(left, right)
    assert one_edit_apart(right, left)


@pytest.mark.parametrize(("left", "right"), [("AtLeast", "AtMost"), ("Stated", "StatedBasis"), ("Nickel", "Cobalt")])
def test_far_names_are_not(left: str, right: str) -> None:
    assert not one_edit_apart(left, right)


def many_faced(graph: Triples) -> list[URIRef]:
    """Find individuals with more than one of our classes: a name must mean one thing."""
    kinds = defaultdict(set)
    for kind, members in concepts(graph).items():
        for node in members:
            kinds[node].add(kind)
    return sorted(node for node, found in kinds.items() if len(found) > 1)


def test_no_name_means_two_concepts(modules: Triples) -> None:
    assert many_faced(modules) == []
    turtle = "kg:Mode a owl:Class . kg:AgreementStage a owl:Class . kg:Explored a kg:Mode , kg:AgreementStage ."
    assert many_faced(bad(turtle)) == [KG.Explored]


def crooked_hierarchy(graph: Triples) -> list[URIRef]:
    """Find concepts whose broader concept does not answer with narrower, is of another class, or leads back to them."""
    found = set()
    for node, broader in graph.subject_objects(SKOS.broader):
        same = set(graph.objects(node, RDF.type)) == set(graph.objects(broader, RDF.type))
        answered = (broader, SKOS.narrower, node) in graph
        if not same or not answered or node in graph.transitive_objects(broader, SKOS.broader):
            found.add(node)
    return sorted(found | {n for b, n in graph.subject_objects(SKOS.narrower) if (n, SKOS.broader, b) not in graph})


def test_broader_and_narrower_agree(modules: Triples) -> None:
    assert crooked_hierarchy(modules) == []
    assert (KG.CellManufacturing, SKOS.broader, KG.BatteryManufacturing) in modules
    assert crooked_hierarchy(bad("kg:PackAssembly skos:broader kg:BatteryManufacturing ."))
    circle = "kg:A skos:broader kg:B ; skos:narrower kg:B . kg:B skos:broader kg:A ; skos:narrower kg:A ."
    assert crooked_hierarchy(bad(circle))


# --- the reference chain -----------------------------------------------------------------


def fed_by(graph: Triples, stage: URIRef) -> set[URIRef]:
    """Give the stages that take in a product of this one."""
    products = graph.objects(stage, KG.outputProduct)
    return {taker for product in products for taker in graph.subjects(KG.inputProduct, product)}


def closes(graph: Triples, start: URIRef) -> bool:
    """Tell whether a walk from product to stage to product comes back to where it began."""
    seen, waiting = set(), list(fed_by(graph, start))
    while waiting:
        stage = waiting.pop()
        if stage not in seen:
            seen.add(stage)
            waiting.extend(fed_by(graph, stage))
    return start in seen


def test_recycling_closes_the_loop(modules: Triples) -> None:
    assert closes(modules, KG.BatteryRecycling)
    assert not closes(modules, KG.PhosphateMining)


def test_the_loop_closes_without_the_coarse_stages(modules: Triples) -> None:
    fine = Graph()
    coarse = set(modules.subjects(SKOS.narrower))
    for link in (KG.inputProduct, KG.outputProduct):
        fine += [(stage, link, product) for stage, product in modules.subject_objects(link) if stage not in coarse]
    assert closes(fine, KG.BatteryRecycling)


def test_an_open_chain_is_caught() -> None:
    turtle = "kg:BatteryRecycling kg:inputProduct kg:SpentBattery ; kg:outputProduct kg:BlackMass ."
    assert not closes(bad(turtle), KG.BatteryRecycling)


def broken_steps(graph: Triples) -> list[tuple[URIRef, URIRef]]:
    """Find neighbours among the five coarse steps that no product joins."""
    return [(a, b) for a, b in pairwise(FIVE_STEPS) if b not in fed_by(graph, a)]


def test_the_five_coarse_steps_join(modules: Triples) -> None:
    assert broken_steps(modules) == []
    assert KG.BatteryManufacturing in fed_by(modules, KG.BatteryRecycling)
    assert len(broken_steps(bad("kg:PhosphateMining kg:outputProduct kg:PhosphateRock ."))) == 4


def idle(graph: Triples) -> list[URIRef]:
    """Find products no stage handles and stages that make nothing; what is only above others has no work."""
    handled = set(graph.objects(None, KG.inputProduct)) | set(graph.objects(None, KG.outputProduct))
    groups = set(graph.subjects(SKOS.topConceptOf)) | set(graph.subjects(SKOS.narrower))
    products = set(graph.subjects(RDF.type, KG.Product)) - handled - groups
    stages = set(graph.subjects(RDF.type, KG.Stage)) - set(graph.subjects(KG.outputProduct))
    return sorted(products | stages)


def test_every_product_and_stage_has_work(modules: Triples) -> None:
    assert idle(modules) == []
    assert idle(bad("kg:BlackMass a kg:Product . kg:AnodeMaking a kg:Stage .")) == [KG.AnodeMaking, KG.BlackMass]


# --- the units ---------------------------------------------------------------------------


def unit_ratios(graph: Triples) -> dict[str, tuple[str, Fraction]]:
    """Give each unit by its card key: what it compares in, and the exact ratio."""
    keys = {unit: str(key) for unit, key in graph.subject_objects(KG.cardKey)}
    ratios = {}
    for unit, key in keys.items():
        above, below = (Fraction(str(graph.value(unit, name))) for name in (KG.factorNumerator, KG.factorDenominator))
        ratios[key] = (keys[graph.value(unit, KG.comparisonUnit)], above / below)
    return ratios


def test_ratios_agree_with_the_definitions(modules: Triples) -> None:
    assert {unit: ratio for unit, ratio in unit_ratios(modules).items() if ratio != (unit, Fraction(1))} == RATIOS
    assert set(modules.subjects(KG.cardKey)) == set(modules.subjects(RDF.type, KG.Unit))


def test_a_unit_that_compares_in_itself_by_another_ratio_is_caught() -> None:
    ratio = "kg:factorNumerator 1000.0 ; kg:factorDenominator 1.0"
    ratios = unit_ratios(bad(f'kgu:TEU kg:cardKey "TEU" ; kg:comparisonUnit kgu:TEU ; {ratio} .'))
    assert ratios["TEU"] != ("TEU", Fraction(1))


def test_a_rounded_ratio_is_caught() -> None:
    ratio = "kg:factorNumerator 0.0667 ; kg:factorDenominator 1.0"
    rounded = unit_ratios(bad(f'kgu:MU_CN kg:cardKey "mu" ; kg:comparisonUnit kgu:MU_CN ; {ratio} .'))
    assert rounded["mu"][1] != RATIOS["mu"][1]


def test_the_definitions_are_the_known_ones() -> None:
    assert Fraction("4046.8564224") == ACRE
    assert 15 * MU == HECTARE
    assert RATIOS["acre"][1] / RATIOS["mu"][1] > 6


def test_comparison_units_compare_with_themselves() -> None:
    assert not RATIOS.keys() & {other for other, _ in RATIOS.values()}


def multipliers(graph: Triples) -> dict[URIRef, float]:
    return {unit: float(number) for unit, number in graph.subject_objects(QUDT.conversionMultiplier)}


def test_multipliers_to_si_are_right(modules: Triples) -> None:
    expected = {KGU["GigaW-HR-PER-YR"]: 10**9 * 3600 / YEAR, KGU.MU_CN: MU}
    assert multipliers(modules) == pytest.approx({unit: float(number) for unit, number in expected.items()}, rel=1e-15)
    wrong = bad("kgu:MU_CN qudt:conversionMultiplier 761.4 .")
    assert multipliers(wrong)[KGU.MU_CN] != pytest.approx(float(MU))


def test_capacity_is_not_power(modules: Triples) -> None:
    assert modules.value(KGU["GigaW-HR-PER-YR"], QUDT.hasQuantityKind) == KG.AnnualProductionCapacity


# --- the alignments ----------------------------------------------------------------------


def odd_mappings(graph: Triples) -> list[tuple[URIRef, URIRef, URIRef]]:
    """Find triples of an alignment file that are neither header nor a mapping from ours to theirs."""
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    return [
        (s, p, o)
        for s, p, o in graph
        if s not in headers and not (p in MAPPINGS and (s in KG or s in KGU) and o not in KG and o not in KGU)
    ]


@pytest.mark.parametrize("path", MAPPING_FILES, ids=lambda path: path.stem)
def test_an_alignment_holds_a_header_and_mappings(path: Path) -> None:
    graph = read(path)
    header = MODULE[f"alignments/{path.stem}"]
    assert odd_mappings(graph) == []
    assert {text.language for text in graph.objects(header, SKOS.definition)} == {"en", "zh"}
    assert list(graph.objects(header, SKOS.scopeNote))


def test_an_odd_mapping_is_caught() -> None:
    assert odd_mappings(bad("schema:Place rdfs:subClassOf kg:Place ."))
    assert odd_mappings(bad('kg:Place rdfs:label "place" .'))


def test_a_percentage_is_never_a_shareholding_of_fibo() -> None:
    graph = read(ONTOLOGY / "alignments" / "fibo.ttl")
    assert set(graph.predicates(KG.Shareholding)) == {SKOS.closeMatch}


def test_ratios_are_decimals(modules: Triples) -> None:
    texts = [o for _, p, o in modules if p in (KG.factorNumerator, KG.factorDenominator)]
    assert texts
    assert all(isinstance(text, Literal) and text.datatype == XSD.decimal for text in texts)


def kindless(graph: Triples) -> list[URIRef]:
    """Find units without one kind of unit, by which figures are checked and printed figures are read."""
    return sorted(unit for unit in graph.subjects(RDF.type, KG.Unit) if len([*graph.objects(unit, KG.unitKind)]) != 1)


def test_every_unit_has_a_kind(modules: Triples) -> None:
    assert kindless(modules) == []
    assert kindless(bad("kgu:NotStated a kg:Unit .")) == [KGU.NotStated]
