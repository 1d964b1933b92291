"""What other numbers of people, spreads and correlations would make of the conclusions."""

from __future__ import annotations

from analysis.evaluation.data import StudyData
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.evaluation.published.batch_size import known_sizes, same_size
from analysis.evaluation.published.change import pair_conditions, published_changes, why_untested
from analysis.evaluation.published.class_unit import all_scores
from analysis.evaluation.published.contrasts import adjusted, contrast_rows
from analysis.evaluation.published.tables import published_means
from analysis.stats import assumptions
from analysis.stats.codes import Effect, EstimateName, Method, Reason, SamplingUnit, Statistic, Status, Unit
from analysis.stats.published.change import change_sensitivity as sensitivity_grid
from analysis.stats.result import Estimate, not_estimable

ANALYSIS = "published.sensitivity"
# Grid of the sensitivity surface: SDs as shares of the test's maximum, correlations of pre and post.
SD_SHARES = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
CORRELATIONS = (0.0, 0.2, 0.4, 0.6, 0.8)


def sensitivity(data: StudyData) -> Outcome:
    """Return all contrasts as if every batch had as many people as were invited in all.

    The subject carries the size, such as ``total|n=288``; families are those of the main analyses.
    """
    published = published_means(data)
    invited = data.province.invited_people
    if published is None or invited is None or len(published.batches) < 2 or known_sizes(data, published) is None:
        reason = Reason.NO_SUCH_DATA if published is None else Reason.BATCH_SIZE_UNKNOWN
        missing = not_estimable(
            EstimateName.MEAN_DIFFERENCE,
            Unit.SCALE_POINTS,
            Method.WELCH_T_BOUNDS,
            reason,
        )
        return outcome(data.identity, [Row(ANALYSIS, "all", None, missing)])
    sizes = same_size(data, published, invited)
    rows: list[Row] = []
    for scores, family in zip(all_scores(published), ("total", "aspects", "pairs"), strict=True):
        method = Method.WELCH_T_BOUNDS if scores.are_items else Method.WELCH_T_BOUNDS_PERSON_MEANS
        part = contrast_rows(data, published, scores, sizes, ANALYSIS, method)
        part = [Row(row.analysis, f"{row.subject}|n={invited}", row.contrast, row.estimate) for row in part]
        names = {
            position: f"{ANALYSIS} {family}" + ("" if family == "total" else f" {row.contrast}")
            for position, row in enumerate(part)
        }
        rows += adjusted(part, names)
    return outcome(data.identity, rows)


def change_sensitivity(data: StudyData) -> Outcome:
    """Return t, d_z and break-down design effect over a grid of SDs and pre-post correlations.

    Subjects such as ``all|sd=20|r=0.5``; the SD, the same for both tests, is in points of the test.
    """
    rows = []
    changes = published_changes(data)
    for published in changes:
        if published.n is None or published.maximum is None or why_untested(published) is not None:
            continue
        sds = [share * published.maximum for share in SD_SHARES]
        change_points = published.post - published.pre
        grids = sensitivity_grid(change_points, sds, CORRELATIONS, published.n, data.settings.alpha)
        for i, sd in enumerate(sds):
            for j, r in enumerate(CORRELATIONS):
                t, d_z, undone = (float(grid[i, j]) for grid in grids)
                estimate = Estimate(
                    estimate_name=EstimateName.MEAN_CHANGE,
                    unit=Unit.TEST_POINTS,
                    method=Method.PAIRED_T_ASSUMED_SD,
                    status=Status.BOUNDED,
                    reason=Reason.MEANS_ONLY,
                    estimate=change_points,
                    statistic_name=Statistic.T,
                    statistic=t,
                    df=published.n - 1,
                    effect_name=Effect.D_Z,
                    effect=d_z,
                    n=published.n,
                    sampling_unit=SamplingUnit.PERSON,
                    breakdown_design_effect=undone,
                    assumes=assumptions.join(
                        assumptions.spread(sd),
                        assumptions.correlation(r),
                        pair_conditions(published),
                    ),
                )
                rows.append(
                    Row(
                        ANALYSIS,
                        f"{published.group}|sd={sd:g}|r={r:g}",
                        "post-pre",
                        estimate,
                    )
                )
    if not rows:
        missing = not_estimable(
            EstimateName.MEAN_CHANGE,
            Unit.TEST_POINTS,
            Method.PAIRED_T_ASSUMED_SD,
            (why_untested(changes[0]) or Reason.NO_SUCH_DATA) if changes else Reason.NO_SUCH_DATA,
        )
        rows = [Row(ANALYSIS, "all", "post-pre", missing)]
    return outcome(data.identity, rows)
