"""The quadrant model: three logistic regressions in the space of an RBF kernel (hand-made features, the listener's timbre, both),
pooled with equal weights, and an attention over the passages of a song. numpy to fit, torch to ship."""
from dataclasses import dataclass

import numpy as np
import torch
from scipy.optimize import minimize
from torch import nn

CLIP = 4.0            # standardised features further out are cut: no song may be stranger than this in one number
GAMMA = 0.5
EMBEDDING = 64
TIMBRE = 200        # of the listener's 250 numbers; the other 50 are log-odds of tags
TEMPER = 0.5         # of the attention: fitted on 720 clips it is surer than it should be
LEAST_TAG = 1e-4     # probabilities are cut here before their odds are taken


@dataclass(frozen=True)
class Choice:
    """Chosen for the hand-made features alone by nested cross-validation (version 1.0.0); not tuned again for the timbre."""
    balance: float = 0.5      # weight of a feature group = (features in it) ** balance: 1 counts features, 0 counts groups
    penalty: float = 0.1      # ridge on the weights
    linear: float = 0.0       # share of a linear kernel added to the RBF


CHOICE = Choice()


@dataclass(frozen=True)
class Fitted:
    mean: np.ndarray         # (D,)
    scale: np.ndarray        # (D,) 1 / sd
    weight: np.ndarray       # (D,) sqrt of the feature's share in the squared distance; squares sum to 1
    clips: np.ndarray        # (N, D) weighted standardised training clips
    dual: np.ndarray         # (N, 4)
    offset: np.ndarray       # (4,)
    linear: float

    def place(self, x):
        """(n, D) raw features to the space where distances are taken."""
        return np.clip((x - self.mean) * self.scale, -CLIP, CLIP) * self.weight

    def logits(self, x):
        return kernel(self.place(x), self.clips, self.linear) @ self.dual + self.offset


def kernel(a, b, linear):
    """(n, D), (m, D) to (n, m)."""
    inner = a @ b.T
    square = np.maximum((a ** 2).sum(1)[:, None] + (b ** 2).sum(1)[None] - 2 * inner, 0)
    return np.exp(-GAMMA * square) + linear * inner


def group_weights(groups, balance):
    """(D,) square roots of per-feature shares, groups weighing (their size) ** balance."""
    _, index, count = np.unique(groups, return_inverse=True, return_counts=True)
    share = count.astype(float) ** balance / count
    share = share[index]
    return np.sqrt(share / share.sum())


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def fit_dual(k, y, penalty):
    """Kernel matrix and labels to dual weights (n, 4) and offsets (4,): L-BFGS in the kernel's leading eigenvectors."""
    values, vectors = np.linalg.eigh(k)
    keep = values > values[-1] * 1e-4
    basis = vectors[:, keep] * np.sqrt(values[keep])              # (n, r)
    target = np.eye(4)[y]

    def cost(flat):
        b, c = flat[:-4].reshape(-1, 4), flat[-4:]
        p = softmax(basis @ b + c)
        loss = -np.log((p * target).sum(1) + 1e-12).sum() + penalty / 2 * (b ** 2).sum()
        return loss, np.concatenate([(basis.T @ (p - target) + penalty * b).ravel(), (p - target).sum(0)])

    best = minimize(cost, np.zeros(basis.shape[1] * 4 + 4), jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    return vectors[:, keep] / np.sqrt(values[keep]) @ best[:-4].reshape(-1, 4), best[-4:]


def fit(x, y, groups, choice):
    mean, scale = x.mean(0), 1 / (x.std(0) + 1e-6)
    weight = group_weights(groups, choice.balance)
    clips = np.clip((x - mean) * scale, -CLIP, CLIP) * weight
    dual, offset = fit_dual(kernel(clips, clips, choice.linear), y, choice.penalty)
    return Fitted(mean, scale, weight, clips, dual, offset, choice.linear)


def log_softmax(z):
    z = z - z.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


@dataclass(frozen=True)
class Opinions:
    """The three kernels and the attention, fitted on the same clips."""
    kernels: tuple           # of Fitted: hand-made, timbre, both
    attention: np.ndarray    # (250,) on raw timbre; a constant does not matter

    def passages(self, x, timbre):
        """x (n, 301), timbre (n, p, 250) to pooled log-probabilities (n, p, 4), not calibrated."""
        n, p, width = timbre.shape
        hand = np.repeat(x, p, 0)
        flat = timbre.reshape(n * p, width)
        parts = (hand, flat, np.concatenate([hand, flat], 1))
        total = sum(log_softmax(k.logits(part)) for k, part in zip(self.kernels, parts, strict=True))
        return total.reshape(n, p, 4)

    def weights(self, timbre):
        """(n, p, 250) to attention (n, p), rows sum to 1."""
        return softmax(timbre @ self.attention)

    def clips(self, x, timbre):
        """(n, 4): the passages' opinions, weighted by attention."""
        return (self.passages(x, timbre) * self.weights(timbre)[..., None]).sum(1)


def fit_opinions(x, timbre, y, groups):
    mean = timbre.mean(1)
    plain = np.array(["timbre"] * TIMBRE + ["tags"] * (timbre.shape[-1] - TIMBRE))
    kernels = (fit(x, y, groups, CHOICE), fit(mean, y, plain, CHOICE),
               fit(np.concatenate([x, mean], 1), y, np.concatenate([groups, plain]), CHOICE))
    return Opinions(kernels, fit_attention(timbre, y))


def fit_attention(timbre, y, penalty=20.0):
    """Multiple-instance logistic regression: a linear opinion of each passage, pooled by a linear attention (Ilse et al. 2018).

    timbre: (n, p, 250). Only the attention (250,) is kept: the kernels judge passages better than a plane does.
    """
    sd = timbre.std((0, 1)) + 1e-6
    z = torch.tensor((timbre - timbre.mean((0, 1))) / sd)
    target = torch.tensor(y)
    weight = torch.zeros(z.shape[-1], 5, dtype=z.dtype, requires_grad=True)      # four quadrants, then the attention
    offset = torch.zeros(4, dtype=z.dtype, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, offset], max_iter=60, line_search_fn="strong_wolfe")

    def cost():
        optimiser.zero_grad()
        share = torch.softmax(z @ weight[:, 4], 1)
        logits = ((z * share[..., None]).sum(1)) @ weight[:, :4] + offset
        loss = nn.functional.cross_entropy(logits, target, reduction="sum") + penalty / 2 * (weight ** 2).sum()
        loss.backward()
        return loss

    with torch.no_grad():      # zero would be a saddle: attention and opinion multiply
        weight[:, 4] = torch.tensor(np.random.default_rng(0).normal(0, 1e-2, z.shape[-1]))
    optimiser.step(cost)
    return TEMPER * weight[:, 4].detach().numpy() / sd


