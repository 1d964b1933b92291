"""Provinces that make a nation."""

from dataclasses import replace

import pandas as pd

from analysis.evaluation import national


def another(study, name, post, **changes):
    """Return a copy of an averages-only study with another folder name and posttest mean."""
    province = study.province.model_copy(update={"study": name, **changes})
    scores = study.tables["published_scores"].assign(mean_printed=["63", post])
    return replace(study, province=province, tables={**study.tables, "published_scores": scores})


def results_of(studies):
    questions = (national.participation, national.provinces, national.synthesis)
    return pd.concat([question(studies).results for question in questions], ignore_index=True)
