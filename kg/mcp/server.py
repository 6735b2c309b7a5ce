"""The MCP server: tools, resources and prompts put together over some access to the graph."""

from __future__ import annotations

from mcp.server.mcpserver import MCPServer
from mcp_types import ToolAnnotations

from kg import __version__
from kg.mcp.access import Access
from kg.mcp.prompts import add_prompts
from kg.mcp.resources import add_resources
from kg.mcp.tools.analysis import Computing
from kg.mcp.tools.coverage import Surveying
from kg.mcp.tools.provenance import Grounding
from kg.mcp.tools.questions import Answering
from kg.mcp.tools.search import Finding
from kg.mcp.tools.sparql import Querying

__all__ = ["make_server"]

_INSTRUCTIONS = """
A knowledge graph of zero-carbon industrial ecosystems: companies, governments, bases, parks, supply chains from
phosphate rock to battery recycling, and the agreements between them. Every fact is a claim that one document makes.
Work like this: find gives ids; list_questions and ask answer most questions, with claims; show, neighbours, partners,
depends, path and impact look around; why and claim give document, date and position; sparql is for what is left. Cite
claims. "Not stated" means that no source says it, which is not a no. Plans and aims are no facts: look at the mode.
""".replace("\n", " ").strip()
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def make_server(access: Access) -> MCPServer:
    """Make the server; whoever runs it chooses the transport."""
    server = MCPServer(
        "kg",
        title="Zero-carbon industrial ecosystems",
        instructions=_INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
        subscriptions=False,
    )
    finding, answering, grounding = Finding(access), Answering(access), Grounding(access)
    querying, computing, surveying = Querying(access), Computing(access), Surveying(access)
    tools = (
        finding.find,
        finding.show,
        finding.neighbours,
        answering.list_questions,
        answering.ask,
        grounding.why,
        grounding.claim,
        grounding.claims,
        grounding.conflicts,
        grounding.coverage,
        computing.partners,
        computing.depends,
        computing.path,
        computing.impact,
        surveying.chokepoints,
        surveying.concentration,
        surveying.circularity,
        surveying.gaps,
        finding.describe_schema,
        querying.example_queries,
        querying.sparql,
    )
    for tool in tools:
        server.add_tool(tool, annotations=_READ_ONLY)
    add_resources(server, access)
    add_prompts(server)
    return server
