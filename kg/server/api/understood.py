"""What was understood of words, as the OpenAPI description tells it (see `kg.understanding.reading`)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["NamedEntity", "ReadQuestion", "ReadValue", "Understood"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ReadValue(_Model):
    """The value of a parameter in a reading; without `words` of the text it is the default of the question."""

    name: str
    value: str
    label: str
    words: str = Field(description="The words of the text that it stands for.")
    guess: str = Field(description="The name that a word was taken for, where it is spelled otherwise.")
    head: str = Field(description="What the parameter is called in the language of the answer.")


class ReadQuestion(_Model):
    """A named question that a text may ask, with its values and the words that it leaves out of account."""

    question: str
    title: str
    values: list[ReadValue]
    parameters: dict[str, str] = Field(description="The values that the text gives, as `ask` takes them.")
    left_out: list[str]
    score: float
    is_sure: bool
    only: ReadValue | None = Field(description="What the rows are narrowed to, as `ask` takes it under `only`.")


class NamedEntity(_Model):
    """A thing that a text is the name of."""

    entity: str
    kind: str
    label: str


class Understood(_Model):
    """What a text asks: a question, a name, SPARQL, or nothing that is covered here."""

    text: str
    sort: Literal["question", "name", "sparql", "nothing"]
    is_sure: bool = Field(description="Whether `ask` answers the first reading.")
    readings: list[ReadQuestion]
    things: list[NamedEntity]
    unknown: list[str] = Field(description="Words that nothing here explains.")
