"""Finds the facts for `claimwire doctor`, on this machine and at the broker, where it leaves nothing behind."""

import asyncio
import os
import platform
import stat
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import uuid4

import psutil
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError

from streams.alerting.channels import channels_of
from streams.alerting.rules import load_rules
from streams.doctor.checks import (
    Check,
    CheckState,
    FoundTopic,
    Through,
    check_clock,
    check_cluster,
    check_group,
    check_lag,
    check_misspelt,
    check_space,
    check_topics,
    check_versions,
)
from streams.errors import TopicsDiffer, UserError
from streams.kafka.client import (
    Commits,
    administrator,
    commits,
    common_partitions,
    producer,
    topic_name,
    wanted_topics,
)
from streams.kafka.connection import refusal
from streams.kafka.ledger_pointer import current
from streams.kafka.topics import EVIDENCE, ITEMS, MATCHES, STATEMENTS, STATUS, VERDICTS
from streams.settings import ENV_FILE, PREFIX, TOML_FILE, Settings, misspelt

READ = (ITEMS, STATEMENTS, VERDICTS, EVIDENCE, STATUS, MATCHES)
"""The topics that agents read."""

PACKAGES = ("claimwire", "faust-streaming", "aiokafka", "rocksdict")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
LOOK_SECONDS = 4.0
FETCH, FETCH_OF_KAFKA_4 = 1, 4
"""Kafka's number of the fetch request, and its oldest version that Kafka 4.0 still takes."""

TRY_SECONDS = 0.5


def examine_machine(settings: Settings) -> Iterable[Check]:
    """The checks that need no broker."""
    yield from check_misspelt(misspelt())
    yield from _secrets(settings)
    try:
        rules = load_rules(settings.alert_rules)
        channels = sum(len(channels_of(rule)) for rule in rules)
        yield Check("alert rules", CheckState.OK, f"{len(rules)} rules, {channels} channels")
    except UserError as error:
        yield Check("alert rules", CheckState.FAILED, str(error), f"Correct the file that {PREFIX}ALERT_RULES names.")
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue  # an extra
    yield from check_versions(found)
    if settings.broker.rpartition(":")[0] in LOCAL and settings.home.exists():
        if not os.access(settings.home, os.W_OK | os.X_OK):
            what = f"the local broker's folder {settings.home} cannot be written to"
            yield Check("disk", CheckState.FAILED, what, f"Make it writable, or set {PREFIX}HOME to another.")
        yield check_space(str(settings.home), psutil.disk_usage(str(settings.home)).free)


def _secrets(settings: Settings) -> Iterable[Check]:
    """Files with passwords or keys that others may read."""
    files = [settings.password_file, settings.ssl_key, settings.second_key_file]
    if settings.password.get_secret_value():
        files += [Path(ENV_FILE), Path(TOML_FILE)]
    for file in files:
        if file and file.is_file() and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield Check("secrets", CheckState.WARNING, f"{file} can be read by others", f"chmod 600 {file}")


async def examine_broker(settings: Settings) -> AsyncIterator[Check]:
    """The checks of the broker."""
    try:
        settings = await current(settings)
        async with administrator(settings) as client:
            cluster = await client.describe_cluster()
            brokers = len(cluster["brokers"])
            yield Check("broker", CheckState.OK, f"{settings.broker} answers by {settings.security_protocol}")
            yield _api(client)
            yield check_cluster(brokers, settings)
            found = await _topics(client, settings)
            wanted = {t.name: t.topic_configs for t in wanted_topics(settings, settings.partitions)}
            for check in check_topics(wanted, found, settings):
                yield check
            try:
                common_partitions(settings, {name: topic.partitions for name, topic in found.items()})
            except TopicsDiffer as error:
                yield Check(
                    "partitions", CheckState.FAILED, str(error), "docs/reference.md says how to move to a new set."
                )
            if all(topic_name(settings, topic) in found for topic in READ):
                for check in await _workers(client, settings):
                    yield check
        yield await _clock(settings)
    except KafkaError as error:
        yield Check("broker", CheckState.FAILED, str(refusal(settings, error)), "See the broker's log.")
    except UserError as error:
        yield Check("broker", CheckState.FAILED, str(error), "Until then nothing more can be checked.")


