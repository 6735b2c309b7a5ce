"""What the requests of the lookup interface ask with, where it is more than a few parameters."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

__all__ = ["Find", "MatchFile", "Why"]

_Name = Annotated[str, Field(min_length=1, max_length=500)]


class Find(BaseModel):
    """A name to find, and what narrows the search."""

    text: str = Field(min_length=1, max_length=200, description="A name or a part of one", examples=["ningde"])
    kind: str | None = Field(None, max_length=100, description="A class, with those below it", examples=["Company"])
    place: str | None = Field(
        None, max_length=200, description="Keep to what lies in it, however deep", examples=["Guizhou"]
    )
    limit: int = Field(10, ge=1, le=1000)
    language: Literal["en", "zh"] = "en"


class Why(BaseModel):
    """A statement to explain."""

    subject: _Name = Field(description="An id, an IRI, or a name", examples=["base/guian/phase-one"])
    property: _Name = Field(description="A property of the ontology", examples=["plannedCapacity"])
    value: str | None = Field(None, max_length=500, description="An id, a figure as printed, a value; any if left out")


class MatchFile(BaseModel):
    """Which columns of a CSV file mean what."""

    column: str = Field("name", max_length=500, description="The column that holds the names")
    kind: str | None = Field(None, max_length=100, description="A class that all of them are of")
    trait: list[str] = Field(
        [], max_length=20, description="TRAIT=COLUMN: what else a column tells, such as province=region"
    )
