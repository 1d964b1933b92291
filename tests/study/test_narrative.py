import pytest

from analysis.study.narrative import HEADINGS, Flaw, FlawedLine, Part, Passage, load_narrative, read_narrative


def test_lines_join_to_paragraphs_and_items_under_their_heading():
    read = read_narrative(
        "# Kata Pengantar:\n\nPuji syukur\nkami *panjatkan* untuk **288** peserta.\n\nSalam.\n"
        "## rekomendasi\n- Ditjen: tambah 2 kelas\n  pada tahun berikutnya\n2. Dinas: dampingi desa\n"
    )
    assert read.flaws == ()
    assert read.parts == {
        Part.FOREWORD: (Passage("Puji syukur kami panjatkan untuk 288 peserta."), Passage("Salam.")),
        Part.RECOMMENDATIONS: (
            Passage("Ditjen: tambah 2 kelas pada tahun berikutnya", is_item=True),
            Passage("Dinas: dampingi desa", is_item=True),
        ),
    }


def test_every_part_has_one_heading():
    text = "\n".join(f"# {heading}\nIsi.\n" for heading in HEADINGS)
    assert set(read_narrative(text).parts) == set(Part)


def test_headings_without_text_are_an_open_template():
    assert read_narrative("# Tim\n\n# Keberhasilan\n").parts == {}


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("Pembuka.\nLagi.\n# Tim\nAni", (FlawedLine(Flaw.TEXT_WITHOUT_HEADING, 1),)),
        ("# Tim\nAni\n# Penutup\nSekian.\n", (FlawedLine(Flaw.HEADING_UNKNOWN, 3, "Penutup"),)),
        ("# Tim\nAni\n# TIM\nBudi", (FlawedLine(Flaw.HEADING_TWICE, 3, "TIM"),)),
        ("# Tim\nAni\n| a | b |\n![x](y.png)", (FlawedLine(Flaw.NOT_PLAIN, 3), FlawedLine(Flaw.NOT_PLAIN, 4))),
    ],
)
def test_what_cannot_be_used_is_named_by_its_line_and_left_out(text, flaws):
    read = read_narrative(text)
    assert read.flaws == flaws
    assert read.parts == {Part.TEAM: (Passage("Ani"),)}


def test_a_file_of_another_encoding_and_no_file_at_all(tmp_path):
    assert load_narrative(tmp_path).parts == {}
    (tmp_path / "narasi.md").write_bytes("# Tim\nAndr\xe9".encode("latin-1"))
    assert load_narrative(tmp_path).flaws == (FlawedLine(Flaw.NOT_TEXT, 1),)
    (tmp_path / "narasi.md").write_bytes("\ufeff# Tim\r\nAni\r\n".encode())
    assert load_narrative(tmp_path).parts == {Part.TEAM: (Passage("Ani"),)}


def test_signs_inside_words_are_no_emphasis():
    assert read_narrative("# Tim\nrencana_kerja 3 * 4 = 12").parts[Part.TEAM] == (Passage("rencana_kerja 3 * 4 = 12"),)


@pytest.mark.parametrize("line", ["x" * 5_000_000, "# " + " " * 5_000_000 + "x", "- " + "kata " * 1_000_000])
def test_a_line_of_five_megabytes_is_named(tmp_path, line):
    (tmp_path / "narasi.md").write_text(f"# Tim\nAni\n{line}\n", encoding="utf-8")
    assert load_narrative(tmp_path).flaws == (FlawedLine(Flaw.LINE_TOO_LONG, 3),)


def test_a_long_line_is_left_out_and_the_rest_stays():
    read = read_narrative(f"# Tim\nAni\n{'x' * 20_001}\nBudi\n")
    assert read.flaws == (FlawedLine(Flaw.LINE_TOO_LONG, 3),)
    assert read.parts[Part.TEAM] == (Passage("Ani"), Passage("Budi"))


def test_a_text_of_many_short_lines_is_read_in_no_time_or_named(tmp_path):
    (tmp_path / "narasi.md").write_text("# Tim\n" + "a\n" * 490_000, encoding="utf-8")
    assert len(load_narrative(tmp_path).parts[Part.TEAM][0].text) == 2 * 490_000 - 1
    (tmp_path / "narasi.md").write_text("# Tim\n" + "a\n" * 600_000, encoding="utf-8")
    assert load_narrative(tmp_path).flaws == (FlawedLine(Flaw.TOO_LONG, 1),)


@pytest.mark.parametrize(
    "line", ["#" + " " * 19_000 + "Tim", "# Tim" + "#" * 19_000, "# Tim " + "# " * 9_000, "#" * 19_000]
)
def test_no_heading_takes_long(line):
    assert read_narrative(f"{line}\nAni\n").flaws or read_narrative(f"{line}\nAni\n").parts


@pytest.mark.parametrize("line", ["# Tim", "###### Tim #", "#Tim", "## Tim ##"])
def test_a_heading_is_written_with_one_sign_to_six(line):
    assert read_narrative(f"{line}\nAni\n").parts == {Part.TEAM: (Passage("Ani"),)}
