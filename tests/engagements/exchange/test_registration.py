"""Registration numbers and their check digits."""

import pytest

from engagements.exchange.registration import checked, is_abn, is_lei, is_scheme


def test_a_number_is_taken_however_it_is_spaced():
    assert checked("AU-ABN", " 51 824 753 556 ") == "51824753556"
    assert checked("XI-LEI", "5493-00lf-cz4q-kcpr-vo09") == checked(
        "XI-LEI", "549300LFCZ4QKCPRVO09"
    )


@pytest.mark.parametrize(
    "number", ["51824753557", "5182475355", "00000000000", "٥١٨٢٤٧٥٣٥٥٦"]
)
def test_a_number_whose_check_fails_is_none(number):
    assert not is_abn(number)
    assert checked("AU-ABN", number) is None


def test_one_wrong_character_fails_a_legal_entity_identifier():
    assert is_lei("984500A5E40E87BF3C41")
    assert not is_lei("984500A5E40E87BF3C14")
    assert not is_lei("984500a5e40e87bf3c41")


def test_numbers_of_other_lists_are_taken_as_they_are():
    assert checked("GB-COH", "sc 123 456") == "SC123456"
    assert checked("GB-COH", " - ") is None


def test_a_list_of_numbers_is_named_as_org_id_does():
    assert is_scheme("AU-ABN")
    assert not is_scheme("ABN")
    assert not is_scheme("au-abn")
