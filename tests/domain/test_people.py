import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rulebook.checks.address import is_po_box
from bot.domain.rulebook.checks.people import is_email
from tests.domain.intakes import BRITISH, CONNECT, GOOD, PORT_OUT, remarks


@pytest.mark.parametrize(
    "line",
    [
        "PO Box 12",
        "P.O. Box 12",
        "P. O. Box 12",
        "p o box 12",
        "POBox12",
        "P.O.Box 12",
        "P-O Box 12",
        "P0 B0X 12",
        "PO. Bx 12",
        "POB 12",
        "P.O.B. 12",
        "Post Office Box 12",
        "post-office box 12",
        "Postal Box 12",
        "PMB 12",
        "100 Main St, PMB #12",
        "Private Mail Box 12",
        "Private Mailbox 12",
        "Mailbox 12",
        "Lock Box 12",
        "Locked Bag 12",
        "GPO Box 12",
        "Box 12",
        "P.O. 12",
        "General Delivery",
        "100 Main Street P.O. Box 12",
        "Ｐ．Ｏ．Ｂｏｘ　１２",
        "Postfach 12",
        "Apartado Postal 12",
        "Boîte postale 12",
        "Casella Postale 12",
        "PO # 12",
        "P.O. No. 12",
        "PO Bx 12",
        "P0 BX 12",
        "Post Office B0x 12",
        "Post Office Mail Box 12",
        "Post Box 12",
        "Postal Bag 12",
        "Mail Bag 12",
        "Call Box 12",
        "B0x #12",
        "P.M.B. No 12",
        "Postbus 12",
        "Postboks 12",
        "Postbox 12",
        "Postilokero 12",
        "Skrytka pocztowa 12",
        "Apartado 12",
        "Apdo. de Correos 12",
        "Caixa Postal 12",
        "Casilla de correo 12",
        "Case postale 12",
        "B.P. 12",
        "BP 12",
    ],
)
def test_a_mail_box_is_known_in_every_spelling(line: str) -> None:
    assert is_po_box(line)


@pytest.mark.parametrize(
    "line",
    [
        "100 Main Street",
        "12 Box Hill Road",
        "5 Boxwood Lane",
        "7 Post Road",
        "9 Poborsky Street",
        "RR 2 Box 15",
        "1 Post Office Square",
        "22 Popham Street",
        "8 PO River Drive",
        "3 Opportunity Boulevard",
        "5 Call Street",
        "12 Case Road",
        "PO River 7",
        "4 Casilla Street",
        "",
    ],
)
def test_a_street_is_no_mail_box(line: str) -> None:
    assert not is_po_box(line)


@pytest.mark.parametrize("field", ["street_address", "unit"])
def test_a_mail_box_is_refused_where_it_stands(field: str) -> None:
    assert remarks({**GOOD, field: "P.O. Box 12"}) == {("error", field, "po_box")}


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("US", "98101-1234"),
        ("CA", "k1a 0b1"),
        ("CA", "K1A0B1"),
        ("GB", "sw1a1aa"),
        ("GB", "M1 1AE"),
        ("GB", "EC1A 1BB"),
        ("DE", "10115"),
        ("NL", "1012 AB"),
        ("PT", "1000-001"),
        ("HK", ""),
    ],
)
def test_a_postal_code_in_its_country_s_form_passes(country: str, code: str) -> None:
    found = remarks(GOOD, **{**BRITISH, "country": country, "postal_code": code})
    assert not any(field == "postal_code" for _, field, _ in found)


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("US", "9810"),
        ("US", "98101-12"),
        ("US", "00012"),
        ("US", "９８１０１"),
        ("US", "SW1A 1AA"),
        ("CA", "98101"),
        ("CA", "D1A 0B1"),
        ("GB", "98101"),
        ("DE", "1011"),
    ],
)
def test_a_postal_code_of_another_form_is_refused(country: str, code: str) -> None:
    found = remarks(GOOD, **{**BRITISH, "country": country, "postal_code": code})
    assert ("error", "postal_code", "postal_code_invalid") in found


@pytest.mark.parametrize("pin", ["1234", "0042", "abcd", "A1b2C3d4E5", ""])
def test_a_pin_of_four_to_ten_letters_and_digits_passes(pin: str) -> None:
    assert remarks(GOOD, service_pin=pin) == set()
    assert remarks(PORT_OUT, pin=pin) == set()


@pytest.mark.parametrize(
    "pin", ["123", "12345678901", "12-34", "１２３４", "äöüß", "1234 ", "1234\n", "    ", "12 34"]
)
def test_any_other_pin_is_refused(pin: str) -> None:
    assert remarks(GOOD, service_pin=pin) == {("error", "service_pin", "service_pin_invalid")}
    assert remarks(PORT_OUT, pin=pin) == {("error", "pin", "pin_invalid")}


@pytest.mark.parametrize(
    "text", ["ann@example.com", "a.b+c@mail.example.co.uk", "o'hara@example.com", "A@b-c.io"]
)
def test_an_e_mail_address_is_known(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "ann",
        "ann@example",
        "ann@@example.com",
        "ann lee@example.com",
        ".ann@example.com",
        "ann..lee@example.com",
        "ann@-example.com",
        "ann@example..com",
        "ann@example.com, bob@example.com",
        "Ann <ann@example.com>",
        "ann@example.com\n",
        "ann@192.0.2.1",
        "a" * 250 + "@example.com",
    ],
)
def test_what_is_not_one_e_mail_address_is_refused(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", None])
@pytest.mark.parametrize(
    "field",
    [
        "customer_name",
        "street_address",
        "city",
        "state",
        "postal_code",
        "authorized_person",
        "authorized_title",
        "contact_email",
    ],
)
@pytest.mark.parametrize("platform", [{}, CONNECT])
def test_a_mandatory_field_is_asked_for(
    field: str, blank: str | None, platform: dict[str, str]
) -> None:
    assert remarks({**GOOD, **platform, field: blank}) == {("error", field, f"{field}_required")}


@pytest.mark.parametrize("value", ["N/A", "unknown", "TBD", "-", "..."])
def test_a_field_that_only_says_there_is_nothing_counts_as_blank(value: str) -> None:
    assert remarks(GOOD, authorized_person=value) == {("error", "authorized_person", "placeholder")}


@pytest.mark.parametrize("sign", ["\x00", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\n"])
def test_characters_that_cannot_be_printed_are_refused(sign: str) -> None:
    assert remarks(GOOD, customer_name=f"Harbor{sign}Books") == {
        ("error", "customer_name", "control_characters")
    }


@pytest.mark.parametrize("name", ["Đặng Thị Hoa", "Ιωάννης", "מרים כהן", "می\u200cخواهم", "山田"])
def test_names_in_every_script_pass(name: str) -> None:
    assert remarks(GOOD, authorized_person=name) == set()


@given(st.text(max_size=80))
def test_no_line_crashes_the_search_for_mail_boxes(line: str) -> None:
    assert is_po_box(f"PO Box 12 {line}")
    assert is_po_box(line) in {True, False}
