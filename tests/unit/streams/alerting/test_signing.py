import base64
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from streams.alerting.signing import readable_secret, signed_headers

SECRET = SecretStr("whsec_" + base64.b64encode(b"k" * 32).decode())


def test_receiver_with_the_secret_verifies_what_is_sent() -> None:
    headers = signed_headers(SECRET, "msg_1", datetime.now(UTC), '{"a": 1}')
    assert Webhook(SECRET.get_secret_value()).verify('{"a": 1}', headers) == {"a": 1}


@pytest.mark.parametrize(
    "other", [{"webhook-id": "msg_2"}, {"webhook-timestamp": "1"}, {"webhook-signature": "v1,c2lnbmF0dXJl"}]
)
def test_receiver_refuses_what_was_changed_on_the_way(other: dict[str, str]) -> None:
    headers = signed_headers(SECRET, "msg_1", datetime.now(UTC), "{}") | other
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET.get_secret_value()).verify("{}", headers)


def test_without_a_secret_there_is_an_id_and_a_time_but_no_signature() -> None:
    assert set(signed_headers(None, "msg_1", datetime.now(UTC), "{}")) == {"webhook-id", "webhook-timestamp"}


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64", "whsec_" + "a" * 200])
def test_secret_of_another_form_is_refused_without_being_told(secret: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 bytes") as raised:
        readable_secret(SecretStr(secret))
    assert not secret.removeprefix("whsec_") or secret.removeprefix("whsec_") not in str(raised.value)
