"""What the requests and answers of the lookup interface hold, as its OpenAPI description tells it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from kg.operations.batches import MAX_CONDITIONS, MAX_LIMIT, MAX_NAME, MAX_ROWS
from kg.server.api.understood import Understood

__all__ = [
    "Candidates",
    "ClaimAnswer",
    "CoverageAnswer",
    "EntityAnswer",
    "Kinds",
    "MatchRequest",
    "Matched",
    "MatchedTable",
    "QuestionAnswer",
    "Questions",
    "Row",
    "Suggestions",
    "TableAnswer",
    "UnderstandingAnswer",
    "WhyAnswer",
]

Value = str | int | float | bool | list[str] | None


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Answer(_Model):
    release: str = Field(description="The id of the release that answers; the same release always says the same.")


class Default(_Model):
    """A default that was taken: of which parameter, and what it is called."""

    name: str
    value: str
    label: str


class _Part(_Answer):
    """An answer that may be given in parts; `next_offset` is the offset of the next part, null after the last."""

    total: int = Field(description="How many entries there are in all.")
    next_offset: int | None = Field(None, description="The offset to ask for next; null when nothing was left out.")
    defaults: list[Default] = Field([], description="Parameters that were not given, with what was taken for them.")
    notes: list[str] = Field([], description="How it was counted, what was left out, and what is not known.")


class TableAnswer(_Part):
    """Rows under named columns. The name of an entity stands beside its id, under `<column>_name`.

    `claims` of a row are the ids of the claims that state it, where the table is `claimed`. What the sources do
    not state is null, which is not a no.
    """

    columns: list[str]
    rows: list[dict[str, Value]]
    claimed: bool


class UnderstandingAnswer(Understood, _Answer):
    """What a text asks, and of which release."""


class QuestionAnswer(TableAnswer):
    """The answer to a named question, or what was computed; `stated` is false when the sources give none at all."""

    title: str
    stated: bool
    absent: str = Field(description="What an empty cell means.")
    understood: Understood | None = Field(None, description="How the words were understood that were asked.")


class Suggestion(_Model):
    """A thing with the name that begins as typed, or is most like it."""

    id: str
    name: str
    kind: str


class Suggestions(_Part):
    """Names to choose from while one types."""

    suggestions: list[Suggestion]


class Named(_Model):
    """A thing with its name."""

    id: str
    name: str


class Kind(Named):
    """A class, and how many entities are of it."""

    number: int


class Kinds(_Part):
    """The classes that have entities."""

    kinds: list[Kind]


class Statement(_Model):
    """A statement about an entity; of an incoming one the entity is the object. `label` puts the value into words."""

    property: str
    value: str
    label: str
    incoming: bool
    claims: list[str]


class EntityAnswer(_Answer):
    """Everything the accepted view says about an entity. Names are by language."""

    id: str
    kinds: list[str]
    names: dict[str, str]
    aliases: list[str]
    statements: list[Statement]
    properties: dict[str, int] = Field({}, description="Of a part: how many statements there are by each property.")
    total: int | None = Field(None, description="Of a part: how many statements there are in all.")
    next_offset: int | None = Field(None, description="Of a part: the offset to ask for next.")
    defaults: list[Default] = []
    notes: list[str] = []


class ClaimRecord(_Model):
    """Who says something, where, when and how, how well that is known, and how it is ranked.

    Positions count code points of the text; `strength` is Position, Printed, Page or Compiled; `source` is the
    document's address, opened at the printed words where they are kept.
    """

    id: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    grade: str
    mode: str
    rank: str
    start: int | None
    end: int | None
    printed: list[str]
    note: str | None
    accepted: bool
    outranked_by: str | None
    ranking_rule: str | None
    strength: str | None
    read_on: str | None
    source: str | None


class Part(_Model):
    """A field of a value."""

    property: Named
    value: Value | Named


class ClaimAnswer(_Answer):
    """One claim in full: its statement, its record, and the claims that it stands with or against."""

    subject: Named
    property: Named
    value: Value | Named
    parts: list[Part]
    record: ClaimRecord
    url: str | None
    corroborates: list[str]
    corroborated_by: list[str]
    outranks: list[str]
    rivals: list[str]


class Rule(_Model):
    """A rule that infers statements."""

    name: str
    title: str
    title_zh: str
    reason: str
    reason_zh: str


class Explanation(_Model):
    """Why a statement is in the graph: the claims that state it, or the rule that infers it from premises."""

    triple: list[str]
    kind: str
    claims: list[ClaimRecord] = []
    rule: Rule | None = None
    premises: list[Explanation] = []


class WhyAnswer(_Part):
    """The grounds of each statement that was asked for."""

    explanations: list[Explanation]


class Parameter(_Model):
    """A parameter of a question; without a value it takes its default."""

    name: str
    kind: Literal["entity", "concept", "text", "number", "date"]
    default: str
    help: str
    help_zh: str


class Question(_Model):
    """A named question with its query, in which parameters are variables that are bound, never text."""

    name: str
    title: dict[str, str]
    shapes: list[str]
    parameters: list[Parameter]
    columns: list[str]
    absent: str
    text: str
    answered_by: str = Field(description="The verb that answers it, where that is no query; else empty")
    notes: dict[str, str] = Field({}, description="How it is counted, and what must not be read into it, by language.")
    task: dict[str, str] = Field({}, description="What one wants to do, of a question to start with, by language.")


class Questions(_Part):
    """The questions of the release."""

    questions: list[Question]


class Section(_Model):
    """One table of the coverage."""

    title: str
    columns: list[str]
    rows: list[dict[str, Value]]
    claimed: bool
    total: int = Field(description="How many rows the section has in all.")


class CoverageAnswer(_Part):
    """What the graph covers, and where it is thin; `titles` are those of all sections."""

    sections: list[Section]
    titles: list[str]


class Row(_Model):
    """A row of someone's table: a name, perhaps a kind, perhaps traits such as province or a property."""

    name: Annotated[str, Field(max_length=MAX_NAME)]
    kind: str | None = None
    traits: Annotated[dict[str, str], Field(max_length=MAX_CONDITIONS)] | None = None


_SOME_RIGHT: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": MAX_ROWS,
    "contains": Row.model_json_schema(),
}


class MatchRequest(_Model):
    """Rows to match, and how many candidates to give for each."""

    # A row that is wrong is told in its place; where none is right, so is the request.
    rows: Annotated[list[Row], Field(min_length=1, max_length=MAX_ROWS), WithJsonSchema(_SOME_RIGHT)]
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 3


class MatchedTable(_Answer):
    """The table of a file, with columns for the best candidate of each row behind its own."""

    columns: list[str]
    rows: list[dict[str, Value]]
    claimed: bool


class Feature(_Model):
    """One reason for or against a candidate: a share from 0 to 100, or whether something agrees."""

    id: str
    name: str
    value: float | bool


class Candidate(_Model):
    """An entity that may be meant. Only a `match` may be taken unseen: a likeness, however great, is none."""

    entity: str
    kinds: list[str]
    name: str
    description: str
    score: float
    match: bool
    reason: str
    features: list[Feature]


class Candidates(_Model):
    """The candidates for one row, the best first; or what is wrong with the row."""

    name: str
    candidates: list[Candidate]
    error: str | None = None


class Matched(_Answer):
    """The candidates for each row, in the order of the rows."""

    results: list[Candidates]


Json = dict[str, Any]
