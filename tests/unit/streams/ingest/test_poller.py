from datetime import timedelta
from pathlib import Path

import pytest

from streams.errors import InputUnreadable
from streams.ingest.fetch import is_public
from streams.ingest.poller import LONGEST_WAIT, Feed, Poller, read_feeds
from streams.settings import Settings
from tests.unit.builders import NOON


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lists no feed"),
        ("[[feed]", "no TOML"),
        ("feed = 3", "no TOML"),
        ('[[feed]]\nurl = "ftp://a"', "http://"),
        ('[[feed]]\nurl = "http://a"\ninterval = 1', "interval"),
        ('[[feed]]\nurl = "http://a"\nevery = 60', "every"),
        ('[[feed]]\nurl = "http://a"\nformat = "morse"', "format"),
        ("[[feed]]\ninterval = 60", "url"),
    ],
)
def test_list_of_feeds_is_checked_and_the_field_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(InputUnreadable, match=r"feeds\.toml") as caught:
        read_feeds(path)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("2002:5db8:d822::", True),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b::192.0.0.8", False),
        ("64:ff9b:1::5db8:d822", False),
        ("::127.0.0.1", False),
        ("::93.184.216.34", False),
        ("::ffff:93.184.216.34", True),
        ("::ffff:0:127.0.0.1", False),
        ("::ffff:0:93.184.216.34", False),
        ("::ffff:192.0.0.8", False),
        ("fec0::1", False),
        ("feff::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
        ("100::1", False),
        ("5f00::1", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("3fff::1", False),
        ("::", False),
        ("192.0.0.1", False),
        ("192.0.0.8", False),
        ("192.0.0.9", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
    ],
)
def test_private_addresses_are_told_in_every_form(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("interval", [10.0, 300.0, 86400.0])
def test_feed_that_fails_is_asked_less_and_less_often_and_never_more_often_than_its_interval(
    interval: float, tmp_path: Path
) -> None:
    poller = Poller(Feed(url="http://a.example/", interval=interval), Settings(home=tmp_path), NOON)
    waits = []
    for failures in range(40):
        poller._failed = failures
        waits.append(poller._wait())
    assert all(wait >= timedelta(seconds=interval) for wait in waits)
    assert max(waits) <= 1.1 * max(LONGEST_WAIT, timedelta(seconds=interval))
