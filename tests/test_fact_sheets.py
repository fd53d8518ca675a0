"""The country fact sheets: every figure stands on the page named, and hand-read numbers of hard countries are right."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.dates import PartialDate
from index.documents import Document, Reading, Status
from index.plain import plain_text
from index.readers import advisories, us_json

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import make_fact_sheets  # noqa: E402 (the scripts are no package)
from fact_sheet_caveats import caveats  # noqa: E402
from fact_sheet_grammar import Number, labelled, numbers_at_start, services_named  # noqa: E402
from fact_sheet_lines import Given, service_line  # noqa: E402
from fact_sheet_numbers import australia, ireland, united_kingdom, united_states  # noqa: E402

SHEETS = sorted((ROOT / "source_docs" / "countries").glob("*.md"))
DATA = ROOT.parent / "shared" / "data"
ARCHIVE, US = DATA / "advisories", DATA / "us-advisories-2026"
FULL = {
    "UK FCDO": "UK Foreign, Commonwealth & Development Office",
    "Ireland DFA": "Ireland Department of Foreign Affairs",
    "Global Affairs Canada": "Global Affairs Canada",
    "Smartraveller": "Australian Department of Foreign Affairs and Trade (Smartraveller)",
    "US State Department": "U.S. Department of State",
}
UK, IE, CA, AU, STATE = FULL
QUOTE_LIMIT = 350

archive = pytest.mark.archive
needs_archive = pytest.mark.skipif(not (ARCHIVE.is_dir() and US.is_dir()), reason=f"no archive at {DATA}")

# "102 (UK FCDO, page updated 30 March 2026; …)": what is given, and by whom.
GROUP = re.compile(r"(?P<what>.+?) \((?P<by>[^()]*(?:page updated|undated page| only)[^()]*)\)(?:; |$)")


def read(path: Path) -> tuple[dict[str, Any], str]:
    head, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    front = yaml.safe_load(head)
    assert isinstance(front, dict)
    return front, body


def section(body: str, heading: str) -> list[str]:
    text = re.search(rf"^## {heading}.*\n+((?:.*\n)*?)(?=^## |\Z)", body, re.MULTILINE)
    assert text is not None
    return [line.removeprefix("- ").rstrip(".") for line in text.group(1).splitlines() if line.startswith("- ")]


def number_lines(body: str) -> dict[str, str]:
    """Service -> what follows its colon."""
    found = {}
    for line in section(body, "Emergency numbers"):
        if match := re.match(r"([\w ()]+?) in .*?(?:, where the sources differ)?: (.*)", line):
            found[match[1]] = match[2].partition("; yet no ")[0]
    return found


def given(line: str) -> dict[str, set[str]]:
    """Publisher -> the numbers that it gives, each as the line shows it."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in GROUP.finditer(line.replace("not in every source: ", "")):
        for publisher in re.findall("|".join(FULL), match["by"]):
            found[publisher] |= set(re.split(r", | or ", match["what"]))
    return dict(found)


def sheet(code: str) -> tuple[dict[str, Any], str]:
    (path,) = [path for path in SHEETS if path.name.startswith(f"{code.lower()}-")]
    return read(path)


@cache
def documents() -> dict[tuple[str, str, str], Document]:
    """The pages that hold today, by publisher, title and date."""
    readings = [*advisories.read("advisories", ARCHIVE), *us_json.read("us-advisories-2026", US)]
    found = [item.document for item in readings if isinstance(item, Reading)]
    return {(one.publisher, one.title, str(one.updated)): one for one in found if one.status is Status.CURRENT}


def pages(front: dict[str, Any]) -> list[Document]:
    """The documents that a sheet is based on. KeyError where it names one that does not hold today."""
    return [documents()[b["publisher"], b["title"], str(b.get("updated"))] for b in front["based_on"]]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def stands(number: str, text: str) -> bool:
    """Whether the page has this number by itself, however it is spaced, with or without the calling code."""
    written = re.split(r" (?:by|in|on|outside|elsewhere)\b", number)[0]
    forms = {digits(written), digits(re.sub(r"^\+\d{3} ", "", written))}
    patterns = [r"(?<!\d)" + r"[ ()\[\]*–-]*".join(form) + r"(?!\d)" for form in forms if form]
    return any(re.search(pattern, text) for pattern in patterns)


def day(text: str) -> PartialDate:
    return PartialDate.from_words(text)


