"""What people type into the search, over the starter data: what comes first, or where it leads."""

import pytest

SEARCHES = {
    "name of a country": ("pakistan", "/countries/PAK/"),
    "capitals": ("PAKISTAN CHINA", "/forums/cpec-jcc/"),
    "former name": ("turkey", "/countries/TUR/"),
    "everyday name": ("korea", "/countries/KOR/"),
    "official name": ("islamic republic of pakistan", "/countries/PAK/"),
    "no accents": ("turkiye", "/countries/TUR/"),
    "abbreviation of a forum": ("dco", "/forums/dco/"),
    "abbreviation and country": ("jec pakistan", "/forums/sri-lanka-pakistan-jec/"),
    "full width": ("ＤＣＯ", "/forums/dco/"),
    "Chinese": ("巴基斯坦", "/countries/PAK/"),
    "Urdu": ("پاکستان", "/countries/PAK/"),
    "Urdu typed on an Arabic keyboard": ("پاكستان", "/countries/PAK/"),
    "beginning of a word": ("kazakh", "/countries/KAZ/"),
    "type of paper": ("mou kazakhstan", "/agreements/AGR-0063/"),
    "words of two fields": ("dco pakistan 2027", "/meetings/"),
    "number of a session": ("13th session sri lanka", "/agreements/"),
    "theme": ("optical fibre", "/themes/optical-fibre/"),
    "phrase": ('"digital partnership" singapore', "/forums/eu-singapore-dpc/"),
    "name of a group": ("working group information technology", "/working-groups/"),
    "union": ("european union", "/countries/EUE/"),
}


@pytest.mark.usefixtures("starter_data")
@pytest.mark.django_db
@pytest.mark.parametrize("kind", SEARCHES)
def test_what_people_type_comes_first(search, kind):
    text, address = SEARCHES[kind]
    found = search(f"q={text}")
    assert found.addresses[0].startswith(address)


@pytest.mark.usefixtures("starter_data")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("AGR-0012", "/agreements/AGR-0012/"),
        ("agr-12", "/agreements/AGR-0012/"),
        ("MTG 3", "/meetings/MTG-0003/"),
        ("com0003", "/commitments/COM-0003/"),
        (" PAK ", "/countries/PAK/"),
        ("PAK-CHN", "/pairs/CHN-PAK/"),
        ("CHN PAK", "/pairs/CHN-PAK/"),
    ],
)
def test_reference_or_code_leads_straight_to_its_page(client, text, address):
    response = client.get("/search/", {"q": text})
    assert (response.status_code, response["Location"]) == (302, address)
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("starter_data")
@pytest.mark.django_db
@pytest.mark.parametrize("text", ["AGR-9999", "XYZ-0001", "XXX", "pak", "CHN-XXX", "AGR-0012 cloud", "12"])
def test_what_names_no_page_is_searched_for(client, text):
    assert client.get("/search/", {"q": text}).status_code == 200


@pytest.mark.usefixtures("starter_data")
@pytest.mark.django_db
def test_words_that_nobody_wrote_have_others_in_their_place(search, settings):
    for text, meant in {"pakstan": "pakistan", "digitl cooperation": "digital cooperation", "zqzqzqzq": None}.items():
        found = search(f"q={text}")
        assert found.count == "0 records"
        if meant and settings.INDEX_REGISTERS:
            assert found.link(meant) == f"?q={meant.replace(' ', '+')}"
        else:
            assert "Did you mean" not in found.response.content.decode()
