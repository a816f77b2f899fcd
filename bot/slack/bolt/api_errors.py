"""Calls Slack's Web API and sorts what can go wrong into "later" and "never"."""

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.desk.notifications.deliveries import PermanentError, TemporaryError

# Seconds; a few of these calls fit into the lease of one delivery.
API_TIMEOUT = 10
# A person has to mend something first: an invitation, a token, a scope, a workspace on the move.
_NEEDS_A_PERSON = frozenset(
    {
        "access_denied",
        "accesslimited",
        "account_inactive",
        "channel_not_found",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "external_channel_migrating",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "invalid_auth",
        "is_archived",
        "message_limit_exceeded",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_authed",
        "not_allowed_token_type",
        "not_in_channel",
        "org_login_required",
        "posting_to_channel_denied",
        "restricted_action",
        "restricted_action_read_only_channel",
        "storage_limit_reached",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
# Of these, what is about the channel and nothing else.
_SHUT = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "posting_to_channel_denied",
        "restricted_action",
        "restricted_action_read_only_channel",
    }
)
_PASSING = frozenset(
    {
        "file_update_failed",
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)

# A file's address that leads nowhere will not do so tomorrow either.
_NOT_THERE = frozenset({http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE})


def web_client(token: str, address: str, timeout: int = API_TIMEOUT) -> WebClient:
    """Return a client for the Web API at an address that ends in `/api/`."""
    return WebClient(
        token=token,
        base_url=address,
        timeout=timeout,
        ssl=_trusted(),
        # The SDK would repeat a post whose answer was lost; the ledger looks it up first.
        retry_handlers=[],
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom we trust. Read once: the SDK would read the whole list for each call."""
    return ssl.create_default_context()


@contextmanager
def slack_call() -> Iterator[None]:
    """Turn every failure of a call into `TemporaryError` or `PermanentError`."""
    try:
        yield
    except SlackApiError as error:
        raise sorted_error(error) from error
    except HTTPError as error:
        if error.code in _NOT_THERE:
            raise PermanentError(f"http {error.code}") from error
        raise TemporaryError(f"http {error.code}") from error
    except (SlackClientError, URLError, http.client.HTTPException, OSError, ValueError) as error:
        # The SDK lets an answer that is no JSON through as a ValueError.
        raise TemporaryError(f"no answer: {type(error).__name__}") from error


def sorted_error(error: SlackApiError) -> PermanentError | TemporaryError:
    """Say whether the same call may succeed later."""
    code = error_code(error)
    status = int(getattr(error.response, "status_code", 0) or 0)
    if status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return TemporaryError("ratelimited", retry_after=retry_after(error), unsent=True)
    if code in _NEEDS_A_PERSON:
        return TemporaryError(code, slow=True, unsent=True, shut=code in _SHUT)
    if code in _PASSING or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or not code:
        return TemporaryError(code or f"http {status}")
    return PermanentError(code)


def error_code(error: SlackApiError) -> str:
    """Return Slack's name of the error, or nothing where the answer was not Slack's."""
    response = error.response
    return str(response.get("error") or "") if hasattr(response, "get") else ""


def retry_after(error: SlackApiError) -> float:
    """Return how long Slack wants to be left alone, in seconds."""
    headers = getattr(error.response, "headers", {}) or {}
    value = next((v for name, v in headers.items() if name.lower() == "retry-after"), "1")
    return float(value) if str(value).isdecimal() else 1.0
