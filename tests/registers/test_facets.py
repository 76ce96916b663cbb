"""What the counts beside the options count: records, whatever number of rows leads to them."""

import pytest

from tests.factories import make_agreement, make_organisation, make_person

pytestmark = pytest.mark.django_db


def test_facet_counts_a_record_once_however_often_it_names_the_value(read):
    ministry = make_organisation("moitt", name="Ministry of IT")
    agreement = make_agreement()
    for _signatory in range(2):
        agreement.parties.create(organisation=ministry, signatory=make_person())
    assert read("/agreements/").facets["organisation"] == {"moitt": ("Ministry of IT", 1)}
