"""Alterations of the wide cards, drawn at random: each says another thing than its page does, one on a card.

    python -m tests.support.alterations 20261130 500

draws 500, checks them as `kg check` does, and prints how many are found, by kind, and those that are not.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.cards.files import CardFile, claims_of, read_cards
from kg.cards.findings import Finding
from kg.cards.texts import Texts
from kg.cards.yaml_reader import Text
from kg.checks.check import check, source_findings
from kg.checks.evidence import check_evidence
from kg.checks.ids import mint_ids
from kg.ontology.vocabulary import Vocabulary, load_vocabulary
from kg.settings import Settings
from kg.values import parse_decimal

__all__ = ["KINDS", "Alteration", "draw_alterations", "find_alterations"]

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
KINDS = ("value", "unit", "date", "mode", "id", "double", "bound", "status", "property")

# A property and others that take the same values: a plan for a fact, a buyer for a seller.
_TWINS = (
    ("plannedCapacity", "installedCapacity", "capacity"), ("plannedInvestment", "investment"),
    ("expectedJobs", "jobs"), ("plannedOperator", "operator"), ("plannedProduct", "product"),
    ("expectedLaunch", "productionStartedOn", "trialProductionStartedOn"), ("expectedStart", "startedOn"),
    ("expectedCompletion", "completedOn"), ("signedOn", "announcedOn", "reportedOn"), ("supplier", "customer"),
    ("plannedShareholding", "shareholding"), ("landArea", "floorArea"),
)  # fmt: skip
_TRIES = 500


@dataclass(frozen=True)
class Alteration:
    """A changed card: what kind of change, in which line, from what to what, and the text with it."""

    kind: str
    card: CardFile
    line: int
    old: str
    new: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.card.shown}:{self.line}: {self.old} -> {self.new}"


@dataclass(frozen=True)
class _Place:
    """A scalar of a claim that can be changed, with the mapping that it stands in."""

    claim: dict[Text, Any]
    scalar: Text
    node: dict[Text, Any]


class _Drawer:
    """Draws alterations of cards from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self.vocabulary = load_vocabulary(ROOT / "ontology")
        self.cards = [card for card in read_cards(DATA).documents if "sha256" not in card.tree and claims_of(card)]
        self.ids: dict[str, list[str]] = defaultdict(list)
        for name in mint_ids(read_cards(DATA)).kinds:
            self.ids[name.partition("/")[0]].append(name)
        self.concepts: dict[str, list[str]] = defaultdict(list)
        for name, kind in self.vocabulary.individuals.items():
            self.concepts[kind].append(name)

    def alter(self, kind: str) -> Alteration | None:
        """Draw a claim, each as likely as any other, and alter it; None where it has nothing of the kind."""
        (card,) = self.draw.choices(self.cards, [len(claims_of(card)) for card in self.cards])
        claim = self.draw.choice(claims_of(card))
        made: Callable[[CardFile, dict[Text, Any]], Alteration | None] = getattr(self, f"_alter_{kind}")
        return made(card, claim)

    def _alter_value(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        place = self._scalar(claim, "value")
        return self._replaced("value", card, place.scalar, self._other_number(place.scalar)) if place else None

    def _other_number(self, old: str) -> str:
        """Change a digit, move the point, or exchange two digits."""
        places = [place for place, character in enumerate(old) if character.isdigit()]
        for _ in range(_TRIES):
            how, place = self.draw.choice(("digit", "ten", "exchange")), self.draw.choice(places)
            new = f"{old}0" if "." not in old else old.replace(".", "")
            if how == "digit":
                new = old[:place] + self.draw.choice("123456789") + old[place + 1 :]
            elif how == "exchange" and place + 1 in places:
                new = old[:place] + old[place + 1] + old[place] + old[place + 2 :]
            if parse_decimal(new) != parse_decimal(old) and not re.match(r"-?0\d", new):
                return new
        raise AssertionError(old)

    def _alter_unit(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        place = self._scalar(claim, "unit")
        return (
            self._replaced("unit", card, place.scalar, self._another(self.vocabulary.units, place.scalar))
            if place
            else None
        )

    def _alter_date(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        """Change the year, month or day of a date in a claim, or of the day of publication."""
        place, published = self._scalar(claim, "edtf"), card.tree.get(Text("published"))
        of_card = isinstance(published, Text) and self.draw.randrange(len(claims_of(card)) + 1) == 0
        old = published if of_card else place and place.scalar
        if not isinstance(old, Text) or "/" in old:
            return None
        parts = old.split("-")
        which = self.draw.randrange(len(parts))
        if which == 0:
            parts[0] = str(int(parts[0]) + self.draw.choice((-3, -2, -1, 1, 2, 3)))
        else:
            parts[which] = self._another([f"{one:02d}" for one in range(1, 13 if which == 1 else 29)], parts[which])
        return self._replaced("date", card, old, "-".join(parts))

    def _alter_mode(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        mode = claim.get(Text("mode"))
        if isinstance(mode, Text):
            return self._replaced("mode", card, mode, self._another(self.concepts["Mode"], mode))
        name, new = claim[Text("id")], self._another(self.concepts["Mode"], "Stated")
        lines = _lines(card)
        lines.insert(name.line, f"    mode: {new}")
        return Alteration("mode", card, name.line, "Stated", new, "\n".join(lines))

    def _alter_id(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        """Exchange a subject or a value for another thing of its kind."""
        places = [
            place.scalar
            for place in _places(claim, claim.get(Text("says")))
            if len(self.ids.get(place.scalar.partition("/")[0], ())) > 1
            and "/" in place.scalar
            and not place.scalar.startswith(("claim/", "document/"))
        ]
        if not places:
            return None
        old = self.draw.choice(places)
        return self._replaced("id", card, old, self._another(self.ids[old.partition("/")[0]], old))

    def _alter_double(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        lines, name = _lines(card), claim[Text("id")]
        end = name.line
        while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
            end += 1
        block = [lines[name.line - 1] + "-anew", *lines[name.line : end]]
        return Alteration(
            "double", card, name.line, str(name), f"{name}-anew", "\n".join((*lines[:end], *block, *lines[end:]))
        )

    def _alter_bound(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        place = self._scalar(claim, "bound")
        others = [name for name in self.concepts["Bound"] if name != "BoundNotStated"]
        return self._replaced("bound", card, place.scalar, self._another(others, place.scalar)) if place else None

    def _alter_status(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        place = self._scalar(claim, "statusValue")
        return (
            self._replaced("status", card, place.scalar, self._another(self.concepts["Status"], place.scalar))
            if place
            else None
        )

    def _alter_property(self, card: CardFile, claim: dict[Text, Any]) -> Alteration | None:
        says = claim.get(Text("says"))
        keys = [key for key in says if any(key in twins for twins in _TWINS)] if isinstance(says, dict) else []
        if not keys:
            return None
        (others,) = (twins for twins in _TWINS if keys[0] in twins)
        return self._replaced("property", card, keys[0], self._another(others, keys[0]))

    def _another(self, names: Iterable[str], old: str) -> str:
        others: list[str] = [name for name in names if name != old]
        return self.draw.choice(others)

    def _scalar(self, claim: dict[Text, Any], key: str) -> _Place | None:
        places = [
            place for place in _places(claim, claim.get(Text("says"))) if place.node.get(Text(key)) is place.scalar
        ]
        return self.draw.choice(places) if places else None

    @staticmethod
    def _replaced(kind: str, card: CardFile, old: Text, new: str) -> Alteration | None:
        lines = _lines(card)
        line, start = lines[old.line - 1], old.column - 1
        start += line[start : start + 1] in ("'", '"')
        if not line.startswith(old, start):
            return None
        lines[old.line - 1] = line[:start] + new + line[start + len(old) :]
        return Alteration(kind, card, old.line, str(old), new, "\n".join(lines))


def _lines(card: CardFile) -> list[str]:
    return card.path.read_text(encoding="utf-8").split("\n")


def _places(claim: dict[Text, Any], node: Any) -> Iterator[_Place]:
    """Walk the scalars of a statement that are no keys."""
    if isinstance(node, dict):
        for value in node.values():
            if isinstance(value, Text):
                yield _Place(claim, value, node)
            else:
                yield from _places(claim, value)
    elif isinstance(node, list):
        for value in node:
            yield from _places(claim, value)


def draw_alterations(seed: int, count: int) -> list[Alteration]:
    """Draw so many alterations, as many of each kind, each on a card of its own."""
    drawer = _Drawer(seed)
    drawn: list[Alteration] = []
    while len(drawn) < count:
        made = next(filter(None, (drawer.alter(KINDS[len(drawn) % len(KINDS)]) for _ in range(_TRIES))), None)
        assert made, f"nothing of the kind {KINDS[len(drawn) % len(KINDS)]} is left"
        drawer.cards.remove(made.card)
        drawn.append(made)
    return drawn


def find_alterations(drawn: list[Alteration], folder: Path) -> dict[str, set[str]]:
    """Check a copy of the data with the alterations in it, and give the codes by which each is found, by its card.

    Those that the cards alone show are taken out again, so that the others make a graph, on which shapes and quality
    checks run. What is found in the file of an entity counts where it names what the alteration exchanged.
    """
    shutil.copytree(DATA, folder / "data")
    for one in drawn:
        (folder / one.card.shown).write_text(one.text, encoding="utf-8")
    vocabulary = load_vocabulary(ROOT / "ontology")
    found = _sorted_out(drawn, _of_cards(folder / "data", vocabulary))
    for one in drawn:
        if one.card.shown in found:
            shutil.copy(one.card.path, folder / one.card.shown)
    rest = [one for one in drawn if one.card.shown not in found]
    return found | _sorted_out(rest, check(Settings(ROOT / "ontology", folder / "data", folder, ())).findings)


def _of_cards(data: Path, vocabulary: Vocabulary) -> list[Finding]:
    cards = read_cards(data)
    return source_findings(cards, vocabulary, check_evidence(cards, Texts.of(()), vocabulary.unit_words))


def _sorted_out(drawn: list[Alteration], findings: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        for one in drawn:
            named = re.search(rf"(?<![\w/-])(?:{re.escape(one.old)}|{re.escape(one.new)})(?![\w/-])", finding.message)
            if finding.file == one.card.shown or (one.kind == "id" and named):
                found[one.card.shown].add(finding.code)
    return dict(found)


def main() -> None:
    seed, count = map(int, sys.argv[1:])
    drawn = draw_alterations(seed, count)
    with tempfile.TemporaryDirectory() as folder:
        found = find_alterations(drawn, Path(folder))
    seen = Counter(one.kind for one in drawn if one.card.shown in found)
    drawn_of = Counter(one.kind for one in drawn)
    print(
        f"{seen.total()} of {count} found: " + ", ".join(f"{kind} {seen[kind]} of {drawn_of[kind]}" for kind in KINDS)
    )
    print("by", dict(Counter(code for codes in found.values() for code in codes).most_common()))
    for one in drawn:
        if one.card.shown not in found:
            print("not found:", one)


if __name__ == "__main__":
    main()
