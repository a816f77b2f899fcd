"""Closed sets that cases, tables and forms share."""

from enum import StrEnum


class Kind(StrEnum):
    """Which way the numbers of a case, or of a draft, move."""

    PORT_IN = "port_in"
    PORT_OUT = "port_out"


class Outcome(StrEnum):
    """What became of one number; one that did not move does not cancel the others."""

    PENDING = "pending"
    PORTED = "ported"
    NOT_PORTED = "not_ported"


class DeliveryKind(StrEnum):
    """What is brought to Slack, or fetched from it."""

    HEADLINE = "headline"
    CARD = "card"
    NOTE = "note"
    WORD = "word"
    REMINDER = "reminder"
    CHECKLIST = "checklist"
    CHECKLIST_UPDATE = "checklist_update"
    ALERT = "alert"
    ALARM = "alarm"
    REFUSED = "refused"
    SHUT = "shut"
    UNSEEN = "unseen"
    LETTER = "letter"
    FETCH = "fetch"
    HANDOVER = "handover"


class EventKind(StrEnum):
    """What a line of the history tells of."""

    FILED = "filed"
    OPENED = "opened"
    STATUS = "status"
    DISMISSED = "dismissed"
    CHANGED = "changed"
    DATE_CONFIRMED = "date_confirmed"
    LETTER = "letter"
    LETTER_BLOCKED = "letter_blocked"
    LETTER_REFUSED = "letter_refused"
    SIGNED = "signed"
    HANDED_OVER = "handed_over"
    REVEALED = "revealed"
    LINK = "link"
    TICKED = "ticked"
    UNTICKED = "unticked"
    REQUEST = "request"
    REQUEST_HALF_APPROVED = "request_half_approved"
    REQUEST_APPROVED = "request_approved"
    REQUEST_REJECTED = "request_rejected"
    LOCKED = "locked"
    NOT_OWN = "not_own"
    OWNER_ORDERED = "owner_ordered"
    OWNER_NOT_ORDERED = "owner_not_ordered"
    PIN_SET = "pin_set"
    PIN_ASK_REMOVAL = "pin_ask_removal"
    PIN_CONFIRM_REMOVAL = "pin_confirm_removal"


class AuditKind(StrEnum):
    """What a line of the audit tells of."""

    REVEALED = "revealed"
    COMPARED = "compared"
    LOCKED = "locked"
    HALF_APPROVED = "half_approved"
    APPROVED = "approved"
    REJECTED = "rejected"
    SECRETS_CHANGED = "secrets_changed"
    SETTING_SET = "setting_set"
    SETTING_UNSET = "setting_unset"
    OWNER_ORDERED = "owner_ordered"
    OWNER_NOT_ORDERED = "owner_not_ordered"
    PIN_CHOSEN = "pin_chosen"
    PIN_MADE = "pin_made"
    PIN_SET = "pin_set"
    PIN_CHANGED = "pin_changed"
    PIN_ASK_REMOVAL = "pin_ask_removal"
    PIN_CONFIRM_REMOVAL = "pin_confirm_removal"


class DocumentKind(StrEnum):
    """What a file that a person sent is."""

    BILL = "bill"
    CSR_COPY = "csr_copy"
    SIGNED_LOA = "signed_loa"
