from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import placenames
from index.placenames import fold
from index.places import country_codes, find_places, is_code, place_name

DATA = Path(__file__).parents[3] / "shared" / "data"
archive = pytest.mark.archive
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the archive is not at {DATA}")


def _keys() -> list[str]:
    """All names of the table, folded."""
    return [line.decode().split("|")[0] for line in placenames.table().names]


def named(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What is found: the words, the codes, the kind; only where they are exact."""
    return [(text[m.start : m.end], m.codes, m.kind) for m in find_places(text) if m.exact]


def codes(text: str) -> list[tuple[str, ...]]:
    return [m.codes for m in find_places(text)]


def test_offsets_and_shown_names() -> None:
    found = find_places("What changed in Nur-Sultan and Côte d’Ivoire?")
    assert [(m.start, m.end, m.codes, m.name, m.kind, m.exact) for m in found] == [
        (16, 26, ("KZ",), "Astana", "city", True),
        (31, 44, ("CI",), "Côte d'Ivoire", "country", True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guinea", ["GN"]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea", ["GW", "GQ", "PG"]),
        ("Papua\N{NO-BREAK SPACE}New\nGuinea", ["PG"]),
        ("Niger or Nigeria", ["NE", "NG"]),
        ("Nigerien and Nigerian police", ["NE", "NG"]),
        ("Dominica, not the Dominican Republic", ["DM", "DO"]),
        ("Republic of the Congo", ["CG"]),
        ("Democratic Republic of the Congo", ["CD"]),
        ("DR Congo, D.R.C. and DRC", ["CD", "CD", "CD"]),
        ("South Sudan and Sudan", ["SS", "SD"]),
        ("American Samoa and Samoa", ["AS", "WS"]),
        ("Chad, Jordan, Oman, Turkey, Jersey", ["TD", "JO", "OM", "TR", "JE"]),
        ("New Jersey", ["US"]),
        ("St Lucia, St. Lucia and saint lucia", ["LC", "LC", "LC"]),
        ("burma, swaziland, ivory coast, zaire, czech republic, TÜRKİYE", ["MM", "SZ", "CI", "CD", "CZ", "TR"]),
        ("UAE, U.K., USA, U.S., PNG, KSA, NZ", ["AE", "GB", "US", "US", "PG", "SA", "NZ"]),
        ("Cusco, Cuzco, Bali, Phuket, Zanzibar", ["PE", "PE", "ID", "TH", "TZ"]),
        ("machu picchu, Sharm el Sheikh, xi'an, Sana’a", ["PE", "EG", "CN", "YE"]),
        ("London, Athens, Kabul, almaty", ["GB", "GR", "AF", "KZ"]),
        ("Bosnia & Herzegovina; Turks & Caicos", ["BA", "TC"]),
        ("Co\N{COMBINING CIRCUMFLEX ACCENT}te d'Ivoire and Réunion", ["CI", "RE"]),
    ],
)
def test_each_name_means_its_country(text: str, expected: list[str]) -> None:
    assert codes(text) == [(code,) for code in expected]
    assert all(m.exact for m in find_places(text))


def test_shared_names_keep_their_countries_best_first() -> None:
    assert codes("Korea") == [("KR", "KP")]
    assert codes("Tripoli") == [("LY", "LB")]
    assert codes("Birmingham") == [("GB", "US")]
    assert codes("San Jose")[0][:2] == ("US", "CR")
    assert codes("Cordoba")[0][:2] == ("AR", "ES")


def test_much_smaller_namesakes_are_meant_only_where_their_country_is_named() -> None:
    assert [(m.codes, m.lesser[:1]) for m in find_places("Georgia, then Congo")] == [
        (("GE",), ("US",)),
        (("CG",), ("CD",)),
    ]
    assert codes("Stanley") == [("GB", "FK")]  # a capital may be meant however small it is
    assert codes("St John's") == codes("Saint John’s") == [("CA", "AG")]
    assert find_places("Paris")[0].codes == ("FR",)
    assert "US" in find_places("Paris")[0].lesser
    assert codes("Paris, Texas") == [("US",), ("US",)]
    assert codes("London, Ontario") == [("CA",), ("CA",)]
    assert codes("Kinshasa, Congo") == [("CD",), ("CD",)]
    assert codes("Portland, OR") == [("US",)]
    assert codes("PARIS OR LONDON") == [("FR",), ("GB",)]


def test_a_place_in_several_countries_lies_in_all_of_them() -> None:
    assert [(m.codes, m.together) for m in find_places("Kashmir")] == [(("IN", "PK"), True)]
    assert [(m.codes, m.together) for m in find_places("Darien Gap")] == [(("PA", "CO"), True)]
    assert [m.together for m in find_places("Korea and Peru")] == [False, False]
    assert codes("Turkish Kurdistan") == [("TR",), ("TR",)]


def test_us_in_small_letters_is_a_country_in_a_list_of_such() -> None:
    assert codes("uk, us and canada") == [("GB",), ("US",), ("CA",)]
    assert codes("us, uk: crime") == [("US",), ("GB",)]
    assert codes("can you tell us, peru and us") == [("PE",)]
    assert codes("tell us and canada") == [("CA",)]


def test_regions_with_names_that_are_no_words_need_no_capital() -> None:
    assert codes("is helmand like zulia or the norte de santander") == [("AF",), ("VE",), ("CO",)]
    assert codes("robbed by a bloke near the collines, paid 100 lempira, cordillera from afar") == []
    assert codes("in Afar, Bloke and Cordillera")[0] == ("ET",)


def test_small_towns_are_looked_for_in_questions_only() -> None:
    assert codes("Is Kaikoura near Torremolinos?") == [("ES",)]
    assert find_places("Is it near Torremolinos?", slips=False) == []
    assert find_places("near Trafalgar Square and the Tivoli Gardens") == []
    assert find_places("I saw torremolinos") == []
    assert codes("the best place to eat in Tivoli") == [("IT",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is the uk safe", ["GB"]),
        ("uae, nz, drc, usa, png, ksa", ["AE", "NZ", "CD", "US", "PG", "SA"]),
        ("in the us", ["US"]),
        ("us embassy", ["US"]),
        ("u.s. and u.k.", ["US", "GB"]),
        ("tell us, follow us", []),
        ("www.gov.uk/foreign-travel-advice", []),
        ("write to visa@fco.uk", []),
    ],
)
def test_short_names_in_small_letters(text: str, expected: list[str]) -> None:
    assert codes(text) == [(code,) for code in expected]


def test_the_country_after_a_place_says_which_is_meant() -> None:
    assert codes("San José, Costa Rica") == [("CR",), ("CR",)]
    assert codes("Tbilisi, Georgia") == [("GE",), ("GE",)]
    assert codes("Atlanta, Georgia") == [("US",), ("US",)]
    assert codes("Tripoli in Lebanon") == [("LB",), ("LB",)]
    assert codes("Georgia and Atlanta") == [("GE",), ("US",)]


def test_demonyms_say_so() -> None:
    assert named("the Kazakh police") == [("Kazakh", ("KZ",), "demonym")]
    assert named("as a British woman in Egypt") == [("British", ("GB",), "demonym"), ("Egypt", ("EG",), "country")]
    assert named("Thais, Peruvians and the Dutch") == [
        ("Thais", ("TH",), "demonym"),
        ("Peruvians", ("PE",), "demonym"),
        ("Dutch", ("NL",), "demonym"),
    ]
    assert named("my UK passport in Mali") == [("UK", ("GB",), "demonym"), ("Mali", ("ML",), "country")]


def test_every_country_has_a_name_that_finds_it() -> None:
    for code in sorted(placenames.table().codes):
        assert country_codes(place_name(code)) == (code,)


@pytest.mark.parametrize(
    "text",
    [
        "Can you help us, tell us and call us?",
        "CONTACT US",
        "It cost US$20",
        "earthquake demonstration pickpocket police",
        "Nice people, reading a mobile book in the bath",
        "the male nurse will polish it",
        "a guinea pig, french fries and japanese encephalitis",
        "the Indian Ocean and Latin American music",
        "Do the doctors speak Spanish? Are there French-speaking ones?",
        "in new\n\nzealand",
        "",
    ],
)
def test_no_place_is_found_in_ordinary_words(text: str) -> None:
    assert find_places(text) == []


def test_names_that_are_words_are_found_where_a_place_is_meant() -> None:
    assert named("from Nice to Split") == [("Nice", ("FR",), "city"), ("Split", ("HR",), "city")]
    assert named("Malé") == [("Malé", ("MV",), "city")]
    assert named("IN THE US") == [("US", ("US",), "country")]


@pytest.mark.parametrize(
    ("slip", "name"),
    [
        ("Kazakstan", "Kazakhstan"),
        ("Phillipines", "Philippines"),
        ("Kyrgistan", "Kyrgyzstan"),
        ("thialand", "Thailand"),
        ("Afghanstan", "Afghanistan"),
        ("srilanka", "Sri Lanka"),
        ("New Zeland", "New Zealand"),
        ("Saudia Arabia", "Saudi Arabia"),
        ("Cote d'Ivore", "Côte d'Ivoire"),
        ("Barcelonna", "Barcelona"),
        ("singapoor", "Singapore"),
        ("indonisea", "Indonesia"),
    ],
)
def test_typing_slips_are_forgiven_and_marked(slip: str, name: str) -> None:
    text = f"Is {slip} safe at night?"
    assert [(m.start, m.end, m.name, m.exact) for m in find_places(text)] == [(3, 3 + len(slip), name, False)]
    assert find_places(text, slips=False) == []


@pytest.mark.parametrize(
    "word", ["changing", "stringent", "standards", "cartridge", "portofino", "catalina", "stranger", "comedians"]
)
def test_a_word_two_slips_from_a_name_of_nine_letters_is_no_place(word: str) -> None:
    assert [m.name for m in find_places(f"the rules on {word} there") if not m.exact] == []


def test_slips_are_forgiven_beside_an_exact_name() -> None:
    assert [(m.name, m.exact) for m in find_places("Kazakstan or Peru")] == [("Kazakhstan", False), ("Peru", True)]


def test_whole_names() -> None:
    expected = {
        "Antarctica_British Antarctic Territory": ("AQ",),
        "China - Hong Kong _ Macao": ("HK", "MO"),
        "Mainland China, Hong Kong & Macau": ("CN", "HK", "MO"),
        "Israel, the West Bank and Gaza": ("IL", "PS"),
        "St Martin and St Barthélemy": ("MF", "BL"),
        "Bonaire_St Eustatius_Saba": ("BQ",),
        "French West Indies": ("GP", "MQ", "BL", "MF"),
        "Cook Islands, Tokelau and Niue": ("CK", "TK", "NU"),
        "Canary Islands": ("ES",),
        "Azores": ("PT",),
        "Great Britain": ("GB",),
        "Congo": ("CG",),
        "Congo, Democratic Republic of (DRC)": ("CD",),
        "Republic of Congo (Brazzaville)": ("CG",),
        "Korea, Democratic People's Republic of (North Korea)": ("KP",),
        "Korea, Republic of (South Korea)": ("KR",),
        "Virgin Islands (UK)": ("VG",),
        "Virgin Islands (U.S.)": ("VI",),
        "Gambia, Republic of The": ("GM",),
        "Kashmir": ("IN", "PK"),
        "Mexico Travel Advisory": ("MX",),
        "Cote d Ivoire": ("CI",),
        "No travel advice": (),
        "See Individual Summaries": (),
        "Hotel Peru": (),
        "Atlantis": (),
        "Kazakstan": (),
        "": (),
    }
    assert {name: country_codes(name) for name in expected} == expected


def test_codes_and_names() -> None:
    assert place_name("KZ") == "Kazakhstan"
    assert place_name("CI") == "Côte d'Ivoire"
    assert place_name("XK") == "Kosovo"
    assert is_code("XK")
    assert not is_code("UK")
    assert not is_code("kz")
    assert len(placenames.table().codes) == 250  # ISO 3166-1 holds 249
    with pytest.raises(KeyError):
        place_name("ZZ")


_pieces = st.one_of(
    st.sampled_from(sorted(_keys())),
    st.sampled_from(sorted(_keys())).map(str.title),
    st.sampled_from(["in", "the", "St.", "US", "U.K.", "&", "Kazakstan", "Phillipines", "d’", "N\N{COMBINING TILDE}"]),
    st.text(max_size=8),
)


@given(st.lists(st.tuples(_pieces, st.sampled_from([" ", ", ", "-", ". ", "\n\n", "_", ""])), max_size=8))
def test_mentions_never_overlap_and_exact_ones_are_known_names(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    found = find_places(text)
    end = 0
    for mention in found:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        assert mention.codes
        assert all(map(is_code, mention.codes))
        if mention.exact:
            name = placenames.find(fold(text[mention.start : mention.end]))
            assert name is not None
            assert set(mention.codes) <= {*name.codes, *name.lesser}


def test_a_question_takes_well_under_a_millisecond() -> None:
    question = "What number do I dial for an ambulance if I fall ill near Karakol in Kyrgyzstan?"
    find_places(question)
    best = min(_seconds(question) for _ in range(50))
    assert best < 0.001  # measured: 0.00004


def test_the_table_loads_in_milliseconds() -> None:
    placenames.table.cache_clear()
    start = time.perf_counter()
    placenames.table()
    assert time.perf_counter() - start < 0.1  # measured: 0.007


def _seconds(question: str) -> float:
    start = time.perf_counter()
    find_places(question)
    return time.perf_counter() - start


@archive
@needs_data
def test_every_folder_of_the_archive_is_a_place() -> None:
    folders = sorted({path.name for path in (DATA / "advisories").glob("*/*") if path.is_dir()})
    assert len(folders) == 308
    assert [name for name in folders if not country_codes(name)] == ["No travel advice"]
    several = {name for name in folders if len(country_codes(name)) > 1}
    assert several == {
        "China - Hong Kong _ Macao",
        "Cook Islands, Tokelau and Niue",
        "French West Indies",
        "Israel and Palestine",
        "Israel and the Occupied Palestinian Territories",
        "Israel and the Occupied Territories",
        "Israel, the West Bank and Gaza",
        "Israel, the West Bank and the Gaza Strip",
        "St Martin and St Barthélemy",
    }


@archive
@needs_data
def test_every_country_of_the_newer_us_advisories_is_a_place() -> None:
    records = [json.loads(path.read_text("utf-8")) for path in sorted((DATA / "us-advisories-2026").glob("*.json"))]
    titles = {record["full_title"].split(" - ")[0]: record["country"] for record in records}
    assert [title for title in titles if not country_codes(title)] == ["See Individual Summaries"]
    # One record's `country` is not its title's: the title and the text are about Guinea-Bissau.
    differ = {title for title, country in titles.items() if country_codes(title) != country_codes(country)}
    assert differ == {"Guinea-Bissau"}


@archive
@needs_data
def test_slips_are_seldom_and_rightly_seen_in_real_questions() -> None:
    with (DATA / "travel-questions" / "questions.csv").open(encoding="utf-8") as lines:
        questions = [row["question"] for row in csv.DictReader(lines)]
    slips = {
        (question[m.start : m.end].lower(), m.name)
        for question in questions
        for m in find_places(question)
        if not m.exact
    }
    # All that is found in 5,000 questions. "Amerika" stands in a hotel's name, bermudas are worn; the others are right.
    assert slips == {
        ("capetown", "Cape Town"),
        ("queesntown", "Queenstown"),
        ("melbourn", "Melbourne"),
        ("mcleodganj", "Dharamsala"),
        ("tiberia", "Tiberias"),
        ("cotswold", "Cotswolds"),
        ("cinqueterre", "Cinque Terre"),
        ("tuscan", "Tuscany"),
        ("niagra falls", "Niagara Falls"),
        ("botswanian", "Botswana"),
        ("bermudas", "Bermuda"),
        ("st petersberg", "Saint Petersburg"),
        ("amerika", "United States"),
        ("buenos aire", "Buenos Aires"),
        ("huston", "Houston"),
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("меня укусила собака в Тбилиси", "Tbilisi"),
        ("Грузия", "Georgia"),
        ("в Южной Африке", "South Africa"),
        ("по Саудовской Аравии", "Saudi Arabia"),
        ("на Филиппинах", "Philippines"),
        ("в египте", "Egypt"),
        ("в Риме", "Rome"),
        ("África do Sul", "South Africa"),
        ("em Joanesburgo", "Johannesburg"),
        ("Turquía", "Türkiye"),
        ("Griechenland", "Greece"),
        ("in Taipeh", "Taipei"),
        ("on est à Maurice", "Mauritius"),
        ("au Chili", "Chile"),
        ("la Suède", "Sweden"),
        ("no Líbano", "Lebanon"),
        ("estou na França", "France"),
    ],
)
def test_a_question_may_name_places_in_another_language(text: str, name: str) -> None:
    assert [m.name for m in find_places(text)] == [name]
    assert find_places(text, slips=False) == [] or name in {"Lebanon", "France"}


@pytest.mark.parametrize(
    "text",
    ["chili in my food", "my friend Maurice", "suede shoes", "a riad by the sea", "an island", "порезала вены", "того"],
)
def test_ordinary_words_and_first_names_are_no_foreign_places(text: str) -> None:
    assert find_places(text) == []
