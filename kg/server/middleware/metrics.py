"""What the server counts about itself, in the format of Prometheus, at `/metrics`."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from kg.formats import METRICS
from kg.server.http.connection_table import ConnectionTable
from kg.server.http.negotiation import MOST_CHARACTERS, choices_kept
from kg.server.workers.service import Serving

__all__ = ["METRICS_TYPE", "Metrics"]

METRICS_TYPE = METRICS.content_type
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters of requests, and gauges that are read from the workers when somebody asks."""

    def __init__(self, serving: Serving, connections: ConnectionTable | None) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "kg_http_requests", "Requests answered.", ("route", "status"), registry=self._registry
        )  # fmt: skip
        self._seconds = Histogram(
            "kg_http_request_seconds", "Time until the answer was sent.", ("route",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._registry.register(_Workers(serving))
        if connections is not None:
            self._registry.register(_Connections(connections))

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def write(self) -> bytes:
        """Give all figures."""
        return generate_latest(self._registry)


class _Workers(Collector):
    """The state of the workers and the release at the moment of asking."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    def collect(self) -> Iterable[Metric]:
        """Give the figures."""
        served = self._serving.now
        workers = GaugeMetricFamily("kg_workers", "Workers and waiting requests.", labels=("service", "state"))
        events = CounterMetricFamily("kg_worker_events", "Workers by how they ended.", labels=("service", "event"))
        for pool in served.pools:
            for state, number in pool.state().items():
                workers.add_metric((pool.settings.service, state), number)
            for event, number in pool.counts.items():
                events.add_metric((pool.settings.service, event), number)
        yield workers
        yield events
        facts = {"id": served.id, "as_of": str(served.facts.get("as_of") or "")}
        yield InfoMetricFamily("kg_release", "The release that is served.", value=facts)
        yield GaugeMetricFamily("kg_release_quads", "Quads of the release.", value=served.facts["quads"])
        yield from self._caches()
        watch = self._serving.watch
        refused = 0 if watch.refused is None else 1
        yield GaugeMetricFamily("kg_release_refused", "Whether the current release is refused.", value=refused)
        yield CounterMetricFamily("kg_release_refusals", "Releases refused.", value=watch.refusals)
        yield CounterMetricFamily("kg_release_swaps", "Releases swapped in.", value=self._serving.swaps)

    def _caches(self) -> Iterable[Metric]:
        """Tell what the caches of the process take: answers of the release, and choices of formats."""
        memory, choices = self._serving.now.remembered, choices_kept()
        sizes = GaugeMetricFamily("kg_cache_bytes", "Bytes that a cache takes.", labels=("cache",))
        entries = GaugeMetricFamily("kg_cache_entries", "Entries of a cache.", labels=("cache",))
        hits = CounterMetricFamily("kg_cache_hits", "Questions that a cache answered.", labels=("cache",))
        for name, size, number, found in (
            ("answers", memory.size, len(memory), memory.hits),
            ("formats", choices.currsize * MOST_CHARACTERS, choices.currsize, choices.hits),
        ):
            sizes.add_metric((name,), size)
            entries.add_metric((name,), number)
            hits.add_metric((name,), found)
        yield from (sizes, entries, hits)


class _Connections(Collector):
    """The connections at the moment of asking, and what was refused before it was read."""

    def __init__(self, connections: ConnectionTable) -> None:
        self._connections = connections

    def collect(self) -> Iterable[Metric]:
        """Give the figures."""
        connections = GaugeMetricFamily("kg_connections", "Open connections.", labels=("state",))
        for state, number in self._connections.state().items():
            connections.add_metric((state,), number)
        yield connections
        yield GaugeMetricFamily("kg_body_bytes", "Bytes of bodies in work.", value=self._connections.body_bytes)
        unread = self._connections.unread.size
        yield GaugeMetricFamily("kg_unread_bytes", "Bytes of answers that clients have not read.", value=unread)
        refused = CounterMetricFamily("kg_refused", "What was refused before it was read.", labels=("bound",))
        for bound, number in self._connections.refusals.items():
            refused.add_metric((bound,), number)
        yield refused
