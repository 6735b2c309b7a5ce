"""What an entity has, under the names that people give to columns: properties of the ontology and a few more.

A province is a place that another place lies in, and an identifier may stand in several properties; such names are
properties here. Whether an entity has a property is said with yes, no, or "not stated", which is no "no".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kg.entities.containment import ancestors
from kg.names.countries import country_code
from kg.names.legal_forms import without_legal_form
from kg.names.normalize import normalize
from kg.ontology.model import Property
from kg.ontology.schema import Schema
from kg.rdf import Literal, NamedNode
from kg.rdf.labels import kinds_of_node, spellings
from kg.rdf.namespaces import KG
from kg.rdf.nodes import find_node
from kg.rdf.store import Fact, Node, Store, facts, text_of
from kg.rdf.vocab import RDFS_LABEL, SKOS_ALT_LABEL, SKOS_EXACT_MATCH, SKOS_NOTATION, VIEW, kg

__all__ = ["CODES", "EXTRA", "NAMING", "EntityProperties"]


def _extra(name: str, english: str, chinese: str, meaning: str) -> Property:
    return Property(name, labels={"en": english, "zh": chinese}, definitions={"en": meaning})


EXTRA: Mapping[str, Property] = MappingProxyType(
    {
        term.name: term
        for term in (
            _extra("place", "place (lies anywhere in it)", "地点（含上级）", "Any place that the entity lies in."),
            _extra("province", "province", "省", "The province that the entity lies in."),
            _extra("country", "country", "国家", "The country that the entity lies in."),
            _extra("identifier", "identifier", "标识代码", "A code of the entity: ISO 3166, GB/T 2260, a stock code."),
            _extra("name:en", "English name", "英文名", "A name or alias in English."),
            _extra("name:zh", "Chinese name", "中文名", "A name or alias in Chinese."),
            _extra("name", "name", "名称", "A name or alias in any language."),
            _extra("id", "id", "编号", "The id of the entity in this graph, or one that it had before."),
            _extra("kind", "kind", "类别", "The class of the entity."),
        )
    }
)
"""The properties that are no properties of the ontology, by name."""

_LABEL, _ALIAS = RDFS_LABEL.value, SKOS_ALT_LABEL.value
_AREA_LEVEL = kg("areaLevel")
_LEVELS = {"province": "Province", "country": "Country"}
CODES = (SKOS_NOTATION, SKOS_EXACT_MATCH, kg("adminCode"))
"""The properties that hold an identifier."""

NAMING = frozenset({"id", "identifier", "name", "name:en", "name:zh"})
"""The properties that tell an entity from others by themselves."""

# The word for the level of an area, which a table gives or leaves out as it likes.
_AREA_WORDS = re.compile(
    r"(?:(?<=..)(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|新区|省|市|区|县)"
    r"| (?:province|city|district|county|prefecture))$"
)


class EntityProperties:
    """The properties of the entities of a release."""

    def __init__(self, store: Store, schema: Schema) -> None:
        self.store = store
        self.schema = schema

    def term(self, name: str) -> Property | None:
        """Give what a property is called and means, by its id or label in either language; None for none."""
        if name in EXTRA:
            return EXTRA[name]
        known = self.schema.property_named(name)
        if known is not None:
            return self.schema.properties[known]
        text = name.strip().casefold()
        return next((one for one in EXTRA.values() if text in map(str.casefold, one.labels.values())), None)

    def values(self, entity: NamedNode, property_name: str) -> list[Node]:
        """Give the values of a property in the accepted view, in a fixed order."""
        if property_name in ("place", *_LEVELS):
            places = ancestors(self.store, entity)
            return [
                place for place in places if property_name == "place" or self._is_level(place, _LEVELS[property_name])
            ]
        return sorted(self._facts(entity, property_name), key=str)

    def _facts(self, entity: NamedNode, property_name: str) -> Iterator[Node]:
        if property_name == "id":
            yield entity
        elif property_name == "kind":
            yield from kinds_of_node(self.store, entity)
        elif property_name == "identifier":
            for code in CODES:
                yield from (fact.object for fact in facts(self.store, entity, code))
        elif property_name.partition(":")[0] == "name":
            language = property_name.partition(":")[2]
            yield from (name for name in self._names(entity) if language in ("", text_of(name)[0].partition("-")[0]))
        else:
            node = NamedNode(KG + property_name.removeprefix("kg:").removeprefix(KG))
            yield from (fact.object for fact in facts(self.store, entity, node, None, VIEW))

    def _names(self, entity: NamedNode) -> Iterator[Node]:
        for predicate in (_LABEL, _ALIAS):
            yield from (fact.object for fact in facts(self.store, entity, NamedNode(predicate), None, VIEW))

    def _is_level(self, place: NamedNode, level: str) -> bool:
        return any(facts(self.store, place, _AREA_LEVEL, kg(level), VIEW))

    def kinds(self, entity: NamedNode) -> tuple[str, ...]:
        """Name the classes of an entity."""
        named = (node.value.removeprefix(KG) for node in self.values(entity, "kind"))
        return tuple(name for name in named if name in self.schema.classes)

    def agrees(self, entity: NamedNode, property_name: str, text: str) -> bool | None:
        """Tell whether an entity has a value that `text` names: an id, a name, a figure, a date, a code.

        None where the sources state no value: that is neither agreement nor contradiction.
        """
        if property_name == "kind":
            wanted = self.schema.class_named(text)
            return wanted is not None and any(self.schema.is_a(kind, wanted) for kind in self.kinds(entity))
        values = self.values(entity, property_name)
        if not values:
            return None
        if property_name == "country" and self._is_country(values, text):
            return True
        meant = find_node(self.store, text)
        return any(node == meant or self.is_called(node, text) for node in values)

    def holds_things(self, entity: NamedNode, property_name: str) -> bool:
        """Tell whether the values that an entity has for a trait are things with names of their own."""
        values = self.values(entity, property_name) if property_name not in NAMING else []
        return any(isinstance(node, NamedNode) and "#" not in node.value for node in values)

    def _is_country(self, values: list[Node], text: str) -> bool:
        """Tell whether a text is one of the words or codes by which tables call one of these countries."""
        code = country_code(text)
        codes = (fact.object for node in values if isinstance(node, NamedNode) for fact in self._codes(node))
        return code is not None and any(known.value == code for known in codes)

    def _codes(self, node: NamedNode) -> Iterator[Fact]:
        return facts(self.store, node, SKOS_NOTATION)

    def is_called(self, node: Node, text: str) -> bool:
        """Tell whether a value is what a text names: by an id, a code, a name, a figure, a date."""
        key = normalize(text)
        if not key:
            return False
        if isinstance(node, Literal):
            return normalize(node.value) == key
        if "#" in node.value and not node.value.startswith(KG):
            return any(_same_figure(known, text) for known in spellings(self.store, node))
        codes = [code.value for code in self._facts(node, "identifier")]
        own = [node.value, node.value.removeprefix(KG), node.value.rpartition("/")[2]]
        known = {normalize(name) for name in (*own, *codes, *(name.value for name in self._names(node)))}
        return bool({key, _bare(key)} & (known | {_bare(name) for name in known}))


def _bare(name: str) -> str:
    """Take off what two spellings of one name may differ by: a legal form, the word for the level of an area.

    >>> _bare("山东省"), _bare("jining city"), _bare("贵安新区"), _bare("envision group")
    ('山东', 'jining', '贵安', 'envision')
    """
    return _AREA_WORDS.sub("", without_legal_form(name))


def _same_figure(known: str, text: str) -> bool:
    """Tell whether two texts give one figure or date; a month takes in its days.

    >>> _same_figure("2025-05", "2025-05-17"), _same_figure("60", "60.0"), _same_figure("2025", "2026")
    (True, True, False)
    """
    if normalize(known) == normalize(text):
        return True
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", known) and re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return known.startswith(text) or text.startswith(known)
    try:
        return float(known) == float(text)
    except ValueError:
        return False
