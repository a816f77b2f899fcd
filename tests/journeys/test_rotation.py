"""Rotating the key that seals secrets, drafts and files."""

from pydantic import SecretStr

from bot.cli.database import rotate_keys
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.errors import PortingError
from bot.service.offline import open_desk
from bot.service.settings import CaseSettings
from tests.journeys.cases import FIELDS
from tests.office import ROSA
from tests.refusals import told_no

OLD, NEW = "a key of sixteen letters", "another key of sixteen letters"
OTHER = "a third key of sixteen letters"
SCAN = {"id": "F1", "name": "bill.pdf", "size": 4}


def _with(settings: CaseSettings, keys: str) -> Desk:
    return open_desk(_keyed(settings, keys))


def _keyed(settings: CaseSettings, keys: str) -> CaseSettings:
    return settings.model_copy(update={"portdesk_secret_key": SecretStr(keys)})


def test_an_older_key_reads_until_everything_is_sealed_under_the_newest(
    desk: Desk, quiet_settings: CaseSettings
) -> None:
    draft = desk.drafts.save(ROSA, Typing("V1", "review", FIELDS | {"bill": [SCAN]}, 0.0)).id
    [case] = desk.filing.file(ROSA, draft).cases
    desk.documents.keep_content(case.documents[0].id, b"bill")

    both = _with(quiet_settings, f"{NEW},{OLD}")
    assert both.drafts.load(ROSA, draft).fields["service_pin"] == FIELDS["service_pin"]
    with told_no(PortingError, match="older key"):
        _with(quiet_settings, NEW).drafts.load(ROSA, draft)
    with told_no(PortingError, match="older key"):
        _rotated(quiet_settings, NEW)

    alone = _rotated(quiet_settings, f"{NEW},{OLD}", then=NEW)
    assert alone.drafts.load(ROSA, draft).fields["service_pin"] == FIELDS["service_pin"]
    assert alone.documents.find(case.documents[0].id).content == b"bill"
    now = alone.queries.case(case.id)
    assert now.secrets_given == {"service_pin", "account_number"}
    assert now.version == case.version, "open cards stay good"


def _rotated(settings: CaseSettings, keys: str, then: str = "") -> Desk:
    assert "sealed under the newest key" in rotate_keys(_keyed(settings, keys))
    return _with(settings, then or keys)


def test_a_rotation_that_stops_half_way_keeps_each_file_it_renewed_and_may_be_repeated(
    desk: Desk, quiet_settings: CaseSettings
) -> None:
    first, second = _two_files(desk)
    _with(quiet_settings, f"{OTHER},{OLD}").documents.keep_content(second, b"second")
    with told_no(PortingError, match="older key"):
        _rotated(quiet_settings, f"{NEW},{OLD}")
    assert _with(quiet_settings, NEW).documents.find(first).content == b"first"

    alone = _rotated(quiet_settings, f"{NEW},{OLD},{OTHER}", then=NEW)
    assert [alone.documents.find(file).content for file in (first, second)] == [b"first", b"second"]


def _two_files(desk: Desk) -> list[int]:
    """Leave two documents, of which the desk has the content of the first."""
    scans = [SCAN, SCAN | {"id": "F2", "name": "more.pdf"}]
    draft = desk.drafts.save(ROSA, Typing("V1", "review", FIELDS | {"bill": scans}, 0.0)).id
    first, second = (paper.id for paper in desk.filing.file(ROSA, draft).cases[0].documents)
    desk.documents.keep_content(first, b"first")
    return [first, second]


def test_a_rotation_names_the_database_and_what_to_do_with_the_older_keys(
    desk: Desk, quiet_settings: CaseSettings
) -> None:
    desk.drafts.save(ROSA, Typing("V1", "review", FIELDS, 0.0))
    said = rotate_keys(quiet_settings)
    assert quiet_settings.database_url in said
    assert "Take the older keys out of PORTDESK_SECRET_KEY" in said


def test_where_nothing_was_renewed_the_older_keys_are_to_stay(
    quiet_settings: CaseSettings,
) -> None:
    said = rotate_keys(quiet_settings)
    assert quiet_settings.database_url in said
    assert "Keep the older keys" in said
