"""The HTTP endpoints of a worker: health, readiness, metrics. The supervisor serves them, even while it waits."""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from streams.engine.metrics import METRICS, READY, STARTS, Exposed
from streams.errors import AddressUnusable
from streams.http_serving import served
from streams.worker.deadlines import CONNECTIONS_CLOSED_SECONDS
from streams.worker.health import Health, HealthVerdict


@asynccontextmanager
async def serving(address: str, health: Health) -> AsyncIterator[None]:
    """Serve the endpoints in the block; without an address, none.

    Raises
    ------
    AddressUnusable
        If nothing can listen there.
    """
    if not address:
        yield
        return
    host, _, port = address.rpartition(":")
    async with AsyncExitStack() as serving:
        try:
            await serving.enter_async_context(
                served(_application(health), host.strip("[]"), int(port), CONNECTIONS_CLOSED_SECONDS)
            )
        except AddressUnusable as error:
            raise AddressUnusable(
                f"health and metrics: {error} "
                f"Give each worker of a machine an address of its own in CLAIMWIRE_HTTP, or leave it out."
            ) from None
        yield


def _application(health: Health) -> web.Application:
    own = Exposed(m for m in METRICS if m.supervisor)
    counted = 0

    def answer(verdict: HealthVerdict) -> web.Response:
        status = 200 if verdict.good else 503
        return web.Response(body=orjson.dumps(verdict.body), status=status, content_type="application/json")

    async def healthz(_: web.Request) -> web.Response:
        return answer(health.live(time.monotonic()))

    async def readyz(_: web.Request) -> web.Response:
        return answer(health.ready(time.monotonic()))

    async def metrics(_: web.Request) -> web.Response:
        nonlocal counted
        own[READY].set(health.ready(time.monotonic()).good)
        own[STARTS].inc(health.starts - counted)
        counted = health.starts
        text = own.text() + (health.report.metrics if health.report else "")
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    return application