def test_there_is_one_sheet_for_each_country() -> None:
    assert len(SHEETS) == 237
    assert len({path.name[:2] for path in SHEETS}) == 237
    assert [path.name for path in SHEETS if not re.fullmatch(r"[a-z]{2}-[a-z-]+\.md", path.name)] == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_the_shape_of_a_sheet(path: Path) -> None:
    front, body = read(path)
    assert front["places"] == [path.name[:2].upper()]
    assert front["publisher"] == "safecite"
    assert front["kind"] == "compiled"
    assert front["updated"] == "2026-11-22"
    assert front["title"] == re.search(r"^# (.*)$", body, re.MULTILINE)[1]  # type: ignore[index]
    country = re.search(r"^## Emergency numbers in (.*)$", body, re.MULTILINE)[1]  # type: ignore[index]
    levels = section(body, "Advisory levels")
    assert {name for name in FULL.values() if any(line.startswith(name) for line in levels)} == set(FULL.values())
    numbers = section(body, "Emergency numbers")
    assert [line for line in numbers if country not in line] == []  # each reads whole
    assert numbers or f"No source here gives a local emergency number for {country}." in body
    shown = [plain_text(line) for line in body.splitlines()]
    assert [line for line in shown if len(line) > QUOTE_LIMIT] == []
    assert re.findall(r".{20}\bsafe\b.{20}", body.replace("which does not mean safe", "")) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_newest_first(path: Path) -> None:
    _, body = read(path)
    dates = [day(d).first() for line in section(body, "Advisory levels") for d in re.findall(r"updated ([\w ]+)", line)]
    assert dates == sorted(dates, reverse=True)
    for line in number_lines(body).values():
        first = [re.search(r"updated ([\w ]+)", match["by"]) for match in GROUP.finditer(line)]
        listed = [day(match[1]).first() for match in first if match]
        assert listed == sorted(listed, reverse=True)


@archive
@needs_archive
def test_every_figure_stands_on_the_page_named() -> None:
    wrong, numbers, dates = [], 0, 0
    for path in SHEETS:
        front, body = read(path)
        based_on = pages(front)
        texts = {name: "\n".join(one.text for one in based_on if one.publisher == full) for name, full in FULL.items()}
        updated = {name: {one.updated for one in based_on if one.publisher == full} for name, full in FULL.items()}
        for line in section(body, "Emergency numbers"):
            for publisher, words in re.findall(rf"({'|'.join(FULL)})[\w ']*, page updated (\d+ \w+ \d{{4}})", line):
                dates += 1
                wrong += [] if day(words) in updated[publisher] else [(path.name, publisher, words)]
        for line in number_lines(body).values():
            for publisher, shown in given(line).items():
                for number in shown:
                    numbers += 1
                    wrong += [] if stands(number, texts[publisher]) else [(path.name, publisher, number)]
    assert wrong == []
    assert numbers > 2000
    assert dates > 2000


@archive
@needs_archive
def test_every_level_is_the_pages_own() -> None:
    wrong, levels = [], 0
    for path in SHEETS:
        front, body = read(path)
        by_title = {(one.publisher, one.title): one for one in pages(front)}
        for line in section(body, "Advisory levels"):
            publisher = next(full for full in FULL.values() if line.startswith(full))
            if "no page on this place was found" in line:
                continue
            title, url, date = re.search(r"\(\[(.*)\]\((.*?)\), page updated (\d+ \w+ \d+)", line).groups()  # type: ignore[union-attr]
            page = by_title[publisher, title]
            phrases = re.findall("“(.*?)”", line)
            levels += bool(phrases)
            shown = " ".join(plain_text(page.text).split()).casefold()
            right = page.level == (phrases or [None])[0] or (page.level == "Other" and not phrases)
            if publisher in (FULL[UK], FULL[IE], FULL[STATE]):
                # France's and Macao's US pages name another level beside it, so that it comes from the metadata.
                right = right and all(phrase.casefold() in shown for phrase in phrases if "Level" not in phrase)
            if not right or page.updated != day(date) or url != page.url:
                wrong.append((path.name, line))
    assert wrong == []
    assert levels > 900


@archive
@needs_archive
def test_the_newest_us_advisory_is_given() -> None:
    newest: dict[str, Document] = {}
    levels: dict[str, set[str | None]] = defaultdict(set)
    for one in documents().values():
        if one.publisher == FULL[STATE] and (one.series or "").endswith("/advisory") and one.updated:
            for code in one.about:
                levels[code].add(one.level)
                held = newest.get(code)
                if held is None or held.updated is None or one.updated.first() > held.updated.first():
                    newest[code] = one
    for path in SHEETS:
        code = path.name[:2].upper()
        lines = [one for one in section(read(path)[1], "Advisory levels") if one.startswith(FULL[STATE])]
        assert len(lines) == (3 if code == "BQ" else 1)  # Bonaire, Saba and Sint Eustatius have one each
        if code in newest and newest[code].level:
            assert f"“{newest[code].level}”" in lines[0]
    assert sum(len(found) > 1 for found in levels.values()) >= 22
    assert "Level 3" in "".join(section(sheet("KW")[1], "Advisory levels"))
    assert "Level 4" in "".join(section(sheet("NE")[1], "Advisory levels"))


