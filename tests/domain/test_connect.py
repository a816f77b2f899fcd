import pytest

from tests.domain.intakes import ARN, CONNECT, GOOD, PORT_OUT, remarks

REQUEST = {**GOOD, **CONNECT}
LEAVING = {**PORT_OUT, "platform": "connect", "instance_arn": ARN, "region": "us-east-1"}


def test_a_full_request_has_nothing_to_remark() -> None:
    assert remarks(REQUEST) == set()
    assert remarks(LEAVING) == set()


@pytest.mark.parametrize("plan", ["premium", ""])
def test_the_instance_is_needed_unless_the_plan_is_basic(plan: str) -> None:
    found = remarks(REQUEST, support_plan=plan, instance_arn="")
    assert ("error", "instance_arn", "instance_arn_required") in found


def test_the_basic_plan_needs_no_instance_and_no_severity() -> None:
    assert remarks(REQUEST, support_plan="basic", instance_arn="", severity="") == set()


@pytest.mark.parametrize(
    "arn",
    [
        ARN.upper(),
        ARN + "/",
        ARN + "\u200b",
        ARN.replace("connect", "chime"),
        ARN.replace("123456789012", "12345678901"),
        ARN.replace("123456789012", "１２３４５６７８９０１２"),
        ARN.replace("instance/", "instance/x/"),
        ARN.replace("us-east-1", "nowhere"),
        "0a1b2c3d-0000-4000-8000-0123456789ab",
    ],
)
def test_an_instance_of_another_form_is_refused(arn: str) -> None:
    assert remarks(REQUEST, instance_arn=arn) == {("error", "instance_arn", "instance_arn_invalid")}


def test_the_region_must_be_that_of_the_instance() -> None:
    assert remarks(REQUEST, region="us-west-2") == {("error", "region", "region_differs")}
    assert remarks(REQUEST, region="") == set()
    assert remarks(LEAVING, region="") == {("error", "region", "region_required")}


def test_to_be_called_back_takes_a_telephone() -> None:
    assert remarks(REQUEST, contact_method="phone") == set()
    assert remarks(REQUEST, contact_method="phone", contact_phone="") == {
        ("error", "contact_phone", "contact_phone_required")
    }


@pytest.mark.parametrize("severity", ["low", "Normal", "Production system down"])
def test_a_severity_is_known_by_either_of_its_names(severity: str) -> None:
    assert remarks(REQUEST, severity=severity) == set()


def test_leaving_connect_names_the_new_carrier_and_needs_no_e_mail() -> None:
    assert remarks(LEAVING, winning_carrier="", contact_email="") == {
        ("error", "winning_carrier", "winning_carrier_required")
    }


def test_leaving_chime_needs_an_e_mail() -> None:
    assert remarks(PORT_OUT, contact_email="") == {
        ("error", "contact_email", "contact_email_required")
    }
