"""Tools for agents over the Model Context Protocol: the verbs of the graph, said so that a model uses them well.

`server` makes the MCP server; `tools.operations` makes a tool of each operation (`kg.operations`), the others of
`tools` list questions, describe terms and run SPARQL; `results` is what they give (bounded, with a note where
something was left out), `resources` and `prompts` the rest. All of them ask through `access`: in `kg mcp` over standard
input and output the graph of this process, under `/mcp` the workers of the server, whose limits hold then. It needs
the extra `mcp`.

Protocol: the verbs of the graph, said so that a model uses them well.

`server` makes the MCP server; `finding`, `answering`, `computing`, `surveying`, `grounding` and `querying` hold its
tools, `results` what they give (bounded, with a note where something was left out), `resources` and `prompts` the
rest. All of them ask through `access`: in `kg mcp` over standard input and output the graph of this process, under
`/mcp` the workers of the server, whose limits hold then. Only `kg.server` and `kg.cli` import this package; it needs
the extra `mcp`.

Protocol: https://modelcontextprotocol.io/specification/
"""

from __future__ import annotations

__all__: list[str] = []