@archive
@needs_archive
def test_the_same_input_gives_the_same_bytes() -> None:
    every = make_fact_sheets.read_pages(ARCHIVE, US)
    for path in SHEETS[::8]:
        code = path.name[:2].upper()
        here = [one for one in every if code in one.document.about]
        made = make_fact_sheets.sheet(code, here, PartialDate(2026, 11, 22), Counter())
        assert made.encode() == path.read_bytes()


def test_the_script_explains_itself() -> None:
    script = [sys.executable, "scripts/make_fact_sheets.py", "--help"]
    shown = subprocess.run(script, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert all(option in shown for option in ("--archive", "--us", "--out", "--date"))


def test_no_line_at_home_and_no_embassy() -> None:
    numbers = digits("".join(line for path in SHEETS for line in number_lines(read(path)[1]).values()))
    for other in ("02070085000", "1300555135", "61262613305", "35314082000", "8884074747", "6139968885"):
        assert other not in numbers


TUNIS = {"197", "193"}

# Read from the pages by hand: country, service, and what each publisher's page says.
HAND = [
    ("KZ", "Police", {UK: {"102"}, AU: {"102"}, STATE: {"102"}}),
    ("KZ", "Ambulance", {UK: {"103"}, AU: {"103"}}),
    ("KZ", "Fire service", {UK: {"101"}, AU: {"101"}}),
    ("KZ", "Rescue service", {UK: {"112"}, STATE: {"112"}}),
    ("KZ", "General emergency number", {IE: {"103"}, AU: {"112"}}),
    ("GM", "Police", {AU: {"117"}}),
    ("GM", "Ambulance", {AU: {"116"}}),
    ("GN", "General emergency number", {STATE: {"117"}}),
    ("SO", "Police", {UK: {"888"}}),
    ("SO", "Ambulance", {UK: {"999"}}),
    ("SO", "Fire service", {UK: {"555"}}),
    (
        "XK",
        "Police",
        {UK: {"112", "192 by mobile phone", "92 by landline"}, AU: {"192"}, IE: {"192"}, STATE: {"192"}},
    ),
    ("XK", "General emergency number", {UK: {"112"}, AU: {"112"}, IE: {"94"}}),
    ("AO", "Police", {UK: {"110"}, IE: {"110"}, AU: {"113"}, STATE: {"111", "113"}}),
    ("AO", "Ambulance", {UK: {"112"}, IE: {"118"}, AU: {"112"}}),
    ("AO", "Fire service", {UK: {"118"}, IE: {"118"}, AU: {"115"}}),
    ("PE", "Police", {UK: {"105"}, IE: {"105"}, AU: {"105"}, STATE: {"105"}}),
    ("PE", "Ambulance", {UK: {"106"}, IE: {"106"}, AU: {"117"}}),
    ("LB", "Police", {UK: {"112"}, IE: {"112"}, AU: {"112"}}),
    ("LB", "Ambulance", {UK: {"140"}, IE: {"140"}, AU: {"140", "81715076"}}),
    ("LB", "Fire service", {UK: {"175"}, IE: {"175"}, AU: {"175"}}),
    ("IN", "Ambulance", {UK: {"112"}, IE: {"102"}, AU: {"102"}}),
    ("IN", "Fire service", {UK: {"112"}, IE: {"101"}, AU: {"101"}, STATE: {"101"}}),
    ("US", "Police", {UK: {"911"}, IE: {"911"}, AU: {"911"}}),
    ("MX", "Ambulance", {UK: {"911"}, AU: {"911"}}),
    ("MX", "Tourist police", {UK: {"(0052) 55 5207 4155 in Mexico City"}}),
    ("EG", "Tourist police", {UK: {"126"}, IE: {"126"}}),
    ("EG", "Police", {UK: {"122"}, AU: {"122", "123"}}),
    ("EG", "Fire service", {UK: {"180"}, IE: {"180"}, AU: {"180", "123"}}),
    (
        "TH",
        "Ambulance",
        {UK: {"191", "1669"}, AU: {"1669", "1724 in Bangkok"}, STATE: {"1669"}},
    ),
    ("TH", "Tourist police", {UK: {"1155"}, IE: {"1155"}, AU: {"1155"}}),
    ("NP", "Tourist police", {UK: {"1144", "01 5347041 in Kathmandu"}}),
    ("NP", "Ambulance", {UK: {"102"}, IE: {"102"}, AU: {"102"}, STATE: {"102"}}),
    ("SS", "Police", {AU: {"999", "777"}}),
    ("SS", "General emergency number", {IE: {"777", "112"}, STATE: {"999"}}),
    ("HT", "Police", {UK: {"122"}, IE: {"114"}, AU: {"114"}, STATE: {"(+509) 3838-1111", "(+509) 3733-3640"}}),
    ("HT", "Ambulance", {UK: {"116"}, IE: {"118"}, AU: {"116"}}),
    ("CF", "Ambulance", {UK: {"117", "610600"}, AU: {"117", "610600"}, IE: {"1220"}}),
    ("BF", "Police", {UK: {"17 in Ouagadougou"}, IE: {"17"}, AU: {"1010"}, STATE: {"1010"}}),
    ("DJ", "Ambulance", {UK: {"21 35 09 62", "21 35 27 12"}, AU: {"21 35 09 62", "21 35 27 12"}, IE: {"18"}}),
    ("KI", "Police", {UK: {"999", "992"}, IE: {"192"}, STATE: {"992"}}),
    ("TM", "Fire service", {UK: {"01 by landline", "001 by mobile phone"}, AU: {"01"}}),
    ("MG", "Fire service", {UK: {"18", "118 by mobile phone"}, IE: {"18", "118 by mobile phone"}, AU: {"18", "118"}}),
    ("MC", "Police", {UK: {"112 by mobile phone", "18 by landline"}, IE: {"17"}}),
    ("TN", "Police", {UK: {"197 in towns and cities", "193 in rural areas"}, IE: TUNIS, AU: TUNIS, STATE: {"197"}}),
    ("GR", "Tourist police", {CA: {"1571"}, AU: {"171"}}),
    ("JP", "Ambulance", {UK: {"119"}, AU: {"119"}, STATE: {"119"}, IE: {"199"}}),
    ("ZA", "Fire service", {UK: {"10177"}, AU: {"10177"}, IE: {"10111"}}),
    ("UZ", "Police", {UK: {"102"}, IE: {"102"}, AU: {"102 in Tashkent", "02 elsewhere"}}),
    ("LR", "Police", {UK: {"+231 770 800 911"}, AU: {"911"}}),
    ("BE", "Ambulance", {UK: {"112"}, AU: {"112"}, IE: {"100"}}),
    ("SH", "Police", {UK: {"999 on St Helena and Ascension", "5111 on Tristan da Cunha"}}),
    ("NZ", "Police", {UK: {"111"}, IE: {"111"}, AU: {"111"}}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "service", "expected"), HAND, ids=[f"{code}-{service}" for code, service, _ in HAND])
def test_numbers_read_by_hand(code: str, service: str, expected: dict[str, set[str]]) -> None:
    assert given(number_lines(sheet(code)[1])[service]) == expected


@pytest.mark.parametrize(
    ("code", "sentence", "publishers"),
    [
        ("GM", "No single number reaches the emergency services in The Gambia", {UK, IE}),
        ("GN", "No emergency services exist in Guinea", {UK}),
        ("SS", "No single number reaches the emergency services in South Sudan", {UK}),
        ("NG", "No public ambulance service covers Nigeria", {UK, AU}),
        ("NP", "No public ambulance service covers Nepal", {UK}),
        ("TK", "No ambulance service exists in Tokelau", {UK}),
        ("SO", "Emergency numbers or services in Somalia can be unreliable", {UK}),
        ("NE", "An emergency call in Niger may go unanswered", {AU, STATE}),
        ("VN", "Whoever answers an emergency call in Vietnam may not speak English", {UK, AU}),
        ("BF", "Emergency services in Burkina Faso may not come at all outside Ouagadougou", {UK}),
        ("PN", "Apart from a police officer, no emergency services exist in the Pitcairn Islands", {UK}),
    ],
)
def test_warnings_read_by_hand(code: str, sentence: str, publishers: set[str]) -> None:
    (line,) = [line for line in section(sheet(code)[1], "Emergency numbers") if line.startswith(sentence)]
    assert set(re.findall("|".join(FULL), line)) == publishers


def test_places_without_a_number_say_so() -> None:
    without = {path.name[:2] for path in SHEETS if "No source here gives a local emergency number" in path.read_text()}
    assert without == {"aq", "as", "gs", "io", "kp", "mp", "pn", "vi"}
    assert "Ambulance" not in number_lines(sheet("TK")[1])
    assert "; yet no single emergency number exists according to UK FCDO" in sheet("GM")[1]


@pytest.mark.parametrize(
    ("text", "numbers", "rest"),
    [
        ("102", [("102", "")], ""),
        ("17 or 1548.", [("17", ""), ("1548", "")], "."),
        ("112 from a mobile or 18 from a landline", [("112", "by mobile phone"), ("18", "by landline")], ""),
        ("01 (101 from mobile phone)", [("01", ""), ("101", "by mobile phone")], ""),
        ("911 in Quay or 02911 outside Quay", [("911", "in Quay"), ("02911", "outside Quay")], ""),
        ("(+99) 61 211 111 or go home", [("(+99) 61 211 111", "")], " or go home"),
        ("118/119", [("118", ""), ("119", "")], ""),
        ("22-357-09/10", [], "22-357-09/10"),  # the second number is cut short
        ("7 days", [], "7 days"),
    ],
)
def test_numbers_at_start(text: str, numbers: list[tuple[str, str]], rest: str) -> None:
    assert numbers_at_start(text) == (tuple(Number(*number) for number in numbers), rest)


def test_a_label_counts_only_where_all_of_it_is_understood() -> None:
    assert services_named("Ambulance and fire") == {"ambulance", "fire"}
    assert services_named("Ambulance and taxis") is None
    assert labelled("Hotel desk: 112") is None
    assert labelled("Telephone: 112 (ambulance, fire, police)") == (
        {"ambulance", "fire", "police"},
        (Number("112"),),
    )
    assert labelled("Police: 102 after the tone") is None


def page(text: str) -> Document:
    return Document(source="made", doc_id="made.md", title="Made", text=text, url=None)


def test_each_publishers_shape() -> None:
    british = page("# Help\n\n## Emergency services in Peru\n\nFire: 7711\n\n## Help abroad\n\nTelephone: 5550199\n")
    assert [(fact.service, fact.numbers) for fact in united_kingdom(british)] == [("fire", (Number("7711"),))]
    australian = page(
        "#### Police\n\nCall 7712 or visit a station. Call 7713 to report a crime.\n\n#### Embassy\n\nCall 99.\n"
    )
    assert [(fact.service, fact.numbers) for fact in australia(australian)] == [("police", (Number("7712"),))]
    irish = page(
        "## **Emergency Assistance**\n\nReach the emergency services in Chile by dialling 7714.\n\n* Embassy: 123456\n"
    )
    assert [(fact.service, fact.numbers) for fact in ireland(irish)] == [("general", (Number("7714"),))]
    american = page("Report crimes to the local police at 7715 and contact the U.S. Embassy at 5550123.\n")
    assert [(fact.service, fact.numbers) for fact in united_states(american)] == [("police", (Number("7715"),))]


def test_warnings_need_their_heading() -> None:
    words = "Those numbers are unreliable in Oz."
    assert [one.key for one in caveats(page(f"## Emergency services in Oz\n\n{words}\n"))] == ["unreliable"]
    assert list(caveats(page(f"## Opening hours\n\n{words}\n"))) == []


def test_how_agreement_and_difference_are_said() -> None:
    def one(publisher: str, date: str, *numbers: str) -> Given:
        return Given(publisher, PartialDate.parse(date), tuple(Number(number) for number in numbers), False)

    uk, au = one("unitedkingdom", "2026-03-30", "102"), one("australia", "2024-10-18", "102")
    assert service_line("police", "Kazakhstan", "KZ", [au, uk]) == (
        "Police in Kazakhstan: 102 (UK FCDO, page updated 30 March 2026; Smartraveller, page updated 18 October 2024)"
    )
    other = one("unitedstates", "2025-02-05", "02")
    assert service_line("police", "Kazakhstan", "KZ", [other, uk]) == (
        "Police in Kazakhstan, where the sources differ: 102 (UK FCDO, page updated 30 March 2026); "
        "02 (US State Department, page updated 5 February 2025)"
    )
    more = one("ireland", "2025-08-19", "102", "+7 112")
    assert service_line("police", "Kazakhstan", "KZ", [uk, more]) == (
        "Police in Kazakhstan: 102 (UK FCDO, page updated 30 March 2026; Ireland DFA, page updated 19 August 2025); "
        "not in every source: +7 112 (Ireland DFA only)"
    )
