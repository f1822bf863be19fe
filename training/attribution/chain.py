"""A linear chain over roles: partition function and marginals, in logarithmically many steps."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

ROLES = 3
_NEVER = -1e4


def partition(potentials: Tensor, lengths: Tensor) -> Tensor:
    """Return the logarithm of the sum over all paths, for each window.

    Parameters
    ----------
    potentials : Tensor
        ``[k, w, 3, 3]``: the score of each role after each role. Before a window stands role 0.
    lengths : Tensor
        The windows' lengths.

    Returns
    -------
    Tensor
        ``[k]``.
    """
    count, width = potentials.shape[:2]
    still = torch.where(torch.eye(ROLES, dtype=torch.bool), 0.0, _NEVER)
    inside = torch.arange(width)[None] < lengths[:, None]
    steps = torch.where(inside[:, :, None, None], potentials, still)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, still.expand(count, 1, ROLES, ROLES)], 1)
        left, right = steps[:, ::2], steps[:, 1::2]
        steps = (left[..., :, None] + right[..., None, :, :]).logsumexp(-2)
    return steps[:, 0, 0].logsumexp(-1)


def pairwise(potentials: Tensor, lengths: Tensor) -> Tensor:
    """Return the probability of each role after each role, ``[k, w, 3, 3]``."""
    with torch.enable_grad():
        leaf = potentials.detach().float().requires_grad_(True)
        (marginals,) = torch.autograd.grad(partition(leaf, lengths).sum(), leaf)
    return marginals


def gold_pairs(roles: Tensor, lengths: Tensor) -> Tensor:
    """Return the same for windows whose roles are known."""
    before = F.pad(roles[:, :-1], (1, 0))
    pairs = F.one_hot(before * ROLES + roles, ROLES * ROLES).view(*roles.shape, ROLES, ROLES)
    inside = torch.arange(roles.shape[1])[None] < lengths[:, None]
    return pairs * inside[:, :, None, None]


def divergence(potentials: Tensor, targets: Tensor, lengths: Tensor) -> Tensor:
    """Return for each window how far the chain is from a target distribution.

    Up to the target's entropy this is the Kullback-Leibler divergence from the target chain; for
    known roles it is their negative log likelihood.

    Parameters
    ----------
    potentials : Tensor
        ``[k, w, 3, 3]``.
    targets : Tensor
        Pairwise probabilities, of the same shape, nought behind a window's end.
    lengths : Tensor
        The windows' lengths.

    Returns
    -------
    Tensor
        ``[k]``.
    """
    return partition(potentials, lengths) - (potentials * targets).sum((1, 2, 3))
