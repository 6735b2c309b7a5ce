"""Which entities the text of a cell may name, and whether its name alone is enough to take one unseen.

A name is *sure* where it is to the letter, but for spaces and the legal form, the name of one entity of the wanted kind
and of no other. It is *good* where that much is right but something has to agree: two bear it, it was typed in pinyin,
the legal form is that of another law, it is a short word of everyday language, or a place's that is found again abroad.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.matching.properties import EntityProperties
from kg.matching.written_names import NameParts, is_sum, name_parts, without_marks
from kg.names.forms import name_parts as name_forms
from kg.names.index import MAX_TEXT, Match, NameIndex
from kg.names.legal_forms import are_foreign, legal_forms, without_legal_form
from kg.names.normalize import normalize
from kg.names.similarity import EXACT
from kg.rdf import NamedNode
from kg.rdf.labels import label
from kg.rdf.namespaces import BASE
from kg.rdf.store import facts
from kg.rdf.vocab import RDFS_LABEL, VIEW, kg

__all__ = ["NameReader", "ReadName"]

_SPACED = "exact but for spaces"
_SAME_FORM = "same without legal form"
_OWNED_BY = kg("ownedBy")
_ADMIN_CODE, _AREA_LEVEL, _COUNTRY = kg("adminCode"), kg("areaLevel"), kg("Country")
# 大众, 阳光, 长城 are words before they are names.
_CHINA = f"{BASE}place/china"
# County-level names such as 朝阳区 are those of several cities.
_CITY_IN_FULL = re.compile("[\u3400-\u9fff]{2,}(?:省|市|自治区|自治州|自治县|盟)")
_WORD_OF_TWO = re.compile("[\u3400-\u9fff]{1,2}")
# An identifier begins with the exchange or register that it is of: SZSE 300750.
_MARKET = re.compile("[A-Z]+[ :]")
_IN_A_NOTE = 0.6
_BESIDE_A_NOTE = 0.97


@dataclass(frozen=True)
class ReadName:
    """An entity that a text may name, and how far the name goes; the entity may be of another kind than wanted."""

    match: Match
    sure: bool = False
    good: bool = False
    of_kind: bool = True


class NameReader:
    """Reads texts with the names of a release."""

    def __init__(self, lookup: NameIndex, properties: EntityProperties) -> None:
        self._lookup = lookup
        self._properties = properties

    def read(self, text: str, kinds: Sequence[str] | None, limit: int) -> list[ReadName]:
        """Give the entities that a text may name, the best first."""
        whole = self._whole(text, kinds, limit)
        if any(name.sure or name.match.score == EXACT for name in whole[:1]):
            return whole
        if bare := without_marks(text):
            return self.read(bare, kinds, limit)
        parts = name_parts(text)
        taken_apart = self._in_parts(parts, kinds, limit) if parts else []
        seen = {name.match.entity for name in taken_apart}
        # Of what was taken apart the whole is only a likeness.
        return taken_apart + [name for name in whole if name.match.entity not in seen]

    def _whole(self, text: str, kinds: Sequence[str] | None, limit: int) -> list[ReadName]:
        if len(text) > MAX_TEXT or not normalize(text) or kinds == []:
            return []
        found = self._lookup.find(text, kind=kinds, limit=limit)
        own = [match for match in found if self._is_own(text, match)]
        bearers = {match.entity for match in own}
        exact = {match.entity for match in own if match.score == EXACT}
        names = []
        for match in found:
            is_own = match in own
            alone = len(bearers) == 1 or (exact == {match.entity} and _is_in_full(text))
            sure = is_own and alone and self._is_enough(text, match, kinds)
            names.append(ReadName(match, sure, is_own or match.reason == "pinyin"))
        return names

    def _is_own(self, text: str, match: Match) -> bool:
        """Tell whether a text is a name of an entity but for spaces and legal form."""
        if match.score == EXACT or match.reason == _SPACED:
            return True
        return match.field != "identifier" and _stem(text) == _stem(match.label)

    def _is_enough(self, text: str, match: Match, kinds: Sequence[str] | None) -> bool:
        """Tell whether an own name can be taken by itself."""
        node = NamedNode(match.entity)
        if match.field == "identifier":
            return True
        if match.field == "alias" and is_sum(text):
            return False
        if self._is_namesake_abroad(node, text, kinds):
            return False
        if match.score == EXACT:
            return match.field != "alias" or not _WORD_OF_TWO.fullmatch(normalize(text))
        return not (self._is_short_of_a_name(node, text) or self._contradicts_form(node, text))

    def _is_short_of_a_name(self, node: NamedNode, text: str) -> bool:
        """Tell whether what a legal form was put to is only the beginning of the entity's name.

        Volvo AB is not Volvo Cars, 东风汽车股份有限公司 not 东风汽车集团, whatever both are called in short.
        """
        own = _words(text)
        labels = [fact.object.value for fact in facts(self._properties.store, node, RDFS_LABEL, None, VIEW)]
        names = [_words(name) for each in labels for name in (name_forms(each)[0] or (each,))]
        return own not in names and any(name[: len(own)] == own for name in names)

    def _contradicts_form(self, node: NamedNode, text: str) -> bool:
        """Tell whether a legal form speaks of a daughter abroad: BASF Corporation, of BASF SE, or Vattenfall GmbH."""
        own_forms = legal_forms(normalize(text))
        names = [name.value for name in self._properties.values(node, "name")]
        stated = [forms for name in names if _stem(name) == _stem(text) and (forms := legal_forms(normalize(name)))]
        # A name in translation has any form; that the text has that of a law says nothing against it.
        national = [forms for forms in stated if forms != {""}]
        if own_forms and stated and national == stated and not any(own_forms & forms for forms in stated):
            return True
        countries = [place for place in self._properties.values(node, "country") if isinstance(place, NamedNode)]
        return any(are_foreign(own_forms, label(self._properties.store, country, "en")) for country in countries)

    def _is_namesake_abroad(self, node: NamedNode, text: str, kinds: Sequence[str] | None) -> bool:
        """Tell whether the name of a place is one that other places bear too: Ontario, Rotterdam, Georgia.

        Where places are asked for, those of China, whose names are its own, and countries may be taken; where nothing
        is said of the kind, names that say in Chinese what they are the name of.
        """
        if not any(self._properties.schema.is_a(kind, "Place") for kind in self._properties.kinds(node)):
            return False
        if kinds is None:
            return not _CITY_IN_FULL.fullmatch(text.strip())
        around = [place for place in self._properties.values(node, "place") if isinstance(place, NamedNode)]
        return not (
            any(self._states(place, _ADMIN_CODE, None) for place in (node, *around))
            or self._states(node, _AREA_LEVEL, _COUNTRY)
            or any(place.value == _CHINA for place in around)
        )

    def _states(self, node: NamedNode, predicate: NamedNode, value: NamedNode | None) -> bool:
        return any(facts(self._properties.store, node, predicate, value, VIEW))

    def _in_parts(self, parts: NameParts, kinds: Sequence[str] | None, limit: int) -> list[ReadName]:
        """Read each part by itself: they make one sure where all that can be read names it, or in notes its owners."""
        found = self._whole(parts.name, kinds, limit)
        if not found:
            return []
        first, *rest = found
        beside = [self._first(part, kinds) for part in parts.beside]
        agreed = all(other is not None and _is_same(other, first) for other in beside)
        noted = all(self._confirms(note, first, kinds) for note in parts.notes)
        if first.sure and agreed and noted:
            reason = f"{first.match.reason}, with {'a second name' if parts.beside else 'a note that fits'}"
            return [replace(first, match=replace(first.match, reason=reason)), *rest]
        lessened = [_lessened(name, _BESIDE_A_NOTE, "before a note") for name in found]
        others = [name for name in beside if name is not None]
        notes = [name for note in parts.notes for part in note if (name := self._first(part, kinds)) is not None]
        return _each_once(
            [
                *lessened,
                *(_lessened(name, _BESIDE_A_NOTE, "beside another name") for name in others),
                *(_lessened(name, _IN_A_NOTE, "in a note") for name in notes),
            ]
        )

    def _first(self, text: str, kinds: Sequence[str] | None) -> ReadName | None:
        return next((name for name in self._whole(text, kinds, 5) if name.sure), None)

    def _confirms(self, note: tuple[str, ...], first: ReadName, kinds: Sequence[str] | None) -> bool:
        """Tell whether a note names the entity again, by a name or code, or else those that own or founded it."""
        whole, *listed = note
        named = self._first(whole, kinds)
        if named is not None and _is_same(named, first):
            return True
        node = NamedNode(first.match.entity)
        if whole.casefold() in self._codes(node):
            return True
        read = [self._first(part, kinds) for part in (listed or [whole])]
        if listed and all(read) and self._properties.schema.is_a(first.match.kind, "JointVenture"):
            return True
        owners = {fact.object.value for fact in facts(self._properties.store, node, _OWNED_BY, None, VIEW)}
        return all(name is not None and (_is_same(name, first) or name.match.entity in owners) for name in read)

    def _codes(self, node: NamedNode) -> set[str]:
        """Give the codes of an entity without the exchange or register that they are of."""
        identifiers = (code.value for code in self._properties.values(node, "identifier"))
        return {_MARKET.sub("", code, count=1).casefold() for code in identifiers}


def _is_in_full(text: str) -> bool:
    """Tell whether a text says its legal form, so that what is called like its stem is no rival."""
    key = normalize(text)
    return without_legal_form(key, keep_groups=True) != key


def _stem(text: str) -> str:
    """Give a name without its article, legal form and spaces; a group stays one."""
    return without_legal_form(normalize(text).removeprefix("the "), keep_groups=True).replace(" ", "")


def _words(text: str) -> list[str]:
    """Give the words of a name without its legal form; of Chinese its characters."""
    stem = without_legal_form(normalize(text), keep_groups=True)
    return stem.split() if stem.isascii() else list(stem)


def _is_same(one: ReadName, other: ReadName) -> bool:
    return one.match.entity == other.match.entity


def _lessened(name: ReadName, share: float, why: str) -> ReadName:
    match = replace(name.match, score=name.match.score * share, reason=f"{name.match.reason}, {why}", certain=False)
    return ReadName(match)


def _each_once(names: list[ReadName]) -> list[ReadName]:
    first: dict[str, ReadName] = {}
    for name in names:
        first.setdefault(name.match.entity, name)
    return list(first.values())
