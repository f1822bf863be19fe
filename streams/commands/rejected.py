"""``claimwire rejected``: lists what could not be read, and why; puts it back once the cause is mended."""

import asyncio
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

import orjson
import typer
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, RecordTooLargeError

from streams.kafka.client import producer, read_one, read_to_end, topic_name
from streams.kafka.ledger_pointer import current
from streams.kafka.rejections import RETRIED, RETRIED_FROM, Rejected, WantedRejections, chosen, rejections
from streams.kafka.topics import REJECTED, TOPICS
from streams.settings import Settings, load_settings
from streams.terminal.output import put, say
from streams.terminal.views import short

BEGINNING = 200
"""How many bytes of a record are listed."""

app = typer.Typer(help="List what could not be read, and why; `retry` puts it back.", invoke_without_command=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="rejected")


@app.callback()
def rejected(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="One record a line, its bytes in base64.")] = False,
) -> None:
    """List what could not be read: when, where it was, the reason, and how its bytes begin."""
    if context.invoked_subcommand:
        return
    found = asyncio.run(_read(asyncio.run(current(load_settings()))))
    for each in found:
        if json:
            put(orjson.dumps(_line(each)).decode())
        else:
            h = each.headers
            stood = "{} {}:{}".format(*each.place) if each.place else h.get("source", "-")
            again = f"  (put back {each.retried:%Y-%m-%dT%H:%M:%SZ})" if each.retried else ""
            told = f"{each.at:%Y-%m-%dT%H:%M:%SZ}  {stood}  [{h.get('stage')}] {h.get('reason')}{again}"
            put(told)
            put(f"    {f'{each.left:,} bytes, kept only there' if each.left else short(_begins(each))}")
    if not found and not json:
        put("nothing was rejected")


@app.command()
def retry(
    stage: Annotated[str, typer.Option(metavar="STAGE", help="Only what this agent rejected: extract, link …")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Only where the reason holds these words.")] = "",
    topic: Annotated[str, typer.Option(metavar="TOPIC", help="Only what came from this topic: news.items …")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also what was put back before.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be put back.")] = False,
) -> None:
    """Put rejected records back where they came from, with their key and bytes, once you have mended the cause.

    Each goes back once. If it is rejected again, it is listed anew. An item that comes in twice changes nothing.
    """
    settings = asyncio.run(current(load_settings()))
    wanted = WantedRejections(stage=stage, reason=reason, topic=topic, again=again, prefix=settings.prefix)
    back, stay, failed = asyncio.run(_retry(settings, wanted, dry_run))
    onto = ", ".join(f"{n} onto {name}" for name, n in sorted(Counter(r.place[0] for r in back if r.place).items()))
    would = "would be put back" if dry_run else "put back"
    put(f"{len(back)} {would}{f': {onto}' if onto else ''}")
    for why, count in stay.most_common():
        put(f"{count} stay, {why}")
    for each, told in failed:
        say(f"offset {each.offset} could not be put back: {told}")
    if failed:
        raise typer.Exit(1)


async def _read(settings: Settings) -> list[Rejected]:
    records = [r async for r in read_to_end(settings, REJECTED)]
    return rejections((r.offset, r.timestamp, r.key, r.value, r.headers) for r in records)


def _begins(found: Rejected) -> str:
    return (found.value or b"")[:BEGINNING].decode("utf8", "replace")


def _line(found: Rejected) -> dict[str, Any]:
    return {
        "at": f"{found.at:%Y-%m-%dT%H:%M:%SZ}",
        "offset": found.offset,
        "headers": found.headers,
        "bytes": b64encode(found.value or b"").decode(),
        "begins": _begins(found),
        "retried": f"{found.retried:%Y-%m-%dT%H:%M:%SZ}" if found.retried else None,
    }


async def _retry(
    settings: Settings, wanted: WantedRejections, dry_run: bool
) -> tuple[list[Rejected], Counter[str], list[tuple[Rejected, str]]]:
    """Put records back and mark them. Returns these, how many stay and why, and which failed and why."""
    topics = [topic_name(settings, t) for t in TOPICS if t is not REJECTED]
    back, stay = chosen(await _read(settings), wanted, topics)
    done, failed = [], []
    if back and not dry_run:
        async with producer(settings, largest=_largest(back)) as out:
            for each in back:
                try:
                    await _put_back(settings, out, each)
                    done.append(each)
                except LookupError as error:
                    failed.append((each, str(error)))
                except (MessageSizeTooLargeError, RecordTooLargeError):
                    failed.append((each, "its topic no longer takes a record so large: raise its max.message.bytes"))
                except KafkaError as error:
                    failed.append((each, f"{type(error).__name__}: {error}"))
    return (back if dry_run else done), stay, failed


def _largest(found: Iterable[Rejected]) -> int:
    return max(r.left or len(r.value or b"") for r in found)


async def _put_back(settings: Settings, out: AIOKafkaProducer, found: Rejected) -> None:
    """Put a record back, then mark it. After an interruption between the two it goes back twice, which is harmless.

    It goes to the partition from which it came, whichever client chose that, because versions of an item must meet.
    """
    assert found.place
    name, partition, offset = found.place
    key, value = found.key, found.value
    if found.left:
        original = await read_one(settings, name, partition, offset)
        key, value = original.key, original.value
    here = f"{topic_name(settings, REJECTED)} 0:{found.offset}"
    await out.send_and_wait(name, value, key=key, partition=partition, headers=[(RETRIED_FROM, here.encode())])
    mark = [(RETRIED, str(found.offset).encode())]
    await out.send_and_wait(topic_name(settings, REJECTED), b"", headers=mark)
