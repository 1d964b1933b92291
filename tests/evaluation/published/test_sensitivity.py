"""Other numbers of people and spreads."""

from analysis.evaluation import published


def test_results_at_the_invited_number_are_sharper(lampung):
    results = published.sensitivity(lampung).results
    assert len(results) == 87
    assert results["subject"].str.endswith("|n=288").all()
    total = results[(results["subject"] == "total|n=288") & (results["contrast"] == "7-5")]
    assert total["p_high"].iloc[0] < published.total(lampung).results["p_high"].iloc[0]


def test_sensitivity_covers_the_grid_and_never_claims_one_spread(gorontalo):
    results = published.change_sensitivity(gorontalo).results
    assert len(results) == 30
    assert results["breakdown_design_effect"].is_monotonic_increasing is False
    assert results["assumes"].str.contains("SD = ").all()
