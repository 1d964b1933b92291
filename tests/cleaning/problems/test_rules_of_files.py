"""The office's own text: what the report leaves out of it stands in the problem list."""


def _write(study, text):
    (study.folder / "narasi.md").write_text(text, encoding="utf-8")


def test_passages_that_the_report_leaves_out_are_problems_with_their_line(lampung):
    _write(lampung, "# Tim\nAni\n\n# Penutup\nSekian.\n# tim\nBudi\n")
    unknown = lampung.problems("narrative_heading_unknown").iloc[0]
    assert (unknown["file"], unknown["cell"], unknown["value"]) == ("narasi.md", "A4", "Penutup")
    assert "Kata pengantar, Latar belakang, Tim" in unknown["remedy"]
    assert lampung.problems("narrative_heading_twice")["cell"].tolist() == ["A6"]
    assert lampung.clean().has_errors


def test_words_of_the_text_itself_are_never_shown(lampung):
    _write(lampung, "Ani, 0812\n# Tim\n| Budi |\n")
    assert lampung.problems("narrative_without_heading")["value"].isna().all()
    assert lampung.problems("narrative_not_plain")["value"].isna().all()


def test_a_text_under_the_fixed_headings_is_no_problem(lampung):
    _write(lampung, "# Kata pengantar\nSalam.\n# Rekomendasi\n- Ditjen: tambah kelas.\n")
    assert not lampung.clean().has_errors


def test_a_text_that_is_not_utf8_is_an_error(lampung):
    (lampung.folder / "narasi.md").write_bytes("# Tim\nAndr\xe9".encode("latin-1"))
    assert lampung.problems("narrative_not_text")["file"].tolist() == ["narasi.md"]
