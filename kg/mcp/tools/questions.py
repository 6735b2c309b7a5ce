"""Tools that answer: the named questions, which come before any SPARQL of one's own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult
from pydantic import Field

from kg.mcp.access import Access, ask_of
from kg.mcp.results import Page, Rows, page, result
from kg.mcp.tools.search import Limit, Offset

__all__ = ["Answering"]

# Names of arguments of `Graph.ask` itself.
_TAKEN = frozenset({"question", "language", "self"})


class Questions(Page):
    """Named questions with their parameters."""

    questions: list[dict[str, Any]]


class Answering:
    """The tools that answer."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def list_questions(
        self,
        about: Annotated[
            str | None, Field(description="Words to look for in names, titles and parameters, such as capacity.")
        ] = None,
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Questions]:
        """List the named questions that the graph answers, with their parameters and defaults.

        A named question is tested, and each row of its answer names its claims: prefer one to SPARQL of your own.
        """
        asked = [_short(one) for one in await ask_of(self._access, "questions")]
        words = (about or "").casefold().split()
        found = [one for one in asked if any(word in str(one).casefold() for word in words) or not words]
        if not found:
            raise ToolError(f"no named question is about {about!r}; call list_questions without words to see them all")
        shown, told = page(found, limit, offset)
        return result(Questions(questions=shown, **told))

    async def ask(
        self,
        question: Annotated[str, Field(description="A name from list_questions, such as base-operator.")],
        parameters: Annotated[
            dict[str, str] | None,
            Field(description='Its parameters, such as {"base": "base/guian"}; those left out take their defaults.'),
        ] = None,
        language: Annotated[Literal["en", "zh"], Field(description="The language of names.")] = "en",
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Annotated[CallToolResult, Rows]:
        """Ask a named question. Entities may be given by id or by a name that only one entity has.

        Each row carries the ids of its `claims`: cite them, and look one up with `claim`. An empty cell, or no row at
        all, means what the note says, most often *not stated*: no source says it, which is not a no.
        """
        given = parameters or {}
        for name in _TAKEN & given.keys():
            raise ToolError(f"no question has a parameter {name!r}; call list_questions to see those of {question}")
        answer = await ask_of(self._access, "ask", question=question, language=language, parameters=given)
        shown, about = page(answer["rows"], limit, offset)
        note = f"An empty cell means: {answer['absent']}."
        if not answer["stated"]:
            note = f"There is no answer: {answer['absent']}. That is not a no."
        return result(Rows(title=answer["title"], columns=answer["columns"], rows=shown, note=note, **about))


def _short(question: dict[str, Any]) -> dict[str, Any]:
    parameters = {
        one["name"]: f"{one['kind']}, default {one['default']}: {one['help']}" for one in question["parameters"]
    }
    return {"name": question["name"], "title": question["title"]["en"], "parameters": parameters}
