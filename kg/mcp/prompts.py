"""Prompts: ways of working that keep to the sources, for a person to start an agent with."""

from __future__ import annotations

from typing import Annotated

from mcp.server.mcpserver import MCPServer
from pydantic import Field

__all__ = ["add_prompts"]

_RULES = """
Keep to these rules. Take nothing from memory: every figure, date and tie must come from a tool. Name the claims you
rest on, each with document, date and position. Say "not stated" where no source says it; that is not a no. Tell a plan
or an aim from what is built, by the mode of the claim. Where sources disagree, give both values and say which one
stands and by which rule.""".replace("\n", " ").strip()


def add_prompts(server: MCPServer) -> None:
    """Add the prompts to a server."""

    def trace(fact: Annotated[str, Field(description="A fact, such as: the Gui'an base has 30 GWh.")]) -> str:
        """Trace a fact back to the documents that state it."""
        return (
            f"Trace this fact to its sources: {fact}\n\n"
            "1. find the entities it names, and check with show that they are the ones meant.\n"
            "2. describe_schema for the property that says it.\n"
            "3. why with subject, property and value; if it is inferred, follow the premises down to claims.\n"
            "4. conflicts for the entity: does another source say otherwise?\n"
            "5. Answer in a few lines: who says it, when, where in the document, how (stated, planned, aimed at).\n\n"
            f"{_RULES}"
        )

    def fact_check(text: Annotated[str, Field(description="The paragraph to check.")]) -> str:
        """Check each statement of a paragraph against the graph."""
        return (
            f"Check this paragraph against the graph, statement by statement:\n\n{text}\n\n"
            "1. Split it into statements that can be true or false by themselves.\n"
            "2. For each: find its entities, then ask a named question or why for what it says.\n"
            "3. Judge it: supported (with claims), contradicted (with claims and values), a plan told as a fact, or "
            "not stated. What the graph does not cover is not contradicted: look at coverage.\n"
            f"4. Give a table: statement, verdict, claims, document and date, what to change.\n\n{_RULES}"
        )

    def compare(
        first: Annotated[str, Field(description="A company, base, park or place.")],
        second: Annotated[str, Field(description="Another one of the same kind.")],
    ) -> str:
        """Compare two entities by what sources state of each."""
        return (
            f"Compare {first} with {second}.\n\n"
            "1. find both; take only certain matches, or say which one you took and why.\n"
            "2. show both, and list_questions for questions that suit their kind; ask those for both.\n"
            "3. Compare only what is measured alike: one unit, one kind of capacity (planned, installed), one time.\n"
            f"4. Give a table with a row for each property and the claims of both; not stated where it is.\n\n{_RULES}"
        )

    for prompt in (trace, fact_check, compare):
        server.prompt()(prompt)
