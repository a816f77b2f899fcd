"""Figures for a monitor, in Prometheus's form. They hold counts and times, never a name."""

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.desk.notifications.monitoring import DeskFigures
from bot.errors import PortingError

# Seconds; Slack gives up after three.
_ACK_STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)


class Metrics:
    """Counts what this replica does; how the desk stands is asked of the database when read."""

    def __init__(self, standing: Callable[[], DeskFigures], wall: Callable[[], datetime]) -> None:
        self._registry = CollectorRegistry()
        self._deliveries = Counter(
            "portdesk_deliveries",
            "Attempts to deliver, by how they ended",
            ["outcome"],
            registry=self._registry,
        )
        self._retries = Counter(
            "portdesk_delivery_retries",
            "Attempts after the first one of a delivery",
            registry=self._registry,
        )
        self._answers = Histogram(
            "portdesk_acknowledgement_seconds",
            "From Slack's request to its acknowledgement",
            ["asked"],
            buckets=_ACK_STEPS,
            registry=self._registry,
        )
        self._under_way = Gauge(
            "portdesk_requests_under_way",
            "Slack's requests that wait for their acknowledgement",
            registry=self._registry,
        )
        self._registry.register(_DeskCollector(standing, wall))

    def delivered(self, outcome: str, attempt: int) -> None:
        """Count one attempt: `outcome` is "sent", "deferred", "refused" or "failed"."""
        self._deliveries.labels(outcome).inc()
        if attempt > 1:
            self._retries.inc()

    def answered(self, asked: str, seconds: float) -> None:
        """Note how long an acknowledgement took."""
        self._answers.labels(asked).observe(seconds)

    def watch(self, under_way: Callable[[], int]) -> None:
        """Show how many of Slack's requests are under way, asked when the figures are read."""
        self._under_way.set_function(under_way)

    def text(self) -> bytes:
        """Return all figures in the text form."""
        return generate_latest(self._registry)


class _DeskCollector(Collector):
    """Asks the desk when the figures are read; a database that is away leaves them out."""

    def __init__(self, standing: Callable[[], DeskFigures], wall: Callable[[], datetime]) -> None:
        self._standing, self._wall = standing, wall

    def describe(self) -> list[GaugeMetricFamily]:
        """Promise nothing in advance: the registry would ask the database at the start."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the gauges."""
        try:
            standing = self._standing()
        except PortingError:
            return
        cases = GaugeMetricFamily("portdesk_open_cases", "Open cases by status", labels=["status"])
        for status, count in standing.cases.items():
            cases.add_metric([status], count)
        yield cases
        yield GaugeMetricFamily(
            "portdesk_undelivered", "Deliveries that are still to be made", standing.waiting
        )
        age = (self._wall() - standing.oldest_at).total_seconds() if standing.oldest_at else 0.0
        yield GaugeMetricFamily(
            "portdesk_oldest_undelivered_seconds", "Age of the oldest of them", max(0.0, age)
        )
