"""What the data set is called, who publishes it, and under which licence: said once, for all that describes it.

Exports, DCAT, the pages, OpenAPI, tools and reconciliation take their words from here. What a module of the ontology
says of itself stands in its header.
"""

from __future__ import annotations

from kg.rdf.namespaces import ROOT

__all__ = ["HOMEPAGE", "LICENCE", "LICENCE_NAME", "LICENCE_SHORT", "LICENCE_URL", "SUBJECT", "TITLE", "TITLES"]

SUBJECT = "Zero-carbon industrial ecosystems"
"""What the data are about, as a service names itself where there is little room."""

TITLE = f"An open knowledge graph of {SUBJECT[0].lower()}{SUBJECT[1:]}"
TITLES = {"en": TITLE, "zh": "零碳产业生态开放知识图谱"}

HOMEPAGE = ROOT

LICENCE = "CC-BY-4.0"
"""The licence of the data by its SPDX identifier."""

LICENCE_SHORT = "CC BY 4.0"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
