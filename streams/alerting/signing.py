"""Signing of webhooks by the scheme of Standard Webhooks.

Source: https://www.standardwebhooks.com (specification of 2023): HMAC-SHA256 over id, timestamp and body.
"""

import base64
import binascii
from datetime import datetime

from pydantic import SecretStr
from standardwebhooks import Webhook

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""Bytes of a secret, by the specification."""


def readable_secret(secret: SecretStr) -> SecretStr:
    """Check a secret.

    Raises
    ------
    ValueError
        If it is not ``whsec_`` and 24 to 64 bytes in base64; the message does not show the secret.
    """
    try:
        key = base64.b64decode(secret.get_secret_value().removeprefix(PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"is no {PREFIX} and {SHORTEST} to {LONGEST} bytes in base64")
    return secret


def signed_headers(secret: SecretStr | None, message_id: str, moment: datetime, body: str) -> dict[str, str]:
    """The headers of a delivery: its time, its signature, and its id, by which receivers recognise a repeated one."""
    headers = {"webhook-id": message_id, "webhook-timestamp": str(int(moment.timestamp()))}
    if secret:
        signer = Webhook(secret.get_secret_value())
        headers["webhook-signature"] = signer.sign(message_id, moment, body)
    return headers
