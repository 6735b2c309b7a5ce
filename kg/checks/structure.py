"""Whether cards say things that can be said: keys, ids, kinds and shapes of values.

Everything is held against the ontology (`kg.ontology.vocabulary`) and the minted ids. What a
document's text has to say about the cards is checked in `kg.checks.evidence`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.cards.files import CardFile, Cards, claims_of
from kg.cards.findings import Finding
from kg.cards.quads import EVIDENCE_WORDS, evidence_kind
from kg.cards.yaml_reader import Text
from kg.checks.ids import Ids, mint_ids
from kg.checks.placement import find_misplaced
from kg.ontology.vocabulary import Property, Vocabulary
from kg.rdf.vocab import RDF_LANG_STRING
from kg.values import parse_day, parse_edtf

__all__ = ["check_cards"]

_CLAIM_KEYS = frozenset({"id", "mode", "rank", "evidence", "note", "rivalOf", "says"})
_ENTITY_KEYS = frozenset({"id", "type", "name", "alias", "note", "notation", "exactMatch", "closeMatch", "replaces"})
_DOCUMENT_KEYS = frozenset({"id", "type", "name", "claims"})
_DOCUMENT_REQUIRED = ("id", "type", "title", "language", "sourceGrade", "claims")
_REQUIRED = {
    "Quantity": ("value", "unit"), "Evidence": ("start", "end", "digest"),
    "PrintedEvidence": ("printed", "readOn"), "PageEvidence": ("readOn",),
}  # fmt: skip
_LEXICAL = {
    # One way to write a number, so that a digit too many is seen.
    "integer": "-?[1-9][0-9]*|0",
    "nonNegativeInteger": "[1-9][0-9]*|0",
    "decimal": r"-?([1-9][0-9]*|0)(\.[0-9]+)?",
    "boolean": "true|false",
    "anyURI": r"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#]([^\s<>\"{}|\\^`\[\]%]|%[0-9A-Fa-f]{2})*)?",
}
# Keys that are no terms of ours, with what their values are.
_BORROWED = {"exactMatch": "anyURI", "closeMatch": "anyURI", "replaces": "string", "notation": "string"}
# They hold no value nodes: what has parts is an entity, or stands in a claim.
_FLAT = frozenset({"Document", "Photograph", "Claim", "Judgement"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_cards(cards: Cards, vocabulary: Vocabulary) -> list[Finding]:
    """Give every finding about the cards themselves, in no particular order."""
    ids = mint_ids(cards)
    ids.report_similar()
    ids.report_withdrawn(cards.withdrawn)
    checker = _Checker(vocabulary, ids)
    checker.findings.extend(ids.findings)
    checker.findings.extend(find_misplaced(cards))
    for card in cards.entities:
        checker.check_list(card, "entities", checker.check_entity)
    for card in cards.judgements:
        checker.check_list(card, "judgements", checker.check_judgement)
    for card in cards.documents:
        checker.check_document(card)
    return checker.findings


class _Checker:
    """Holds one run's vocabulary and ids, and gathers findings."""

    def __init__(self, vocabulary: Vocabulary, ids: Ids) -> None:
        self.vocabulary = vocabulary
        self.ids = ids
        self.findings: list[Finding] = []
        self.card = CardFile.__new__(CardFile)

    def report(self, place: Text, code: str, message: str, fix: str) -> None:
        """Add a finding at the place of a scalar."""
        self.findings.append(Finding(self.card.shown, place.line, place.column, code, message, fix))

    def check_list(self, card: CardFile, key: str, check: Any) -> None:
        """Check a file that holds one list of things."""
        self.card = card
        for name in card.tree:
            if name != key:
                self.unknown_key(name, [key])
        things = card.tree.get(Text(key))
        if not isinstance(things, list):
            self.report(Text("", 1, 1), "wrong-shape", f"the file has no list under {key!r}", f"start it with '{key}:'")
            return
        for thing in things:
            if isinstance(thing, dict):
                check(thing)
            else:
                self.report(_first(thing), "wrong-shape", f"each of the {key} is a mapping", "write keys and values")

    def check_entity(self, entity: dict[Text, Any]) -> None:
        """Check an entry of an entity file."""
        kind = self.kind_in(entity)
        for key, fix in (("id", "add id: kind/words"), ("name", "add name: {en: …, zh: …}")):
            if key not in entity:
                self.report(_first(entity), "missing-key", f"an entity has no {key}", fix)
        self.check_keys(entity, self.vocabulary.keys_of(kind) if kind else {}, _ENTITY_KEYS)

    def check_judgement(self, judgement: dict[Text, Any]) -> None:
        """Check a recorded judgement of sameness."""
        other = "spelling" if "spelling" in judgement else "rightEntity"
        for key in ("id", "leftEntity", other, "verdict", "reason"):
            if key not in judgement:
                self.report(_first(judgement), "missing-key", f"a judgement has no {key!r}", f"add {key}")
        self.check_keys(judgement, self.vocabulary.keys_of("Judgement"), frozenset({"id", "note"}))

    def check_document(self, card: CardFile) -> None:
        """Check a document card and its claims."""
        self.card = card
        tree = card.tree
        for key in _DOCUMENT_REQUIRED:
            if key not in tree:
                self.report(Text("", 1, 1), "missing-key", f"the card has no {key!r}", f"add {key}")
        kind = self.kind_in(tree)
        keys = {
            name: prop for name, prop in self.vocabulary.keys_of(kind or "Document").items() if name != "makesClaim"
        }
        self.check_keys(tree, keys, _DOCUMENT_KEYS)
        self.check_document_values(tree)
        claims = tree.get(Text("claims"), [])
        if not isinstance(claims, list) or len(claims_of(card)) != len(claims):
            self.report(
                Text("", 1, 1), "wrong-shape", "claims is not a list of mappings", "start each claim with '- id:'"
            )
        for claim in claims_of(card):
            self.check_claim(claim)

    def check_document_values(self, tree: dict[Text, Any]) -> None:
        """Check the document's digest and date, which have a form of their own."""
        digest = tree.get(Text("sha256"))
        if isinstance(digest, Text) and not re.fullmatch("[0-9a-f]{64}", digest):
            self.report(digest, "bad-value", "sha256 is not 64 hexadecimal digits", "print it with sha256sum")
        if (digest is None) != ("length" not in tree):
            self.report(_first(tree), "missing-key", "sha256 and length go together", "give both or none")
        published = tree.get(Text("published"))
        if isinstance(published, Text) and ((span := parse_edtf(published)) is None or span.is_bound):
            self.report(published, "bad-value", f"{str(published)!r} is no date", "write YYYY, YYYY-MM or YYYY-MM-DD")

    def check_claim(self, claim: dict[Text, Any]) -> None:
        """Check one claim: its own keys, its evidence, and the one statement that it makes."""
        for key in ("id", "says"):
            if key not in claim:
                self.report(_first(claim), "missing-key", f"a claim has no {key!r}", f"add {key}")
        self.check_keys(claim, self.vocabulary.keys_of("Claim"), _CLAIM_KEYS, skip=("says", "evidence"))
        if claim.get(Text("rank"), "Normal") != "Normal" and "note" not in claim:
            self.report(_first(claim), "unexplained-rank", "the rank has no reason", "add a note that gives it")
        self.check_evidence(claim)
        if "says" in claim:
            self.check_statement(claim[Text("says")], _first(claim))

    def check_evidence(self, claim: dict[Text, Any]) -> None:
        """Check that a claim says where its document states it, or, being ours, why."""
        evidence = claim.get(Text("evidence"))
        place = _first(claim)
        if self.card.tree.get(Text("sourceGrade")) == "Editorial":
            if evidence is not None:
                self.report(_first(evidence), "wrong-shape", "an editorial claim rests on no text", "remove evidence")
            if "note" not in claim:
                self.report(place, "missing-evidence", "an editorial claim gives no reason", "add a note")
        elif evidence is None:
            fix = "add evidence: {start, end, digest}, {printed, readOn}, Page or Compiled"
            self.report(place, "missing-evidence", "the claim has no evidence", fix)
        elif isinstance(evidence, dict):
            kind, _ = evidence_kind(evidence)
            self.check_keys(evidence, self.vocabulary.keys_of(kind), frozenset())
            self.check_required(evidence, kind)
        elif evidence not in EVIDENCE_WORDS:
            message = "evidence is neither a position, printed words, Page nor Compiled"
            self.report(_first(evidence), "wrong-shape", message, "use {start, end, digest} or {printed, readOn}")
        if evidence is not None and "sha256" in self.card.tree and "start" not in evidence:
            message = "the text is at hand but no position is given"
            self.report(_first(evidence), "missing-evidence", message, "use kg cite")

    def check_statement(self, says: Any, place: Text) -> None:
        """Check that a claim has one subject, one property and one value."""
        if not isinstance(says, dict) or "id" not in says or len(says) != 2:
            self.report(
                place, "several-statements", "a claim says one thing of one subject", "use says: {id, property: value}"
            )
            return
        (key, value), *_ = ((key, value) for key, value in says.items() if key != "id")
        if isinstance(value, list) and len(value) != 1:
            self.report(key, "several-statements", f"{str(key)!r} has {len(value)} values", "make a claim of each")
        subject = says[Text("id")]
        kind = self.kind_of_id(subject)
        if kind is None:
            return
        prop = self.vocabulary.properties.get(key)
        if prop is None:
            self.unknown_key(key, self.vocabulary.keys_of(kind))
        elif prop.by_rule:
            self.report(key, "wrong-kind", f"{str(key)!r} is inferred by a rule", "claim what the rule rests on")
        elif not self.vocabulary.is_a(kind, prop.domain):
            self.report(key, "wrong-kind", f"a {kind} has no {str(key)!r}", f"it belongs to {_either(prop.domain)}")
        else:
            self.check_value(prop, value, key)

    def check_keys(
        self, node: dict[Text, Any], keys: Mapping[str, Property], more: frozenset[str], skip: tuple[str, ...] = ()
    ) -> None:
        """Check that every key of a mapping is known there and that its value fits."""
        for key, value in node.items():
            if key in skip:
                continue
            if key in keys:
                self.check_value(keys[key], value, key)
            elif key not in more:
                self.unknown_key(key, [*keys, *more])
            elif key in ("name", "alias", "note"):
                self.check_languages(value, key)
            elif key == "id" and not isinstance(value, Text):
                self.report(key, "wrong-shape", "an id is a plain word", "write one id")
            elif key in _BORROWED:
                self.check_borrowed(value, key)

    def check_value(self, prop: Property, value: Any, key: Text) -> None:
        """Check a value, or each of several, against what its property may point to."""
        if prop.datatype == RDF_LANG_STRING.value:
            self.check_languages(value, key)
        elif isinstance(value, list):
            if prop.single_valued and len(value) > 1:
                self.report(key, "several-statements", f"{str(key)!r} has {len(value)} values", "keep one")
            elif prop.single_valued or not value:
                self.report(key, "wrong-shape", f"{str(key)!r} holds a list", "write the value without brackets")
            for item in value:
                self.check_value(prop, item, key)
        elif isinstance(value, dict):
            self.check_node(prop, value, key)
        elif prop.datatype:
            self.check_lexical(prop.datatype.rpartition("#")[2], value)
        else:
            self.check_reference(prop, value)

    def check_node(self, prop: Property, node: dict[Text, Any], key: Text) -> None:
        """Check a value node: a mapping without an id, of the one class its property points to."""
        kinds = self.vocabulary.enumerated | {"Unit"}
        if len(prop.range) != 1 or prop.datatype or "id" in node or prop.range & kinds or prop.domain <= _FLAT:
            self.report(key, "wrong-shape", f"{str(key)!r} takes an id or a plain value", "write it without inner keys")
            return
        kind = next(iter(prop.range))
        self.check_keys(node, self.vocabulary.keys_of(kind), frozenset({"note"}))
        self.check_required(node, kind)
        edtf = node.get(Text("edtf"))
        if isinstance(edtf, Text) and parse_edtf(edtf) is None:
            fix = "write YYYY, YYYY-MM, YYYY-MM-DD or a/b; ../b by then at the latest, a/.. then at the earliest"
            self.report(edtf, "bad-value", f"{str(edtf)!r} is no date", fix)

    def check_borrowed(self, value: Any, key: Text) -> None:
        """Check the plain words, or several, under a key of another vocabulary."""
        for item in value if isinstance(value, list) and value else [value]:
            if isinstance(item, Text):
                self.check_lexical(_BORROWED[key], item)
            else:
                self.report(key, "wrong-shape", f"{str(key)!r} takes plain words", "write it without inner keys")

    def check_required(self, node: dict[Text, Any], kind: str) -> None:
        """Check that a node has the keys without which it means nothing."""
        for name in _REQUIRED.get(kind, ()):
            value = node.get(Text(name))
            if not isinstance(value, Text) and not (isinstance(value, list) and name == "printed"):
                self.report(_first(node), "missing-key", f"a {kind} has no {name!r}", f"add {name}")

    def check_lexical(self, datatype: str, value: Text) -> None:
        """Check that a scalar is written as its datatype asks."""
        if datatype == "date":
            good = parse_day(value) is not None
        else:
            good = re.fullmatch(_LEXICAL.get(datatype, r"(?s).+"), value) is not None
        if not good:
            self.report(
                value, "bad-value", f"{str(value)!r} is no {datatype}", "write it plainly, without thousands marks"
            )

    def check_reference(self, prop: Property, value: Text) -> None:
        """Check that an id, a concept or a unit exists and is of a kind the property points to."""
        if "Unit" in prop.range:
            if value not in self.vocabulary.units:
                self.unknown_id(value, "unit", self.vocabulary.units)
            return
        kind = self.kind_of_id(value, concept="/" not in value)
        if kind is not None and not self.vocabulary.is_a(kind, prop.range):
            self.report(
                value, "wrong-kind", f"{str(value)!r} is a {kind}", f"{prop.name!r} points to {_either(prop.range)}"
            )

    def check_languages(self, value: Any, key: Text) -> None:
        """Check a language map: language tags to texts."""
        if not isinstance(value, dict) or not value:
            self.report(key, "wrong-shape", f"{str(key)!r} is no language map", f"write {key}: {{en: …, zh: …}}")
            return
        for language, text in value.items():
            if not _LANGUAGE.fullmatch(language):
                self.report(language, "bad-value", f"{str(language)!r} is no language tag", "use en, zh, …")
            for item in text if isinstance(text, list) and text else [text]:
                if not isinstance(item, Text) or not item.strip():
                    self.report(language, "wrong-shape", "a text is missing here", "write it or drop the language")

    def kind_in(self, node: dict[Text, Any]) -> str | None:
        """Give the class a thing says it has, reporting when there is none such."""
        kind = node.get(Text("type"))
        if not isinstance(kind, Text):
            self.report(_first(node), "missing-key", "there is no 'type'", "add the class")
            return None
        if kind not in self.vocabulary.superclasses:
            self.unknown_id(kind, "class", self.vocabulary.superclasses)
            return None
        return kind

    def kind_of_id(self, reference: Any, *, concept: bool = False) -> str | None:
        """Give the class of a minted id or a concept of the ontology, reporting when there is none such."""
        if not isinstance(reference, Text):
            self.report(_first(reference), "wrong-shape", "an id is a plain word", "write one id")
            return None
        known = self.vocabulary.individuals if concept else self.ids.kinds
        if reference not in known:
            self.unknown_id(reference, "concept" if concept else "id", known)
            return None
        return known[reference]

    def unknown_key(self, key: Text, known: Iterable[str]) -> None:
        """Report a key that stands where it is not known."""
        fix = _suggest(key, known, "see ontology/README.md")
        self.report(key, "unknown-key", f"{str(key)!r} is not a key here", fix)

    def unknown_id(self, name: Text, what: str, known: Iterable[str]) -> None:
        """Report a name that nothing has."""
        fix = _suggest(name, known, "mint it in data/entities or mend the spelling")
        self.report(name, "unknown-id", f"no {what} is called {str(name)!r}", fix)


def _first(node: Any) -> Text:
    """Find the first scalar in a tree, to have a place to point at."""
    while not isinstance(node, Text):
        if not node:
            return Text("", 1, 1)
        node = next(iter(node))
    return node


def _either(names: frozenset[str]) -> str:
    return " or ".join(sorted(names))


def _suggest(name: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.75)
    return f"did you mean {near[0]!r}?" if near else otherwise
