"""Exact moments of ordinal variables that arise by cutting normal ones.

A latent value with mean 0 and variance 1 lies above ``k`` of the ascending cuts: then the variable has the
value ``k`` (0 .. number of cuts). Two such variables whose latent values correlate with ``rho`` have the
covariance sum_k sum_l [Phi2(a_k, b_l; rho) - Phi(a_k) Phi(b_l)], and since d Phi2 / d rho is the bivariate
normal density (Plackett 1954, Biometrika 41, 351-360) each bracket is an integral over rho of that density.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]

# 128 Gauss-Legendre points reproduce Phi2 to 1e-12 for |rho| <= 0.95 (checked against scipy in the tests).
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(128)
LARGEST_CORRELATION = 0.95


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of an ordinal variable, each an array over the leading axes of the cuts."""

    mean: Floats
    variance: Floats


def probabilities(cuts: Floats) -> Floats:
    """Return P(value = 0), ..., P(value = K) along the last axis for ascending ``cuts`` (..., K)."""
    below = ndtr(cuts)
    ends = np.zeros((*below.shape[:-1], 1))
    return np.diff(np.concatenate([ends, below, ends + 1], axis=-1), axis=-1)


def moments(cuts: Floats) -> Moments:
    """Return mean and variance of the ordinal variable with the given cuts (..., K)."""
    shares = probabilities(cuts)
    values = np.arange(shares.shape[-1])
    mean = shares @ values
    return Moments(mean, shares @ values**2 - mean**2)


def excess_probability(a: Floats, b: Floats, correlation: float) -> Floats:
    """Return Phi2(a, b; rho) - Phi(a) Phi(b) for broadcastable arrays of finite limits."""
    if abs(correlation) > LARGEST_CORRELATION:
        raise ValueError(f"correlation {correlation}: only values up to {LARGEST_CORRELATION} are computed exactly")
    a, b = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    total = np.zeros(a.shape)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        rho = correlation * (node + 1) / 2
        rest = 1 - rho * rho
        density = np.exp(-(a * a - 2 * rho * a * b + b * b) / (2 * rest)) / (2 * np.pi * np.sqrt(rest))
        total = total + weight * density
    return total * correlation / 2


def covariance(a: Floats, b: Floats, correlation: float) -> Floats:
    """Return the covariance of two ordinal variables with cuts ``a`` and ``b`` (..., K) and (..., L)."""
    return excess_probability(a[..., :, None], b[..., None, :], correlation).sum(axis=(-2, -1))


def joint_probabilities(a: Floats, b: Floats, correlation: float) -> Floats:
    """Return the table P(A = k, B = l), shape (K+1, L+1), of two ordinal variables with cuts (K,) and (L,)."""
    excess = np.zeros((a.size + 2, b.size + 2))
    excess[1:-1, 1:-1] = excess_probability(a[:, None], b[None, :], correlation)
    independent = np.outer(probabilities(a), probabilities(b))
    return independent + np.diff(np.diff(excess, axis=0), axis=1)
