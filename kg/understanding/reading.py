"""What was understood of a text, for every surface to show before it answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["NamedThing", "QuestionReading", "Understanding", "Value"]

Sort = Literal["question", "name", "sparql", "nothing"]


@dataclass(frozen=True)
class Value:
    """The value of a parameter: as the question takes it, as people read it, and the words of the text it stands for.

    Without `words` it is the default of the question. `guess` is the name that words were taken for which are spelled
    otherwise, `head` what the parameter is called.
    """

    name: str
    value: str
    label: str
    words: str = ""
    guess: str = ""
    head: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the text gives it."""
        return bool(self.words)


@dataclass(frozen=True)
class QuestionReading:
    """A named question that a text may ask, with its values, and the words that it leaves out of account.

    `only` is what its rows are narrowed to, beside its parameters.
    `score` runs from 0 to 1; `is_sure` tells that nothing in the text speaks against it, so that it may be answered.
    """

    question: str
    title: str
    values: tuple[Value, ...]
    left_out: tuple[str, ...]
    score: float
    is_sure: bool = False
    only: Value | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """The values that the text gives, by parameter."""
        return {one.name: one.value for one in self.values if one.is_given}

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it another reading: the question, all its values and what it is narrowed to."""
        return self.question, *(one.value for one in self.values), self.only.value if self.only else ""

    @property
    def words(self) -> str:
        """The question with its values, in a line."""
        given = [*self.values, *([self.only] if self.only else [])]
        values = ", ".join(f"{one.head or one.name}: {one.label}" for one in given if one.is_given)
        return f"{self.title} ({values})" if values else self.title


@dataclass(frozen=True)
class NamedThing:
    """A thing that the text is a name of."""

    entity: str
    kind: str
    label: str


@dataclass(frozen=True)
class Understanding:
    """What a text asks.

    sort      a question, a name, SPARQL, or nothing that is covered here
    readings  the questions it may be, the best first; of a name those that one can ask about it
    things    what it is the name of
    unknown   words that nothing here explains
    """

    text: str
    sort: Sort
    readings: tuple[QuestionReading, ...] = ()
    things: tuple[NamedThing, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def answer(self) -> QuestionReading | None:
        """The reading that may be answered at once; None where the asker has to choose."""
        first = next(iter(self.readings), None)
        return first if self.sort == "question" and first is not None and first.is_sure else None

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        readings = [
            {
                **asdict(one),
                "values": [asdict(value) for value in one.values],
                "left_out": list(one.left_out),
                "parameters": one.parameters,
            }
            for one in self.readings
        ]
        return {
            "text": self.text,
            "sort": self.sort,
            "is_sure": self.answer is not None,
            "readings": readings,
            "things": [asdict(one) for one in self.things],
            "unknown": list(self.unknown),
        }
