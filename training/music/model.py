"""The quadrant model: multinomial logistic regression in the space of an RBF kernel, numpy to fit, torch to ship."""
from dataclasses import dataclass

import numpy as np
import torch
from scipy.optimize import minimize
from torch import nn

CLIP = 4.0            # standardised features further out are cut: no song may be stranger than this in one number
GAMMA = 0.5
EMBEDDING = 64


@dataclass(frozen=True)
class Choice:
    """What is chosen by inner cross-validation."""
    balance: float      # weight of a feature group = (features in it) ** balance: 1 counts features, 0 counts groups
    penalty: float      # ridge on the weights
    linear: float       # share of a linear kernel added to the RBF


CHOICES = [Choice(b, p, l) for b in (1.0, 0.5) for p in (0.1, 0.3) for l in (0.0, 0.2)]


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
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


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


class SongModel(nn.Module):
    """features (n, D) to logits (n, 4) = calibrated log-probabilities of Q1..Q4, affect (n, 2), embedding (n, 64)."""

    def __init__(self, fitted, temperature):
        super().__init__()
        _, _, axes = np.linalg.svd(fitted.clips - fitted.clips.mean(0), full_matrices=False)
        tensors = {"mean": fitted.mean, "scale": fitted.scale, "weight": fitted.weight, "clips": fitted.clips.T,
                   "square": (fitted.clips ** 2).sum(1)[None], "dual": fitted.dual / temperature, "offset": fitted.offset / temperature,
                   "centre": fitted.clips.mean(0), "axes": axes[:EMBEDDING].T,
                   "signs": np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])}        # quadrant -> valence, arousal
        for name, values in tensors.items():
            self.register_buffer(name, torch.tensor(np.ascontiguousarray(values), dtype=torch.float32))
        self.linear = float(fitted.linear)

    def forward(self, features):
        z = torch.clamp((features - self.mean) * self.scale, -CLIP, CLIP) * self.weight     # (n, D)
        inner = z @ self.clips                                                             # (n, N)
        square = torch.relu((z * z).sum(1, keepdim=True) + self.square - 2 * inner)
        near = torch.exp(-GAMMA * square) + self.linear * inner
        logits = torch.log_softmax(near @ self.dual + self.offset, dim=1)                  # (n, 4)
        spot = (z - self.centre) @ self.axes                                               # (n, 64)
        length = torch.sqrt((spot * spot).sum(1, keepdim=True) + 1e-12)
        return logits, torch.exp(logits) @ self.signs, spot / length