class Kernel(nn.Module):
    """One Fitted as tensors: rows (n, D) to log-probabilities (n, 4)."""

    def __init__(self, fitted):
        super().__init__()
        tensors = {"mean": fitted.mean, "scale": fitted.scale, "weight": fitted.weight, "clips": fitted.clips.T,
                   "square": (fitted.clips ** 2).sum(1)[None], "dual": fitted.dual, "offset": fitted.offset}
        for name, values in tensors.items():
            self.register_buffer(name, torch.tensor(np.ascontiguousarray(values), dtype=torch.float32))
        self.linear = float(fitted.linear)

    def place(self, x):
        return torch.clamp((x - self.mean) * self.scale, -CLIP, CLIP) * self.weight

    def forward(self, x):
        z = self.place(x)                                                                  # (n, D)
        inner = z @ self.clips                                                             # (n, N)
        square = torch.relu((z * z).sum(1, keepdim=True) + self.square - 2 * inner)
        return torch.log_softmax((torch.exp(-GAMMA * square) + self.linear * inner) @ self.dual + self.offset, dim=1)


class SongModel(nn.Module):
    """evidence (n, 301 + 250), a segment's features, a passage's timbre and log-odds of its tags, to logits (n, 4) = calibrated log-probabilities of Q1..Q4,
    affect (n, 2), embedding (n, 64) and attention (n, 1): its exponential weighs the passage."""

    def __init__(self, opinions, temperature, hand):
        super().__init__()
        self.kernels = nn.ModuleList(Kernel(fitted) for fitted in opinions.kernels)
        both = opinions.kernels[2]
        _, _, axes = np.linalg.svd(both.clips - both.clips.mean(0), full_matrices=False)
        tensors = {"centre": both.clips.mean(0), "axes": axes[:EMBEDDING].T, "look": opinions.attention[:, None],
                   "signs": np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])}                # quadrant -> valence, arousal
        for name, values in tensors.items():
            self.register_buffer(name, torch.tensor(np.ascontiguousarray(values), dtype=torch.float32))
        self.temperature, self.hand = float(temperature), hand

    def forward(self, evidence):
        timbre = evidence[:, self.hand:]
        by_features, by_timbre, by_both = self.kernels
        pooled = by_features(evidence[:, :self.hand]) + by_timbre(timbre) + by_both(evidence)
        logits = torch.log_softmax(pooled / self.temperature, dim=1)                       # (n, 4)
        spot = (by_both.place(evidence) - self.centre) @ self.axes                         # (n, 64)
        length = torch.sqrt((spot * spot).sum(1, keepdim=True) + 1e-12)
        return logits, torch.exp(logits) @ self.signs, spot / length, timbre @ self.look
