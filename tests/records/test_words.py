"""Words as search sees them: one form for what is written in many."""

import pytest

from tracker.records.words import Term, normalised, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("%_ –!", ""),
        ("MoU on Digital-Trade (2021)", " mou on digital trade 2021 "),
        ("100% fibre_optic", " 100 fibre optic "),
        ("TÜRKİYE, Türkiye", " turkiye turkiye "),
        ("Ørsted Łódź Đà Nẵng Straße œuvre", " orsted lodz da nang strasse oeuvre "),
        ("ＤＣＯ ２０２６ ﬁbre", " dco 2026 fibre "),
        ("13th, 1st and 22nd; 4the", " 13 1 and 22 4the "),
        ("پاكستان كي", " پاکستان کی "),
        ("مُحَمَّد ۱۲ ١٢", " محمد 12 12 "),
        ("क्षि", " क्षि "),
        ("中国—巴基斯坦 2021年", " 中国 国 巴基 基斯 斯坦 坦 2021 年 "),
        ("한국", " 한국 국 "),
        ("AGR-0012", " agr 0012 "),
    ],
)
def test_text_becomes_words(text, expected):
    assert normalised(text) == expected
    assert words_of(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  ", []),
        ("fibre Optic", [Term(" fibre "), Term(" optic ")]),
        ("fibre fibre", [Term(" fibre ")]),
        ('"fibre optic" cable', [Term(" fibre optic ", True), Term(" cable ")]),
        ("„fibre optic“ «cable»", [Term(" fibre optic ", True), Term(" cable ", True)]),
        ('cable "fibre optic', [Term(" cable "), Term(" fibre "), Term(" optic ")]),
        ('"" "-"', []),
        ("合作委", [Term(" 合作 "), Term(" 作委 ")]),
        ("委", [Term(" 委 ")]),
        ("“合作委”", [Term(" 合作 作委 ", True)]),
    ],
)
def test_search_asks_for_words_and_phrases(text, expected):
    assert terms_of(text) == expected
