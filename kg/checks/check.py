"""`kg check`: every finding about a data folder, all at once, with file and line.

Three steps, each only when the one before left something to work on: files and cards
alone; cards against document texts; the assembled graph against shapes and checks.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.cards.files import Cards, neighbourhood, read_cards
from kg.cards.findings import Finding, in_order
from kg.cards.texts import Texts
from kg.cards.yaml_reader import Text
from kg.checks.claim_ids import check_claim_ids
from kg.checks.dates import check_dates
from kg.checks.duplicates import check_duplicates
from kg.checks.evidence import EvidenceReport, check_evidence
from kg.checks.ids import mint_ids
from kg.checks.modes import check_modes
from kg.checks.plausibility import check_plausibility
from kg.checks.repeats import find_repeats
from kg.checks.shapes import Violation, run_checks, run_shapes
from kg.checks.soundness import find_sound
from kg.checks.structure import check_cards
from kg.checks.twins import check_twins
from kg.claims.accepted_view import AcceptedView
from kg.claims.assemble import assemble
from kg.collector import collector_paused
from kg.ontology.vocabulary import Vocabulary, load_vocabulary
from kg.parallel import in_background
from kg.rdf.namespaces import shorten
from kg.rdf.store import Store
from kg.settings import Settings

__all__ = ["Report", "check", "check_graph", "graph_findings", "source_findings"]


# Documents that a notice names before it only counts.
_NAMED = 3


@dataclass(frozen=True)
class Report:
    """What a check found, and what it could not do; `notices` are no findings."""

    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    counts: dict[str, int]

    @property
    def summary(self) -> str:
        """One line for people: what was looked at and what came of it."""
        looked_at = ", ".join(f"{number} {name}" for name, number in self.counts.items())
        found = f"{len(self.findings)} finding{'s' * (len(self.findings) != 1)}" if self.findings else "no findings"
        return f"{looked_at}: {found}"


def check(settings: Settings, paths: Sequence[Path] = ()) -> Report:
    """Check the data folder of the settings against the ontology and the texts at hand.

    With `paths` only the findings in these files and folders are given. Where they are
    document cards, only these are read, with the entities they name: a moment's work, which
    leaves what other cards say of the same things to a check of all.
    """
    with collector_paused():
        return _check(settings, paths)


def _check(settings: Settings, paths: Sequence[Path]) -> Report:
    alone = _documents_alone(settings.data, paths)
    vocabulary = load_vocabulary(settings.ontology)
    cards = read_cards(settings.data, alone)
    evidence = check_evidence(cards, Texts.of(settings.documents), vocabulary.unit_words, vocabulary.events)
    findings = source_findings(cards, vocabulary, evidence)
    notices = list(_notices(evidence))
    sound = find_sound(cards, findings)
    if sound is None:
        notices.append("shapes and quality checks: not done, since no card can be assembled yet")
    elif sound.left_out:
        # A thing may lack only what a card says that was left out: of things nothing is told yet.
        documents = {card.shown for card in sound.cards.documents}
        findings += [one for one in _shapes_of(sound.cards, vocabulary, settings.ontology) if one.file in documents]
        notices.append(f"shapes: done without {_some(sound.left_out, 'files')}; quality checks: not done until then")
    elif alone is None:
        findings += check_graph(cards, vocabulary, settings.ontology)
    else:
        findings += _shapes_of(cards, vocabulary, settings.ontology)
        notices.append("quality checks over all cards: not done; run kg check without a card")
    counts = _counts(cards, evidence.checked)
    return Report(tuple(_within(in_order(findings), paths, settings.data)), tuple(notices), counts)


def _documents_alone(data: Path, paths: Sequence[Path]) -> frozenset[Path] | None:
    """Give the document cards that were named, when nothing else was."""
    folder = (data / "documents").resolve()
    named = [path.resolve() for path in paths]
    if not named or not all(path.is_file() and path.is_relative_to(folder) for path in named):
        return None
    return frozenset(data / "documents" / path.relative_to(folder) for path in named)


def _within(findings: list[Finding], paths: Sequence[Path], data: Path) -> list[Finding]:
    """Keep the findings in the given files and folders, or all; a finding names its file from above the data folder."""
    # Not by `resolve`, which ends at a link that leads to itself.
    named = [Path(os.path.realpath(path)) for path in paths]
    places = {one.file: Path(os.path.realpath(data.parent / one.file)) for one in findings}
    return [
        finding for finding in findings if not named or any(places[finding.file].is_relative_to(path) for path in named)
    ]


def _shapes_of(cards: Cards, vocabulary: Vocabulary, ontology: Path) -> list[Finding]:
    """Run the shapes on the claims of the cards that were read and on the entities these name."""
    store = Store()
    assemble(neighbourhood(cards), vocabulary, ontology, store)
    places = mint_ids(cards).places
    return [_finding(violation, "shape", places) for violation in run_shapes(store, ontology / "shapes")]


def source_findings(cards: Cards, vocabulary: Vocabulary, evidence: EvidenceReport) -> list[Finding]:
    """Gather every finding that needs no assembled graph."""
    return [
        *cards.findings,
        *check_cards(cards, vocabulary),
        *find_repeats(cards),
        *check_claim_ids(cards, vocabulary),
        *(() if cards.unread else check_duplicates(cards, vocabulary)),
        *(() if cards.unread else check_twins(cards, vocabulary)),
        *evidence.findings,
        *check_plausibility(cards, vocabulary, datetime.date.today()),
        *check_modes(cards, vocabulary),
        *(() if cards.unread else check_dates(cards)),
    ]


def _notices(evidence: EvidenceReport) -> list[str]:
    notices = []
    for kind, places in evidence.unsaid.items():
        if places:
            summary = f"the words kept for {len(places)} claims leave out {kind}"
            notices.append(f"printed words: {summary}: {_some(places, 'claims')}")
    if evidence.not_done:
        names = _some(evidence.not_done)
        notices.append(f"positions: not checked for {names}: the text is not at hand; name its folder with --documents")
    if evidence.without_text:
        notices.append(f"positions: none to check for {_some(evidence.without_text)}: only the page is known")
    return notices


def _some(names: Sequence[str], kind: str = "documents") -> str:
    """Name a few, and count the rest.

    >>> _some(["a", "b", "c", "d", "e"])
    'a, b, c and 2 more documents'
    """
    more = f" and {len(names) - _NAMED} more {kind}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _counts(cards: Cards, checked: Sequence[str]) -> dict[str, int]:
    ids = mint_ids(cards)
    claims = sum(kind == "Claim" for kind in ids.kinds.values())
    return {
        "documents": len(cards.documents),
        "texts at hand": len(checked),
        "claims": claims,
        "ids": len(ids.kinds),
    }


def check_graph(cards: Cards, vocabulary: Vocabulary, ontology: Path, store: Store | None = None) -> list[Finding]:
    """Assemble the graph and run shapes and checks on it; findings point to the cards."""
    store = Store() if store is None else store
    view = assemble(cards, vocabulary, ontology, store)
    return graph_findings(cards, ontology, store, view)


def graph_findings(cards: Cards, ontology: Path, store: Store, view: AcceptedView) -> list[Finding]:
    """Run shapes and checks on an assembled store."""
    places = mint_ids(cards).places
    with in_background(partial(run_checks, store, ontology / "checks")) as checked:
        findings = [_finding(violation, "shape", places) for violation in run_shapes(store, ontology / "shapes")]
        findings += [_finding(violation, "check", places) for violation in checked()]
    for tie in view.ties:
        loser, winner = shorten(tie.loser), shorten(tie.winner)
        file, place = places[loser]
        message = f"no rule ranks {loser} and {winner}, which disagree on a single-valued property"
        fix = "rank one of them Preferred or the others Deprecated, with a note"
        findings.append(Finding(file, place.line, place.column, "check:equal-ranks", message, fix))
    return findings


def _finding(violation: Violation, code: str, places: Mapping[str, tuple[str, Text]]) -> Finding:
    """Point a violation at the card that minted its focus node, or that holds its value node."""
    name = shorten(violation.focus)
    file, place = places.get(name) or places.get(name.partition("#")[0]) or ("data", None)
    line, column = (place.line, place.column) if place else (0, 0)
    what, fix = violation.message.partition("; ")[::2]
    message = what if name in what else f"{name}: {what}"
    return Finding(file, line, column, f"{code}:{violation.rule}", message, fix or "mend the card")
