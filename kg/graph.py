"""The opened graph: find, show, ask, query and why, as the command line and the README say them.

graph = kg.open()
graph.find("宁德时代")
graph.ask("base-operator", base="base/yanzhou")
graph.why("base/guian/phase-one", "plannedCapacity")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.analysis.methods import NetworkVerbs
from kg.entities.entity import WHOLE, Entity, EntityPart, read_entity
from kg.entities.finder import Finder, close_names
from kg.entities.matches import Matches
from kg.names.index import NameIndex
from kg.ontology.schema import Schema, read_schema
from kg.provenance.explanations import Explanations
from kg.provenance.provenance import Explanation, Provenance
from kg.questions.answer import Answer, AnswerRequest, answer_rows, find_answered
from kg.questions.binding import bind_text
from kg.rdf import NamedNode
from kg.rdf.labels import spellings
from kg.rdf.namespaces import KG, expand, shorten
from kg.rdf.nodes import find_node, is_document, missing, node_of
from kg.rdf.store import Triple, facts
from kg.release.release import Release, open_release
from kg.settings import Settings
from kg.tables.table import Table
from kg.understanding.methods import QuestionVerbs

if TYPE_CHECKING:
    import rdflib

    from kg.claims.coverage import Section
    from kg.claims.ledger import LedgerEntry
    from kg.draw import Picture
    from kg.export import ExportResult
    from kg.matching.candidates import Candidates
    from kg.matching.csv_rows import Columns, Progress
    from kg.matching.extension import CellValue, Extension, ExtensionColumn
    from kg.matching.matcher import Matcher, Wanted
    from kg.matching.properties import EntityProperties
    from kg.provenance.claim_detail import ClaimDetail
    from kg.tables.source_table import SourceTable

__all__ = ["Graph", "open_graph"]


def open_graph(path: Path | str | None = None, *, full_sums: bool = False) -> Graph:
    """Open a release for reading: a release's folder, a folder of releases, or None for the settings' folder.

    Its files are checked first: that none was written since their sums were last made, else the sums of all, which
    `full_sums` asks for in any case. Raises ReleaseError when there is no release or one byte of it was changed.
    """
    return Graph(open_release(Settings.read().releases if path is None else Path(path), full_sums=full_sums))


class Graph(NetworkVerbs, QuestionVerbs):
    """A release, open for reading. Texts from outside are bound as values and never become part of a query."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def __repr__(self) -> str:
        """Say which release this is and how much it holds."""
        counts = self.release.facts
        day = f" as of {counts['as_of']}" if counts["as_of"] else ""
        claims = counts["accepted_claims"] + counts["corroborating_claims"]
        counted = f"{counts['documents']:,} documents, {claims:,} claims, {len(self.release.questions)} questions"
        return f"<Graph of release {self.release.id}{day}: {counted}>"

    @property
    def provenance(self) -> Provenance:
        """What the statements of the release rest on."""
        return self._provenance

    @cached_property
    def _provenance(self) -> Provenance:
        return Provenance(self.release.store, self.release.rules)

    @cached_property
    def _lookup(self) -> NameIndex:
        return NameIndex(self.release.path / "names")

    def find(self, text: str, *, kind: str | None = None, place: str | None = None, limit: int = 10) -> Matches:
        """Find entities by name in English, Chinese or pinyin; each match says why it matched.

        `kind` is a class of the ontology and takes in the classes below it; `place` keeps to what lies in a
        place, however deep.
        """
        return Matches(self._finder.find(text, kind=kind, place=place, limit=limit))

    def inside(self, place: str) -> set[NamedNode]:
        """Give what lies in a place, however deep, by its id or name."""
        return self._finder.inside(place)

    @property
    def finder(self) -> Finder:
        """What finds entities by their names."""
        return self._finder

    @property
    def names(self) -> NameIndex:
        """The index of the names of the release."""
        return self._lookup

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.release.store, lambda: self._lookup, lambda: self.schema)

    @cached_property
    def schema(self) -> Schema:
        """The classes and properties of the ontology, with their words."""
        return read_schema(self.release.store)

    def match(self, wanted: Wanted) -> Candidates:
        """Find which entity a name with some properties means, the best first, each with its reasons.

        Only the first can be a match to take without looking; a likeness alone never is (see `kg.matching.matcher`).
        """
        return self._matcher.match(wanted)

    def extend(
        self, entities: Iterable[str], columns: Sequence[ExtensionColumn]
    ) -> dict[str, dict[str, list[CellValue]]]:
        """Fill columns for entities: values with their dates and sources beside them (see `kg.matching.extension`)."""
        return self._extension.fill(entities, columns)

    @cached_property
    def _extension(self) -> Extension:
        from kg.matching.extension import Extension

        return Extension(self._provenance, self.properties)

    @cached_property
    def properties(self) -> EntityProperties:
        """What entities have, under the names that people give to columns."""
        from kg.matching.properties import EntityProperties

        return EntityProperties(self.release.store, self.schema)

    @cached_property
    def _matcher(self) -> Matcher:
        from kg.matching.matcher import Matcher

        return Matcher(self._lookup, self.properties)

    def kinds(self) -> list[str]:
        """Give the classes that have named things, sorted."""
        return self._finder.kinds()

    def match_csv(self, data: bytes, columns: Columns, progress: Progress | None = None) -> Table:
        """Match each row of a table: its own columns, and what was found for the row behind them.

        The table is CSV, however cut and encoded, or a workbook (XLSX, XLS, ODS). InputError names the line of one that
        cannot be read; `progress` is told how many rows of how many are done.
        """
        from kg.tables.source_table import FILE_BOUNDS, read_table

        return self.match_table(read_table(data, FILE_BOUNDS), columns, progress)

    def match_table(self, table: SourceTable, columns: Columns, progress: Progress | None = None) -> Table:
        """Match each row of a table that has been read."""
        from kg.matching.csv_rows import match_sheet

        return match_sheet(table, columns, self.match, progress)

    def neighbours(self, entity: str, relation: str | None = None, *, language: str = "en") -> Table:
        """Count what an entity is directly tied to, for each relation; or list the neighbours by one relation."""
        from kg.entities.neighbours import count_neighbours, list_neighbours

        node = self.resolve(entity)
        if relation is None:
            return count_neighbours(self.release.store, node, language)
        name = self.resolve_property(relation).value.removeprefix(KG)
        return list_neighbours(self._provenance, node, name, language)

    def claims(self, of: str, property_name: str | None = None, *, language: str = "en") -> Table:
        """Give every claim about an entity, accepted or not, or about one property of it; of a document, its claims."""
        from kg.provenance.claim_detail import claims_about, claims_in

        node = self.resolve(of)
        if property_name is None and is_document(self.release.store, node):
            return claims_in(self._provenance, node, language)
        predicate = self.resolve_property(property_name) if property_name else None
        return claims_about(self._provenance, node, predicate, language)

    def claim(self, name: str, *, language: str = "en") -> ClaimDetail:
        """Give one claim in full: what it says, who says it and where, and what ranks above or below it."""
        from kg.provenance.claim_detail import read_claim

        node = node_of(expand(name))
        if node is None or node.value not in self._provenance.claims:
            near = close_names(name, map(shorten, self._provenance.claims))
            raise missing(self.release.store, "claim", name, near)
        return read_claim(self._provenance, node, language)

    def suggest(self, text: str) -> list[str]:
        """Give names that were perhaps meant, for an error to offer."""
        return self._finder.suggest(text)

    def show(self, entity: str, part: EntityPart = WHOLE, *, language: str = "en") -> Entity:
        """Give what the accepted view says about an entity, all or a part of it, each statement with its claims."""
        return read_entity(self._provenance, self.resolve(entity), part, language)

    def resolve(self, name: str, wanted: Sequence[str] = (), *, strict: bool = True) -> NamedNode:
        """Give the node of an id, an IRI, a term of the ontology, or a name or label in either language.

        `wanted` are the classes of what is meant, where things of several kinds are called so; a name of something else
        is none, unless `strict` is False.
        """
        return self._finder.resolve(name, wanted, strict=strict and bool(wanted))

    def kinds_like(self, example: str) -> tuple[str, ...]:
        """Name the classes of an example, by its id: what is wanted where a question has it as its default."""
        node = find_node(self.release.store, example) if example else None
        return self._finder.kinds_like(node) if node is not None else ()

    def query(self, sparql: str, *, claims: bool = False, timeout: float = 10.0, **parameters: str) -> Answer:
        """Run a SPARQL query of your own, in a process without network that ends at the timeout (seconds).

        `parameters` are bound to projected variables: ids as entities, other text as strings.
        With `claims` each row says which claims it rests on. The answer's `notes` name the words of the text that the
        release does not know.
        """
        from kg.sparql.runner import query_in_worker, solve

        bindings = {name: bind_text(text) for name, text in parameters.items()}
        folder = self.release.path / "store"
        columns, rows, notes = solve(folder, sparql, bindings, timeout)
        lineage = None
        if claims:
            # rdflib takes a tenth of a second to load, which every other answer would pay for.
            from kg.provenance.lineage_parser import parse_lineage

            lineage = parse_lineage(sparql)
        # Without the query's LIMIT there may be very many: this is a foreign text too.
        solutions = query_in_worker(folder, lineage.solutions, bindings, timeout)[1] if lineage else []
        about = AnswerRequest("query", tuple(columns), "", lineage, solutions)
        return replace(answer_rows(self._provenance, about, rows, "en"), notes=notes)

    def why(self, subject: str, predicate: str, target: str | None = None) -> Explanations:
        """Say why the graph holds `subject predicate target`: the claims, or a rule and its premises.

        `target` is an id, a printed figure, a value, or None for whatever there is. Statements
        that only lower-ranked claims make are explained as such.
        """
        triples = list(self._triples(self.resolve(subject), self.resolve_property(predicate), target))
        if not triples:
            return Explanations([Explanation((subject, predicate, target or "…"), "unknown")])
        explained = [self._provenance.explain(triple) for triple in triples]
        # Of one value in several wordings the accepted one names the others' claims; they need no place of their own.
        return Explanations(one for one in explained if target is not None or one.kind != "corroborating")

    def resolve_property(self, name: str) -> NamedNode:
        """Give the node of a property, by its id, IRI or label in either language."""
        return self._finder.property_named(name)

    def _triples(self, subject: NamedNode, predicate: NamedNode, target: str | None) -> Iterator[Triple]:
        found = {fact.object for fact in facts(self.release.store, subject, predicate)}
        for node in sorted(found, key=str):
            if target is None or target in spellings(self.release.store, node):
                yield subject, predicate, node

    def conflicts(self, entity: str | None = None, *, language: str = "en") -> Table:
        """Give every claim on a property for which sources give more than one value, the accepted one first."""
        from kg.claims.conflicts import find_conflicts

        return find_conflicts(self.release.store, shorten(self.resolve(entity).value) if entity else None, language)

    def coverage(self) -> list[Section]:
        """Measure what the graph covers and where it is thin."""
        from kg.claims.coverage import measure_coverage

        return measure_coverage(self.release.store, find_answered(self.release.store, self.questions()), self._ledger)

    @cached_property
    def _ledger(self) -> list[LedgerEntry]:
        from kg.claims.ledger import read_ledger

        return read_ledger(self.release.store)

    def compare(self, later: Graph) -> Table:
        """Give every claim that was added, withdrawn, restated or ranked anew in a later release."""
        from kg.claims.changes import compare, read_reasons

        return compare(self._ledger, later._ledger, read_reasons(later.release.store))

    def draw(self, view: str, about: str | None = None, *, language: str = "en", **choice: Any) -> Picture:
        """Draw relations, a supply chain, a timeline or a map of sites, about an entity or the whole graph.

        `language` is en or zh; what else may be chosen is told at `kg.draw.DrawRequest`, beside the filters
        of `Filters`.
        """
        from kg.draw import DrawRequest, Scene, Words, draw, split_choice

        shape, given = split_choice(choice)
        filters = self.filters(**given)
        entity = shorten(self.resolve(about).value) if about is not None else None
        edges = self.networks.select(filters=filters)
        scene = Scene(self.release, self._provenance, self.networks, edges, Words(language))
        return draw(view, scene, DrawRequest(entity, filters=filters, **shape))

    def export(self, format: str, target: Path | str | BinaryIO, **choice: Any) -> ExportResult:
        """Write the release for another program, to a path or a stream; `kg.export.export` tells what may be chosen."""
        from kg.export import Source, export

        return export(Source(self.release, self._provenance, self.network), format, target, **choice)

    def as_rdflib(self) -> rdflib.Dataset:
        """Give the same data as an rdflib Dataset: the accepted view as default graph, claims as named graphs."""
        from kg.rdf.to_rdflib import to_rdflib

        return to_rdflib(self.release.store)
