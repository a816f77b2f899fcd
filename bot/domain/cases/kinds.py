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
