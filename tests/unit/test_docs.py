import re
from dataclasses import fields
from pathlib import Path

import pytest

from claimwire.outcomes import BEARINGS, OUTCOMES
from claimwire.statements import Act, Statement
from claimwire.statuses import STATUSES
from streams.alerting.outbox import RETRY_AFTER
from streams.alerting.rules import Rule, load_rules
from streams.engine import metrics
from streams.feeds import Format
from streams.feeds.files import PACKED, READABLE
from streams.kafka.topics import as_markdown
from streams.settings import Settings

ROOT = Path(__file__).parent.parent.parent
WITH_PAGES = ("docs", "benchmarks", "deploy", "examples", "training")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in WITH_PAGES for page in (ROOT / folder).rglob("*.md"))])
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
MODULE = re.compile(r"`((?:agents|board|claimwire|streams|tests|training|extraction|linking)/[\w/]+\.py)`")
REFERENCE = (ROOT / "docs" / "reference.md").read_text("utf8")
FEEDS = (ROOT / "docs" / "feeds.md").read_text("utf8")
ALERTS = (ROOT / "docs" / "alerts.md").read_text("utf8")
README = (ROOT / "README.md").read_text("utf8")


def test_reference_shows_the_table_of_topics() -> None:
    assert as_markdown() in REFERENCE


def test_reference_shows_the_table_of_metrics() -> None:
    assert metrics.as_markdown() in REFERENCE


def test_reference_and_readme_show_the_table_of_statuses() -> None:
    for number, row in enumerate(STATUSES, start=1):
        assert f"| {number} | {row.status} | {row.when} | {row.concludes} | {' '.join(row.examples)} |" in REFERENCE
        assert f"| {row.status} | {row.when} | {row.concludes} |" in README


def test_reference_shows_every_act_and_every_field_of_a_statement() -> None:
    for act in Act:
        assert f"| `{act}` |" in REFERENCE
    for field in fields(Statement):
        assert f"`{field.name}`" in REFERENCE


def test_reference_shows_every_outcome_and_every_pair() -> None:
    for code, kind in OUTCOMES.items():
        cells = (f"`{code}`", kind.field, kind.meaning, kind.favours, str(kind.days), kind.acled, kind.plover)
        assert f"| {' | '.join(cells)} |" in REFERENCE
    for pair, (actors, meaning) in BEARINGS.items():
        first, second = sorted(pair) if len(pair) == 2 else [*pair, *pair]
        assert f"| `{first}` | `{second}` | {actors} | {meaning} |" in REFERENCE


def test_feeds_shows_every_format_and_every_ending_that_is_read() -> None:
    for format in Format:
        assert f"`{format}`" in FEEDS
    for ending in READABLE | PACKED:
        assert ending in FEEDS


def test_alerts_shows_every_key_of_a_rule_and_every_pause_and_its_rules_can_be_read(tmp_path: Path) -> None:
    for name, field in Rule.model_fields.items():
        assert f"| `{field.alias or name}` |" in ALERTS or name == "name"
        assert f"`{field.alias or name}`" in REFERENCE
    assert "after 5 s, 30 s, 5 min, 30 min, 2 h and 8 h" in ALERTS
    assert [pause.total_seconds() for pause in RETRY_AFTER] == [5, 30, 300, 1800, 7200, 28800]
    (tmp_path / "rules.toml").write_text(ALERTS.partition("```toml\n")[2].partition("```")[0])
    assert len(load_rules(tmp_path / "rules.toml")) == 2


def test_reference_shows_every_setting() -> None:
    for name, field in Settings.model_fields.items():
        assert f"| `{name}` | `CLAIMWIRE_{name.upper()}` |" in REFERENCE
        assert f"| {field.description} |" in REFERENCE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf8")):
        file, _, heading = target.partition("#")
        leads_to = (page.parent / file).resolve() if file else page
        assert leads_to.exists(), target
        if heading:
            assert heading in anchors(leads_to), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_module_that_a_page_names_is_there(page: Path) -> None:
    for module in MODULE.findall(page.read_text("utf8")):
        assert (ROOT / module).exists() or (ROOT / "claimwire" / module).exists(), module


def anchors(page: Path) -> set[str]:
    """The names under which the headings of a page can be linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
