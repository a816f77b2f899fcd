"""What a person does in a form or with a button: click, choose, type ahead, submit, close."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sandbox.block_kit.element_cross_checks import options_of
from slack_sandbox.block_kit.form_checks import faults_in_form
from slack_sandbox.block_kit.input_values import (
    HOLDERS,
    PersonError,
    find_element,
    initial_values,
    typed_value,
)
from slack_sandbox.client.client_actions import ClientActions
from slack_sandbox.delivery import payloads
from slack_sandbox.delivery.delivery import INTERACTIVE, Answer
from slack_sandbox.delivery.view_responses import apply_answer, choices, refusal_sentence
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.conversations import Message
from slack_sandbox.state.open_views import View
from slack_sandbox.state.workspace import User

TROUBLE = "We had some trouble connecting. Try again?"
_NOT_INTERACTIVE = "This app is not configured to handle interactive responses."


@dataclass(frozen=True)
class ViewActions:
    """Carries out what a person does with interactive blocks."""

    client_actions: ClientActions

    async def action(self, given: dict[str, Any]) -> dict[str, Any]:
        """Click or choose something in a message or a view."""
        user = self._interactive_user(given)
        container = given.get("container") or {}
        if container.get("type") == "view":
            view = self._open_view(user, container.get("view_id"))
            self._take_state(view, given.get("state"))
            make = self._view_click(user, view, given)
        else:
            message = self.client_actions.seen_message(user, container)
            make = self._message_click(user, message, given)
        name = str(given.get("action_id"))
        if self.client_actions.state.faults.double_click:
            self.client_actions.delivery.start(
                self.client_actions.delivery.send(INTERACTIVE, name, make())
            )
        answer = await self.client_actions.delivery.send(INTERACTIVE, name, make())
        self.client_actions.complain(user, "This did not work", answer)
        return {}

    def _view_click(self, user: User, view: View, given: dict[str, Any]) -> Any:
        state = self.client_actions.state
        block, element = _element(view.blocks, given)
        if element["type"] == "file_input":
            raise PersonError("Slack tells no app of a chosen file before the form is sent.")
        value = self._value_of(element, given, view)
        if element["type"] in HOLDERS and value is not None:
            view.values = _with_value(view.values, block, element, value)
        action = payloads.action_of(state, block, element, value)
        return lambda: payloads.view_action(state, user, view, action)

    def _message_click(self, user: User, message: Message, given: dict[str, Any]) -> Any:
        state = self.client_actions.state
        block, element = _element(message.blocks, given)
        value = self._value_of(element, given, None)
        if element["type"] in HOLDERS and value is not None:
            before = message.values or initial_values(message.blocks)
            message.values = _with_value(before, block, element, value)
        action = payloads.action_of(state, block, element, value)
        url = self.client_actions.response_urls.new(user.id, message.channel, message)
        return lambda: payloads.message_action(state, user, message, action, url)

    def _value_of(
        self, element: dict[str, Any], given: dict[str, Any], view: View | None
    ) -> dict[str, Any] | None:
        if element["type"] == "overflow":
            chosen = [o for o in options_of(element) if o["value"] == given.get("value")]
            if not chosen:
                raise PersonError("There is no such choice in this menu.")
            return {"selected_option": chosen[0]}
        if element["type"] not in HOLDERS:
            return None
        return self._typed(element, given.get("value"), view)

    def _typed(self, element: dict[str, Any], short: Any, view: View | None) -> dict[str, Any]:
        known = view.suggested.get(element["action_id"], {}) if view else {}
        try:
            return typed_value(element, short, known, self._file_for_app)
        except (TypeError, ValueError):
            raise PersonError("That value does not fit this field.") from None

    def _file_for_app(self, file_id: str) -> dict[str, Any]:
        state = self.client_actions.state
        if file_id not in state.uploads.files:
            raise PersonError("That file is not there any more. Choose it again.")
        state.uploads.change(file_id, for_app=True)
        return state.file_object(file_id)

    def _take_state(self, view: View, state: Any) -> None:
        for block_id, inner in (state or {}).items():
            for action_id, short in inner.items():
                block, element = find_element(view.blocks, block_id, action_id)
                if element["type"] in HOLDERS:
                    value = self._typed(element, short, view)
                    view.values = _with_value(view.values, block, element, value)

    async def suggest(self, given: dict[str, Any]) -> dict[str, Any]:
        """Ask the app for the choices of an external select."""
        user = self._interactive_user(given)
        view = self._open_view(user, given.get("view_id"))
        block, element = _element(view.blocks, given)
        where = (block["block_id"], element["action_id"])
        typed = str(given.get("value") or "")
        payload = payloads.suggestion(self.client_actions.state, user, view, where, typed)
        answer = await self.client_actions.delivery.send(INTERACTIVE, element["action_id"], payload)
        if answer.failure:
            raise PersonError("The choices could not be loaded.")
        options, groups = choices(answer.body)
        known = view.suggested.setdefault(element["action_id"], {})
        everything = [*options, *(option for group in groups for option in group["options"])]
        known |= {option["value"]: option for option in everything}
        brief = [{"text": o["text"]["text"], "value": o["value"]} for o in options]
        return {"options": brief, "option_groups": groups}

    async def submit(self, given: dict[str, Any]) -> dict[str, Any]:
        """Send a form, unless Slack's own client would refuse it."""
        user = self._interactive_user(given)
        view = self._open_view(user, given.get("view_id"))
        if view.busy:
            raise PersonError("The form is being sent already.")
        if not view.given.get("submit"):
            raise PersonError("This window has nothing to submit.")
        self._take_state(view, given.get("state"))
        view.errors = faults_in_form(view.blocks, view.values)
        view.trouble = None
        if view.errors:
            self.client_actions.state.changes.touch([user.id])
            return {"ok": False, "errors": view.errors}
        return await self._deliver_form(user, view)

    async def _deliver_form(self, user: User, view: View) -> dict[str, Any]:
        state, delivery = self.client_actions.state, self.client_actions.delivery
        name = view.given.get("callback_id") or "view_submission"
        view.busy = True
        state.changes.touch([user.id])
        if state.faults.double_click:
            again = payloads.view_submission(state, user, view)
            delivery.start(delivery.send(INTERACTIVE, name, again))
        payload = payloads.view_submission(state, user, view)
        answer = await delivery.send(INTERACTIVE, name, payload)
        view.busy = False
        try:
            return self._take_answer(user, view, answer)
        finally:
            state.changes.touch([user.id])

    def _take_answer(self, user: User, view: View, answer: Answer) -> dict[str, Any]:
        body = answer.body if isinstance(answer.body, dict) else {}
        refused = isinstance(answer.body, str) and bool(answer.body.strip())
        try:
            if answer.failure or refused:
                raise SlackError("invalid_arguments")
            apply_answer(self.client_actions.state, view, body)
            return {"ok": False, "errors": view.errors} if view.errors else {}
        except SlackError as refusal:
            view.trouble = TROUBLE
            reason = answer.sentence or refusal_sentence(refusal)
            self.client_actions.state.notice(user.id, f"The form was not accepted: {reason}")
            return {"ok": False, "error": TROUBLE}

    async def close(self, given: dict[str, Any]) -> dict[str, Any]:
        """Close the top view, or all of them with `clear`."""
        user = self.client_actions.who(given)
        view = self._open_view(user, given.get("view_id"))
        state = self.client_actions.state
        everything = bool(given.get("clear") or view.given.get("clear_on_close"))
        stack = list(state.views.stacks[user.id])
        closing = stack[::-1] if everything else stack[stack.index(view) :][::-1]
        for each in closing:
            payload = payloads.view_closed(state, user, each, everything)
            state.views.close(each)
            if each.given.get("notify_on_close"):
                name = each.given.get("callback_id") or "view_closed"
                delivery = self.client_actions.delivery
                delivery.start(delivery.send(INTERACTIVE, name, payload))
        state.changes.touch([user.id])
        return {}

    def _interactive_user(self, given: dict[str, Any]) -> User:
        user = self.client_actions.who(given)
        if not self.client_actions.state.manifest.interactive:
            self.client_actions.state.notice(user.id, _NOT_INTERACTIVE)
            raise PersonError(_NOT_INTERACTIVE)
        return user

    def _open_view(self, user: User, view_id: Any) -> View:
        home = self.client_actions.state.views.homes.get(user.id)
        if home is not None and home.id == view_id:
            return home
        for view in self.client_actions.state.views.stacks[user.id]:
            if view.id == view_id:
                return view
        raise PersonError("This window is closed already.")


def _element(
    blocks: list[dict[str, Any]], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    return find_element(blocks, str(given.get("block_id")), str(given.get("action_id")))


def _with_value(
    values: dict[str, Any], block: dict[str, Any], element: dict[str, Any], value: dict[str, Any]
) -> dict[str, Any]:
    inner = {**values.get(block["block_id"], {}), element["action_id"]: value}
    return {**values, block["block_id"]: inner}
