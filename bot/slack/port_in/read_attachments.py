"""Reads the files of a page while its owner waits: numbers from lists, suggestions from bills."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Thread
from time import monotonic
from typing import Any, Final, TypeVar

from slack_sdk import WebClient

from bot.desk.core.form_fields import FOUND, RECORD, listed
from bot.desk.notifications.deliveries import PermanentError, TemporaryError
from bot.documents.bills import MOST_BYTES as MOST_OF_BILL
from bot.documents.bills import Bill, likely_values, read_text
from bot.documents.number_files import MOST_BYTES, read_number_file
from bot.domain.numbers.number_list import read_numbers
from bot.errors import Refusal
from bot.slack.delivery.files import download
from bot.slack.modals.filled_form import HOME

# Slack waits three seconds for the whole answer.
LIST_SECONDS: Final = 1.5
BILL_SECONDS: Final = 1.8
T = TypeVar("T")
Fields = Mapping[str, Any]


class UnfitList(Refusal):
    """A file with numbers that cannot be fetched, or whose numbers cannot be moved."""

    table = "intake/sentences"


def within(seconds: float, work: Callable[[], T]) -> T:
    """Do work that may hang; raises `TimeoutError` when the time is over, and leaves it behind."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        # Whatever stopped the work is raised where it is waited for.
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result(seconds)


def _quick(client: WebClient) -> WebClient:
    """Return a client that gives up soon, so that no thread stays behind for long."""
    return WebClient(token=client.token, base_url=client.base_url, timeout=2)


def read_new_list(client: WebClient, fields: Fields) -> dict[str, Any]:
    """Return what a new file with numbers adds to a draft, nothing where there is none.

    Raises `Refusal` on `numbers_file`, also for numbers that cannot be moved.
    """
    file = _unread_list(fields)
    country = str(fields.get("country") or "")
    return {"listed": _read_list(client, file, country)} if file else {}


def _unread_list(fields: Fields) -> dict[str, Any] | None:
    """Return the file with numbers that is still to be read, if any."""
    files = fields.get("numbers_file") or []
    known = (fields.get("listed") or {}).get("file")
    return files[0] if files and files[0]["id"] != known else None


def _read_list(client: WebClient, file: Fields, country: str) -> dict[str, Any]:
    """Return the numbers of a file as a draft keeps them."""
    end = monotonic() + LIST_SECONDS
    found = read_number_file(file["name"], _list(client, file), end - monotonic())
    kept = listed(file["id"], found.numbers, found.carriers)
    # Read as the form will ask for them, carrier by carrier: read once, they are remembered.
    lists = [read_numbers(numbers, country or HOME) for numbers in kept["numbers"].values()]
    if problems := [problem for numbers in lists for problem in numbers.problems]:
        raise UnfitList("list_unfit", "numbers_file", findings=problems)
    return kept


def _list(client: WebClient, file: Fields) -> bytes:
    """Fetch a list, within the time that Slack leaves."""
    name = file["name"]
    if int(file["size"]) > MOST_BYTES:
        raise UnfitList("list_too_large", "numbers_file", name=name)
    try:
        return within(LIST_SECONDS, lambda: _fetched(client, file, MOST_BYTES, LIST_SECONDS))
    except TimeoutError:
        raise UnfitList("list_too_slow", "numbers_file", name=name) from None
    except (PermanentError, TemporaryError):
        raise UnfitList("list_not_fetched", "numbers_file", name=name) from None


def _fetched(client: WebClient, file: Fields, most: int, seconds: float) -> bytes:
    return download(_quick(client), file["id"], most, seconds)


def _unread_bill(fields: Fields) -> dict[str, Any] | None:
    """Return the first PDF among record and bill, if it was not read yet."""
    files = [file for name in ("csr_copy", "bill") for file in fields.get(name) or ()]
    bills = [file for file in files if str(file["name"]).casefold().endswith(".pdf")]
    known = _bill_known(fields)
    return bills[0] if bills and bills[0]["id"] != known else None


def _bill_known(fields: Fields) -> str | None:
    return (fields.get("bill_read") or {}).get("file")


def lost_find(fields: Fields) -> dict[str, Any]:
    """Return what goes with a bill that was taken back: the account number that it showed."""
    given = {file["id"] for name in ("csr_copy", "bill") for file in fields.get(name) or ()}
    lost = fields.get(FOUND) and _bill_known(fields) not in given
    return {FOUND: "", "account_found": ""} if lost else {}


def read_new_bill(client: WebClient, fields: Fields) -> dict[str, Any]:
    """Return what a new bill adds to a draft: suggestions for questions that are still empty.

    A bill that cannot be read suggests nothing and stops nobody. What one showed goes with it.
    """
    file = _unread_bill(fields)
    if file is None:
        return lost_find(fields)
    bill = _read_bill(client, file)
    found = {} if bill is None else _suggested(bill)
    new = {name: value for name, value in found.items() if not fields.get(name)}
    read = {"file": file["id"], "name": file["name"], "ok": bill is not None, "fields": [*new]}
    # A find of an earlier bill goes with it.
    account = {FOUND: bill.account_number if bill else "", "account_found": ""}
    return new | account | {"bill_read": read}


def _read_bill(client: WebClient, file: Fields) -> Bill | None:
    if int(file["size"]) > MOST_OF_BILL:
        return None
    end = monotonic() + BILL_SECONDS
    try:
        content = within(BILL_SECONDS, lambda: _fetched(client, file, MOST_OF_BILL, BILL_SECONDS))
    except (TimeoutError, PermanentError, TemporaryError):
        return None
    text = read_text(content, end - monotonic())
    return None if text is None or not text.strip() else likely_values(text)


def _suggested(bill: Bill) -> dict[str, str]:
    fields = {f"{RECORD}{name}": value for name, value in bill.fields.items()}
    return fields | ({f"{RECORD}numbers": "\n".join(bill.numbers)} if bill.numbers else {})