def _api(client: AIOKafkaAdminClient) -> Check:
    """The age of the broker, by the requests that it takes, since it does not report its release."""
    [versions, *_] = [connection._versions for connection in client._client._conns.values()]
    oldest_fetch, _ = versions[FETCH]
    if oldest_fetch >= FETCH_OF_KAFKA_4:
        return Check("release", CheckState.OK, "Kafka 4.0 or newer, by the requests that it takes")
    what = "older than Kafka 4.0, by the requests that it takes"
    return Check("release", CheckState.WARNING, what, "The tests run on Kafka 4.3; an older one may do.")


async def _topics(client: AIOKafkaAdminClient, settings: Settings) -> dict[str, FoundTopic]:
    """The existing topics of the table and changelogs."""
    names = [topic.name for topic in wanted_topics(settings, settings.partitions)]
    described = {t["topic"]: t["partitions"] for t in await client.describe_topics(names) if not t["error_code"]}
    if not described:
        return {}
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in described]
    configs = {
        name: {entry[0]: entry[1] for entry in entries}
        for response in await client.describe_configs(asked)
        for _, _, _, name, entries in response.resources
    }
    return {
        name: FoundTopic(
            partitions=len(partitions),
            copies=min(len(p["replicas"]) for p in partitions),
            leaderless=sum(p["leader"] < 0 for p in partitions),
            behind=sum(len(p["isr"]) < len(p["replicas"]) for p in partitions),
            config=configs.get(name, {}),
        )
        for name, partitions in described.items()
    }


async def _workers(client: AIOKafkaAdminClient, settings: Settings) -> list[Check]:
    """The group and its lag, measured twice if records wait."""
    [response] = await client.describe_consumer_groups([settings.application])
    _, _, state, _, _, members, *_ = response.groups[0]
    async with commits(settings) as asked:
        began = time.monotonic()
        before = after = await _through(asked)
        while any(t.lag and t.done == before[n].done for n, t in after.items()):
            if time.monotonic() > began + LOOK_SECONDS:
                break
            await asyncio.sleep(TRY_SECONDS)
            after = await _through(asked)
    checks = check_lag(before, after, time.monotonic() - began, len(members))
    return [check_group(state, len(members), sum(p.lag for p in after.values())), *checks]


async def _through(asked: Commits) -> dict[str, Through]:
    """How far the workers have read each topic."""
    found = {}
    for topic in READ:
        partitions = await asked.of_topic(topic)
        done = sum(partition.done for partition in partitions.values())
        found[topic.name] = Through(done, sum(partition.lag for partition in partitions.values()))
    return found


@asynccontextmanager
async def _passing_topic(settings: Settings) -> AsyncIterator[str]:
    """A temporary topic whose records have the broker's time."""
    name = f"{settings.prefix}claimwire.doctor.{uuid4().hex[:12]}"
    config = {"message.timestamp.type": "LogAppendTime"}
    async with administrator(settings) as client:
        made = await client.create_topics([NewTopic(name, 1, 1, topic_configs=config)])
        [(_, code, message, *_)] = made.topic_errors
        if code:
            raise TopicsDiffer(message or str(code))
        try:
            yield name
        finally:
            await client.delete_topics([name])


async def _clock(settings: Settings) -> Check:
    """The broker's clock, by the time of arrival of a record in a temporary topic."""
    try:
        async with _passing_topic(settings) as topic, producer(settings) as out:
            await out.send_and_wait(topic, b"warm")
            before = time.time()
            sent = await out.send_and_wait(topic, b"now")
            after = time.time()
    except (UserError, KafkaError) as error:
        what = f"unknown: no topic could be made to ask the broker ({error})"
        return Check(
            "clock", CheckState.WARNING, what, "Check by hand that this machine and the broker's have the same time."
        )
    return check_clock(sent.timestamp / 1000 - (before + after) / 2, (after - before) / 2)
