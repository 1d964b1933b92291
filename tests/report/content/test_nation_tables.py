"""The figure of the nation names every province and group."""

from analysis.report.content.nation_tables import national_figures
from tests.report.content.nation_studies import results_of


def test_the_figure_names_every_province_and_group(six, lampung, tmp_path):
    made = national_figures(results_of([*six, lampung]), "id", tmp_path, 0.05)
    assert list(made) == ["national_forest"]
    assert made["national_forest"].path.stat().st_size > 10_000
    assert national_figures(results_of([lampung]), "id", tmp_path, 0.05) == {}
