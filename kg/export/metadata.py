"""Where an export comes from, as every export says it: the release, its licence, and whom to name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.rdf.store import Store, facts
from kg.rdf.vocab import LEDGER, kg
from kg.release.metadata import HOMEPAGE, LICENCE, LICENCE_NAME, LICENCE_URL, TITLE

__all__ = ["Origin", "read_origin"]

_DAY = len("2025-05-17")


@dataclass(frozen=True)
class Origin:
    """The release that an export was made from; `day` is the newest on which one of its documents appeared."""

    release: str
    as_of: str | None
    documents: int
    claims: int
    day: str

    title = TITLE
    homepage = HOMEPAGE

    @property
    def description(self) -> str:
        """What is in it, in two sentences."""
        cut = f", of those published by {self.as_of}" if self.as_of else ""
        return (
            "Companies, public bodies, bases, parks, supply chains and agreements from phosphate rock to battery "
            f"recycling. Every fact is a claim with its place in one of {self.documents} documents{cut}; "
            f"{self.claims} claims are accepted."
        )

    @property
    def attribution(self) -> str:
        """The line by which the licence asks to name the source."""
        return f"{self.title}, release {self.release}, {self.homepage}, {LICENCE}"

    def lines(self) -> tuple[str, ...]:
        """Give the lines that stand at the head of a text."""
        return (
            f"{self.title}: release {self.release}",
            f"Licence: {LICENCE_NAME} ({LICENCE}), {LICENCE_URL}",
            f"Attribution: {self.attribution}",
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the same as plain values."""
        return {
            "title": self.title,
            "release": self.release,
            **({"as_of": self.as_of} if self.as_of else {}),
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "attribution": self.attribution,
            "homepage": self.homepage,
        }


def read_origin(store: Store, release: dict[str, Any]) -> Origin:
    """Read the origin off a release's store and the facts in its `release.json`."""
    dates = facts(store, None, kg("published"), None, LEDGER)
    # Not the day of the export: the same release gives the same bytes. A month or a year may end after today.
    newest = max((fact.object.value for fact in dates if len(fact.object.value) == _DAY), default="")
    day = release["as_of"] or newest
    return Origin(release["id"], release["as_of"], release["documents"], release["accepted_claims"], day)
