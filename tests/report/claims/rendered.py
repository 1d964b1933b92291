"""A template of one line, rendered."""

from analysis.report.claims.rendering import render


def rendered(tmp_path, text, material, language="id"):
    folder = tmp_path / "templates" / language
    folder.mkdir(parents=True)
    (folder / "page.md.j2").write_text(text, encoding="utf-8")
    return render("page.md.j2", material, language, tmp_path / "templates")
