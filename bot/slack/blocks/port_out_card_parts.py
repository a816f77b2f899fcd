"""What a port-out's cards show and offer, beside what every card does."""

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import WaitsFor, waits_for
from bot.domain.port_out.requests import OwnerSays, RequestFacts
from bot.slack.blocks.dates import both, time_left
from bot.slack.ids import OUT_OWNER, Action
from bot.wording.templates import Mrkdwn, Templates


def port_out_rows(words: Templates, case: CaseFacts) -> dict[str, str]:
    """Return the rows of the card by the names of their labels."""
    rows = {
        "leaves": words.sentence("platforms", case.platform),
        "winner": case.carrier or "–",
    }
    if case.request is not None:
        rows["request"] = _request(words, case, case.request)
    if case.is_unasked:
        key = f"owner_{case.owner_says or 'silent'}"
        rows["ordered"] = words.sentence("port_out/labels", key, waits=case.owes_answer)
    if by_hand := case.fields.get("by_hand"):
        rows["by_hand"] = words.sentence("port_out/labels", "declared", count=by_hand.count("+"))
    return rows


def _request(words: Templates, case: CaseFacts, asked: RequestFacts) -> str:
    return Mrkdwn(
        words.mrkdwn_sentence(
            "port_out/labels",
            f"request_{asked.answer}",
            carrier=asked.carrier,
            when=both(asked.answer_by, case.zone),
            left=time_left(asked.answer_by),
        )
    )


def port_out_waits_for(case: CaseFacts) -> WaitsFor:
    """Say who has to act: a winning carrier that waits comes first, silence would be a yes."""
    if case.owes_answer:
        return WaitsFor.DESK
    if case.status is None:
        told = any(item.complete for item in case.progress if item.item.key == "winner_told")
        ordered = told or case.is_unasked or case.is_let_go
        return WaitsFor.CARRIER if ordered else WaitsFor.CUSTOMER
    return waits_for(case.status)


def agent_buttons(case: CaseFacts) -> tuple[str, ...]:
    """Return the names of what an agent may do beside the moves."""
    if not case.is_port_out or not case.is_open:
        return ()
    give = (Action.OUT_GIVE,) if "account_id" in case.secrets_given else ()
    return (Action.OUT_ANSWER if case.owes_answer else Action.OUT_REQUEST, *give)


def requester_buttons(case: CaseFacts) -> tuple[str, ...]:
    """Return the names of what the requester may do beside the moves."""
    if not case.is_open:
        return ()
    if case.asks_owner:
        return tuple(f"{OUT_OWNER}{word}" for word in OwnerSays if word != case.owner_says)
    give = (Action.OUT_GIVE,) if "account_id" in case.secrets_given else ()
    return (*give, "support")
