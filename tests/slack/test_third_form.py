"""A third form, described in a few lines, is walked as the two of the product are."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import yaml
from slack_sdk.models.blocks import Block

from bot.cli.manifest_file import MANIFEST
from bot.desk.cases.filing import Filed
from bot.desk.desk import Desk
from bot.domain.cases.kinds import Kind
from bot.domain.findings.rules import found
from bot.domain.rulebook.rulebook import Report
from bot.slack.app import register
from bot.slack.blocks.code_blocks import section
from bot.slack.catalogue import examples
from bot.slack.ids import FormIds
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.question import Field
from bot.slack.modals.question import Kind as Asked
from bot.slack.modals.wizard.form import Form, Looks, Wording
from bot.slack.modals.wizard.listeners import routes
from bot.wording.templates import Templates
from slack_sandbox import Person
from tests.journeys.cases import window
from tests.office import Message, Office, open_office

taken: list[str] = []


class Callbacks:
    """Takes who wants to be called back, unless there is no telephone to call."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def review(self, who: str, draft_id: int) -> Report:
        """Judge a draft."""
        fields = self._desk.drafts.load(who, draft_id).fields
        called = {"phone": "", "web": "nobody"}.get(fields.get("contact_method") or "web")
        wrong = fields["contact_phone"] == called
        return Report((found("contact_phone_invalid"),) if wrong else (), (), ())

    def file(self, who: str, draft_id: int) -> Filed:
        """Write a draft down and be done with it."""
        fields = self._desk.drafts.load(who, draft_id).fields
        taken.append(f"{fields['contact_method']} {fields['contact_phone']}")
        self._desk.drafts.discard(who, draft_id)
        return Filed((examples.case(),))


def summary(
    _words: Templates, state: FormState, _report: Report, _linked: Sequence[str]
) -> list[Block]:
    return [section(f"By {state.text('contact_method')}")]


# Its words are borrowed: `templates/` has only what the product says.
FORM = Form(
    kind=Kind.PORT_IN,
    ids=FormIds("/call-me", "call_page_", "call:", "call_", "call_told"),
    steps=("customer", "papers", "review"),
    fields=(
        Field("contact_phone", "customer"),
        Field("contact_method", "papers", Asked.RADIO),
    ),
    filing=Callbacks,
    wording=Wording(
        sentences="intake/sentences",
        labels="intake/labels",
        hints="intake/hints",
        left="port_out/left.j2",
        filed="port_out/filed.j2",
        changed="port_out/changed.j2",
    ),
    looks=Looks(summary=summary),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, shared_database_url: str) -> Iterator[Office]:
    """An office whose app has the third form."""
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text("utf-8"))
    manifest["features"]["slash_commands"].append({"command": FORM.ids.command})
    folder = tmp_path_factory.mktemp("office")
    with open_office(folder, manifest=manifest, database_url=shared_database_url) as office:
        for route in routes(FORM):
            register(office.service.app, route, office.service.desk)
        yield office


def page(person: Person) -> Message:
    view = person.view()
    assert view is not None
    return view


def question(person: Person) -> tuple[str, Message]:
    """Return the only question of the page: its name and its input."""
    [asked] = [block for block in page(person)["blocks"] if block["type"] == "input"]
    return asked["block_id"], asked["element"]


def test_it_is_filled_in_page_by_page_looked_at_and_handed_in(house: Office) -> None:
    rosa = house.rosa
    rosa.command("/call-me")
    assert "*Step 1 of 2*" in window(page(rosa))
    assert rosa.fill(contact_phone="206-555-0100").submit() == {}
    assert "*Step 2 of 2*" in window(page(rosa))
    rosa.click("Back")
    assert question(rosa)[1]["initial_value"] == "206-555-0100"
    assert rosa.submit() == {}
    assert rosa.fill(contact_method="phone").submit() == {}
    assert "Last look" in window(page(rosa))
    assert "By phone" in window(page(rosa))
    assert rosa.submit() == {}
    assert page(rosa)["callback_id"] == "call_told"
    assert "is filed" in window(page(rosa))
    assert taken == ["phone 206-555-0100"]
    rosa.close()


def test_an_error_stands_under_its_field_or_brings_back_the_page_that_has_it(
    house: Office,
) -> None:
    mateo = house.mateo
    mateo.command("/call-me")
    assert mateo.fill(contact_phone="nobody").submit().keys() == {"contact_phone"}
    assert mateo.fill(contact_phone="").submit() == {}
    assert mateo.fill(contact_method="phone").submit() == {}
    assert question(mateo)[0] == "contact_phone"
    assert "*Contact telephone*" in window(page(mateo))
    mateo.close()


def test_a_left_one_goes_on_where_it_was_left_or_is_thrown_away(house: Office) -> None:
    anna = house.anna
    anna.command("/call-me")
    assert anna.fill(contact_phone="206-555-0101").submit() == {}
    anna.fill(contact_method="web")
    anna.close()
    anna.command("/call-me")
    assert "You left a request" in window(page(anna))
    anna.click("Continue")
    assert question(anna)[1]["initial_option"]["value"] == "web"
    anna.close()
    anna.command("/call-me")
    anna.click("Throw it away")
    assert "initial_value" not in question(anna)[1]
    anna.close()
    anna.command("/call-me")
    assert question(anna)[0] == "contact_phone"
