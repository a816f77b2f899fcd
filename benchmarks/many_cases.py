"""Fills a database with as many cases as a long life of the desk would leave, in plain SQL.

A tenth is open. Every case has two or three numbers, two lines of history, a letter and a delivery.
The numbers are only rows; no fictional range is that large, and nobody is called.
"""

from typing import Any

from sqlalchemy import Connection, Engine, text

from bot.store.encryption import Cipher

# So many cases of Rosa's are open at every size, so that a list is always of the same length.
ROSAS = 20
ROSA = "U0ROSA0001"
CARRIERS = 5
# Area codes in which the numbers that follow are valid ones.
AREAS = (206, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248)
_SERIES = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :cases)"
_MOMENT = "'2027-02-01 15:00:00.000000'"
_CASES = f"""
INSERT INTO port_case (id, version, kind, platform, status, is_open, requester, filing_key,
    losing_carrier, carrier_folded, fields, sealed, created_at, changed_at, time_zone, reason_code)
{_SERIES}
SELECT i, 1, 'port_in', 'connect', CASE WHEN i % 10 = 0 THEN 'SUBMITTED' ELSE 'COMPLETED' END,
    i % 10 = 0, CASE WHEN i % 10 = 0 AND i <= {ROSAS * 10} THEN '{ROSA}'
    WHEN i % 50 = 1 THEN '{ROSA}' ELSE 'U0MORE' || (i % 700) END, 'bench\\:' || i,
    'Carrier ' || (i % {CARRIERS}), 'carrier ' || (i % {CARRIERS}),
    '{{"platform": "connect", "country": "US", "customer_name": "Harbour Bakery"}}', :sealed,
    {_MOMENT}, {_MOMENT}, 'America/New_York', '' FROM n"""
_NUMBERS = f"""
INSERT INTO case_number (case_id, e164, backwards, country, number_type, is_held, outcome)
{_SERIES}, e(i, e164) AS (SELECT i, '+1' || substr('{"".join(map(str, AREAS))}',
    1 + 3 * (i % {len(AREAS)}), 3)
    || (2000000 + 3 * i + :place) FROM n)
SELECT i, e164, reverse(e164), 'US', 'local', i % 10 = 0,
    CASE WHEN i % 10 = 0 THEN 'pending' ELSE 'ported' END FROM e WHERE i % 5 < :upto"""
_HISTORY = f"""
INSERT INTO history (case_id, at, who, kind, origin, target, why, facts)
{_SERIES} SELECT i, {_MOMENT}, '{ROSA}', :kind, NULL, :target, '', '{{}}' FROM n"""
_LETTERS = f"""
INSERT INTO loa (case_id, version, fingerprint, snapshot, created_at, signature)
{_SERIES} SELECT i, 1, 'same', '{{}}', {_MOMENT}, '' FROM n"""
_AGENDA = f"""
INSERT INTO agenda (case_id, look_at, turn)
{_SERIES} SELECT i, '2027-04-01 15:00:00.000000', 0 FROM n WHERE i % 10 = 0"""
_DELIVERIES = f"""
INSERT INTO delivery (key, case_id, stream, channel, kind, facts, created_at, not_before, job,
    lease_owner, attempts, refused, done_at, failed, ts, uploads)
{_SERIES} SELECT 'note\\:' || i, i, i || '\\:C0PORTING1', 'C0PORTING1', 'note', '{{}}', {_MOMENT},
    {_MOMENT}, '', '', 1, 0, {_MOMENT}, '', '', '{{}}' FROM n"""


def fill(engine: Engine, cases: int, key: str) -> None:
    """Add so many cases to an empty database."""
    facts: dict[str, Any] = {"cases": cases, "sealed": Cipher([key]).seal({})}
    with engine.begin() as connection:
        _prepare(connection)
        _run(connection, _CASES, facts)
        for place, upto in enumerate((5, 5, 2)):
            _run(connection, _NUMBERS, {**facts, "place": place, "upto": upto})
        for kind, target in (("filed", None), ("status", "SUBMITTED")):
            _run(connection, _HISTORY, {**facts, "kind": kind, "target": target})
        for statement in (_LETTERS, _AGENDA, _DELIVERIES):
            _run(connection, statement, facts)
    _finish(engine)


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.create_function("reverse", 1, lambda digits: digits[::-1])
        connection.exec_driver_sql("PRAGMA cache_size=-1000000")


def _run(connection: Connection, statement: str, facts: dict[str, Any]) -> None:
    query = text(statement)
    connection.execute(query, {name: facts[name] for name in query.compile().params})


def _finish(engine: Engine) -> None:
    """Leave PostgreSQL as its own housekeeping would; SQLite has none."""
    if engine.dialect.name == "sqlite":
        engine.dispose()
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence('port_case', 'id'), max(id)) FROM port_case"
        )
        connection.exec_driver_sql("VACUUM ANALYZE")
