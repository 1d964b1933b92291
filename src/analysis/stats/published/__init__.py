"""Exact conclusions from published averages: what printed means allow, and what they exclude.

The modules follow the way of the argument:

- :mod:`~analysis.stats.published.rounding`: which sums of answers a printed mean admits;
- :mod:`~analysis.stats.published.granularity`: which numbers of respondents can have produced a table;
- :mod:`~analysis.stats.published.variances`: the smallest and largest variance that a mean admits;
- :mod:`~analysis.stats.published.p_bounds`: the smallest and largest p-value of Welch's test;
- :mod:`~analysis.stats.published.effects`: the range of Cohen's d and Cliff's delta;
- :mod:`~analysis.stats.published.clustering`: how much likeness within classes undoes a conclusion;
- :mod:`~analysis.stats.published.change`: the same for pre and post means of the same people;
- :mod:`~analysis.stats.published.audit`: totals and percentages recomputed.
"""
