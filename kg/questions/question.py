"""Named questions: parameterised SPARQL queries in `ontology/questions/`, one a file.

The header of a question says what it asks in two languages, which shape it has, its
parameters and the columns it shows. A file is SPARQL as it stands; parameters are bound
by the engine to projected variables, never written into the text.

    # title-en: Which products does a base make?
    # title-zh: 某基地生产哪些产品?
    # shape: list
    # parameter: base | entity | base/guian | the base asked about | 所问基地
    # columns: product
    SELECT ?base ?product WHERE { ?base kg:product ?product }
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.errors import NotListed, UsageError
from kg.provenance.lineage import Lineage
from kg.rdf import Literal, NamedNode
from kg.rdf.namespaces import KG, expand
from kg.rdf.store import Node
from kg.rdf.vocab import XSD_DATE, XSD_DECIMAL, kg
from kg.values import parse_day, parse_decimal

__all__ = ["KINDS", "SHAPES", "Parameter", "Question", "bind", "bind_defaults", "complete"]

# The shapes that design calls for: what kind of answer a question gives.
SHAPES = (
    "lookup", "list", "count", "path", "order", "closure", "lifecycle", "derived number",
    "conflict", "unit", "absence", "evidence", "what-if",
)  # fmt: skip

KINDS = ("entity", "concept", "text", "number", "date")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: its kind says how text from outside becomes an RDF term."""

    name: str
    kind: str
    default: str
    help: str
    help_zh: str = ""

    def explain(self, language: str) -> str:
        """Say in a language what the parameter is."""
        return (language == "zh" and self.help_zh) or self.help


@dataclass(frozen=True)
class Question:
    """A question with its query; `absent` is what an empty cell or an empty answer means.

    `notes` say in each language how it was counted, and what must not be read into it. What SPARQL cannot say, an
    analysis answers: `answered_by` names it, and the query gives the ties that it is computed on. A question that one
    starts with has a `task`: what one wants to do, in each language.
    """

    name: str
    title: dict[str, str]
    shapes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    absent: str
    text: str
    lineage: Lineage = field(repr=False)
    answered_by: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    task: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give the question as plain values, for the release."""
        return asdict(self)

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> Question:
        """Read what `to_dict` wrote."""
        return cls(
            name=facts["name"],
            title=facts["title"],
            shapes=tuple(facts["shapes"]),
            parameters=tuple(Parameter(**entry) for entry in facts["parameters"]),
            columns=tuple(facts["columns"]),
            absent=facts["absent"],
            text=facts["text"],
            lineage=Lineage.from_dict(facts["lineage"]),
            answered_by=facts["answered_by"],
            notes=facts.get("notes", {}),
            task=facts.get("task", {}),
        )


def bind(parameter: Parameter, text: str) -> Node:
    """Turn a parameter's text into the RDF term it stands for; entities are resolved by the caller.

    >>> bind(Parameter("day", "date", "", ""), "2023-06-17").value
    '2023-06-17'
    """
    if parameter.kind == "concept":
        name = text.removeprefix("kg:").removeprefix(KG)
        if not name.isascii() or not name.isalnum():
            raise UsageError(
                f"{parameter.name}: {text!r} is no concept of the ontology; write a name such as Operating"
            )
        return kg(name)
    if parameter.kind == "number":
        number = parse_decimal(text)
        if number is None:
            raise UsageError(f"{parameter.name}: {text!r} is no number; write it plainly, such as 12.5")
        return Literal(str(number), datatype=XSD_DECIMAL)
    if parameter.kind == "date":
        return Literal(_day(parameter, text), datatype=XSD_DATE)
    try:
        return Literal(text)
    except ValueError as error:
        raise UsageError(f"{parameter.name}: the text is not valid Unicode; retype it") from error


def _day(parameter: Parameter, text: str) -> str:
    if parse_day(text) is None:
        raise UsageError(f"{parameter.name}: {text!r} is no day; write YYYY-MM-DD")
    return text


def complete(question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Add the defaults of parameters that were not given; a name that is no parameter is an error."""
    names = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in names:
            known = ", ".join(names) or "none"
            raise NotListed(f"{question.name} has no parameter {name!r}; it has: {known}")
    return {parameter.name: given.get(parameter.name, parameter.default) for parameter in question.parameters}


def bind_defaults(question: Question) -> dict[str, Node]:
    """Bind every parameter to its default; that of an entity is an id.

    A question is never run with a parameter unbound: it may ask for all pairs of entities then.
    """
    return {
        parameter.name: NamedNode(expand(parameter.default))
        if parameter.kind == "entity"
        else bind(parameter, parameter.default)
        for parameter in question.parameters
    }
