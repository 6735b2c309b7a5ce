"""The tool that lists the named questions, which come before any SPARQL of one's own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access, ask_of
from kg.mcp.pagination import Page, page, result
from kg.mcp.tools.search import Limit, Offset

__all__ = ["Answering"]


class Questions(Page):
    """Named questions with their parameters."""

    questions: list[dict[str, Any]]


class Answering:
    """The tool that lists what can be asked."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def list_questions(
        self,
        about: Annotated[
            str | None, Field(description="Words to look for in names, titles and parameters, such as capacity.")
        ] = None,
        language: Annotated[Literal["en", "zh"], Field(description="Language of titles and helps.")] = "en",
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Questions]:
        """List the named questions that the graph answers, with their parameters and defaults.

        A named question is tested, and each row of its answer names its claims: prefer one to SPARQL of your own.
        """
        every = await ask_of(self._access, "operation", name="questions", arguments={})
        words = (about or "").casefold().split()
        found = [one for one in every["questions"] if not words or any(word in _texts(one) for word in words)]
        if not found:
            raise ToolError(f"no named question is about {about!r}; call list_questions without words to see them all")
        shown, extent = page([_short(one, language) for one in found], limit, offset)
        return result(Questions(questions=shown, **extent))


def _texts(question: dict[str, Any]) -> str:
    """Give what words are looked for in, in both languages."""
    return " ".join(str(_short(question, language)) for language in question["title"]).casefold()


def _short(question: dict[str, Any], language: str) -> dict[str, Any]:
    helps = "help" if language == "en" else f"help_{language}"
    parameters = {
        one["name"]: f"{one['kind']}, default {one['default']}: {one[helps]}" for one in question["parameters"]
    }
    return {"name": question["name"], "title": question["title"][language], "parameters": parameters}
