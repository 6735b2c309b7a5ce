"""What an operation gave, before any surface shows it: the value, how much of it there is, what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.localization import translate
from kg.operations.operation import Operation
from kg.understanding.reading import Understanding

__all__ = ["Default", "Outcome"]


@dataclass(frozen=True)
class Default:
    """A default that was taken, for the answer to say what it is about."""

    name: str
    value: str
    label: str

    @property
    def words(self) -> str:
        """What was taken, in words."""
        return self.label if self.label == self.value else f"{self.label} ({self.value})"


@dataclass(frozen=True)
class Outcome:
    """What an operation gave: the value, how many entries there are in all, where it begins, which defaults it took.

    `at_least` tells that there may be still more entries than `total`.
    """

    operation: Operation
    value: Any
    language: str = "en"
    total: int | None = None
    offset: int = 0
    count: int = 0
    at_least: bool = False
    defaults: tuple[Default, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    understanding: Understanding | None = None

    @property
    def next_offset(self) -> int | None:
        """Where to read on; None where nothing was left out."""
        end = self.offset + self.count
        return end if self.total is not None and end < self.total else None

    @property
    def notes(self) -> list[str]:
        """Say which defaults were taken, and what else is to be known."""
        text = "{name} was not given: this is about {value}"
        taken = [translate(text, self.language, name=one.name, value=one.words) for one in self.defaults]
        return [*self.understood, *taken, *self.remarks]

    @property
    def understood(self) -> list[str]:
        """Say which question words were taken for, with which values, and what was taken for a name."""
        reading = self.understanding.answer if self.understanding is not None else None
        if reading is None:
            return []
        values = [*reading.values, *([reading.only] if reading.only else [])]
        guesses = [
            translate("{words} was taken for {name}", self.language, words=repr(one.words), name=one.label)
            for one in values
            if one.guess
        ]
        return [translate("understood as {words}", self.language, words=reading.words), *guesses]
