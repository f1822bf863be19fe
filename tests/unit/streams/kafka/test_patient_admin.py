"""What aiokafka's administrator fails at, ours asks again."""

from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import AsyncMock, MagicMock

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupCoordinatorNotAvailableError, NodeNotReadyError

from streams.kafka import patience
from streams.kafka.patient_admin import PatientAdmin
from streams.settings import Settings

NODE = 1


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "TRY_SECONDS", 0.0)


def out_of_service(admin: Any) -> Any:
    """Connected to a broker that is in service, and has a controller, only when it is asked for the second time."""
    admin._client = client = MagicMock(_request_timeout_ms=1000)
    client.force_metadata_update = looks = AsyncMock()
    client.ready = AsyncMock(return_value=True)
    client.get_random_node = lambda: NODE if looks.await_count > 1 else None
    type(client.cluster).controller = property(lambda _: MagicMock(nodeId=NODE) if looks.await_count > 1 else None)

    async def send(node: int | None, _: Any) -> MagicMock:
        if node is None:
            raise NodeNotReadyError
        return MagicMock(error_code=0, coordinator_id=NODE)

    client.send = send
    return admin


ASKED = [lambda a: a.describe_cluster(), lambda a: a.create_topics([]), lambda a: a.find_coordinator("group")]


@pytest.mark.parametrize("ask", ASKED, ids=["anyone", "the controller", "for the coordinator"])
async def test_broker_that_is_out_of_service_is_asked_again(ask: Callable[[Any], Awaitable[Any]]) -> None:
    with pytest.raises((NodeNotReadyError, AttributeError)):
        await ask(out_of_service(AIOKafkaAdminClient()))
    await ask(out_of_service(PatientAdmin(Settings(), 1000)))


async def test_coordinator_that_is_not_yet_named_is_asked_for_again() -> None:
    not_yet = MagicMock(error_code=GroupCoordinatorNotAvailableError.errno)
    answers = [not_yet, MagicMock(error_code=0, coordinator_id=NODE)]
    for admin in (AIOKafkaAdminClient(), PatientAdmin(Settings(), 1000)):
        admin._client = MagicMock(send=AsyncMock(side_effect=answers))
        if isinstance(admin, PatientAdmin):
            assert await admin.find_coordinator("group") == NODE
        else:
            with pytest.raises(GroupCoordinatorNotAvailableError):
                await admin.find_coordinator("group")
