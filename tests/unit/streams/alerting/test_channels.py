import sys

import pytest

from streams.alerting.channels import channels_of
from streams.alerting.rules import Rule
from streams.errors import SettingsInvalid


def names(**fields: object) -> list[str]:
    return [channel.name for channel in channels_of(Rule.model_validate({"name": "front line", **fields}))]


def test_channels_are_named_by_kind_and_number_and_without_a_rule_s_own_it_is_the_log() -> None:
    assert names() == ["log"]
    assert names(
        notify=["mailto://me:SECRET@example.org", "tgram://123456789:ABCdefghijklmnopqrstuvwxyz0123456789/12345/"],
        webhook="https://example.org/SECRET",
    ) == ["notify 1 (mailto)", "notify 2 (tgram)", "webhook"]


def test_unknown_address_is_told_by_rule_and_number_without_what_it_holds() -> None:
    with pytest.raises(SettingsInvalid, match="rule 'front line', notify 2 is no address") as told:
        names(notify=["mailto://me:SECRET@example.org", "nothing://SECRET@example.org"])
    assert "SECRET" not in str(told.value)


def test_missing_apprise_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert names(webhook="https://example.org/") == ["webhook"], "a webhook needs none"
    with pytest.raises(SettingsInvalid, match=r"needs Apprise: .* -m pip install 'apprise"):
        names(notify=["mailto://me:secret@example.org"])
