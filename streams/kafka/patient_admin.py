"""An administrator's client that asks again while the broker is not ready. aiokafka's own fails at the first error."""

from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import NodeNotReadyError

from streams.kafka.connection import client_options
from streams.kafka.patience import patiently
from streams.settings import Settings


class PatientAdmin(AIOKafkaAdminClient):
    """Every request of it is patient; so is the search for a coordinator, whose error comes in an answer."""

    def __init__(self, settings: Settings, request_timeout_ms: int) -> None:
        super().__init__(**client_options(settings), request_timeout_ms=request_timeout_ms)
        self._settings = settings

    async def _send_request(self, request: Any, node_id: int | None = None) -> Any:
        ask = super()._send_request

        async def once() -> Any:
            if self._client.get_random_node() is None:  # no broker was in service when this client connected
                await self._client.force_metadata_update()
            return await ask(request, node_id)

        return await patiently(self._settings, once)

    async def _send_to_controller(self, request: Any) -> Any:
        ask = super()._send_to_controller

        async def once() -> Any:
            if self._client.cluster.controller is None:
                await self._client.force_metadata_update()
            if self._client.cluster.controller is None:
                raise NodeNotReadyError("the broker names no controller")
            return await ask(request)

        return await patiently(self._settings, once)

    async def find_coordinator(self, group_id: str, coordinator_type: int = 0) -> int:
        """The id of the group's coordinator. A new broker names none until it has made its own topics."""
        ask = super().find_coordinator
        return await patiently(self._settings, lambda: ask(group_id, coordinator_type))
