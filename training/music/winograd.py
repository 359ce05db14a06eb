"""The timbral branches of the listener by Winograd's short convolution in time and matrix products over frequency.

A runtime computes a convolution of one channel slowly and a matrix product fast. Seven taps in time cost ten products for four outputs
instead of 28; the places in frequency of a filter lie side by side in one banded matrix, which the graph builds from the plain kernels,
so that the file stays small; a runtime folds that once, when it opens the session.
"""
from fractions import Fraction
from math import prod

import torch
from torch import nn

MELS, FRAMES = 96, 187                 # of a picture
TILE, TAPS = 4, 7                      # outputs and taps in time of one transform
POINTS = [Fraction(p) for p in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3/2", "-3/2")]
SIZE = TILE + TAPS - 1
TILES = -(-FRAMES // TILE)


def product(roots):
    """Coefficients of the polynomial with these roots, lowest first."""
    made = [Fraction(1)]
    for root in roots:
        made = [(made[i - 1] if i else 0) - root * (made[i] if i < len(made) else 0) for i in range(len(made) + 1)]
    return made


def transforms():
    """A (4, 10), G (10, 7), B (10, 10) with y = A ((G g) * (B x)) for y_i = sum_k x_{i+k} g_k (Toom and Cook, transposed; Winograd 1980)."""
    others = [[q for q in POINTS if q != p] for p in POINTS]
    last = [Fraction(int(i == TILE - 1)) for i in range(TILE)]
    a = [[p**i for p in POINTS] + [last[i]] for i in range(TILE)]
    g = [[p**k / prod(p - q for q in rest) for k in range(TAPS)] for p, rest in zip(POINTS, others, strict=True)]
    g.append([Fraction(int(k == TAPS - 1)) for k in range(TAPS)])
    b = [product(rest) + [Fraction(0)] for rest in others] + [product(POINTS)]
    return [torch.tensor([[float(x) for x in row] for row in matrix]) for matrix in (a, g, b)]


class TimbralBranch(nn.Module):
    """Live filters of seven taps in time over most of the spectrum, largest over frequency.

    Filters are turned so that their scale is positive: the largest product then is the largest answer, and bias, ReLU and norm need to
    be computed for that one alone.
    block: places in frequency that one matrix product computes; more waste work on zeros, fewer spend it on copying.
    """

    def __init__(self, kernel, bias, scale, shift, stride, block):
        super().__init__()
        self.sign = torch.sign(scale)
        self.kernel = nn.Parameter((kernel[:, 0] * self.sign[:, None, None]).permute(1, 2, 0).contiguous())      # (7, width, filters)
        self.bias, self.scale, self.shift = bias, scale, shift
        self.stride, self.block, width = stride, block, kernel.shape[3]
        places = (MELS - width) // stride + 1
        if places % block:
            raise ValueError(f"{places} places are no multiple of {block}")
        self.blocks, self.span = places // block, stride * (block - 1) + width
        self.out, self.points, _ = transforms()

    def matrix(self):
        """(10, span, block * filters): the filters at every place of a block."""
        width, filters = self.kernel.shape[1:]
        turned = torch.matmul(self.points, self.kernel.reshape(TAPS, -1)).reshape(SIZE, width, filters)
        free = self.span - width
        return torch.cat([nn.functional.pad(turned, (0, 0, self.stride * b, free - self.stride * b)) for b in range(self.block)], 2)

    def forward(self, tiles):                                                  # (10, m, 96)
        step = self.stride * self.block
        x = torch.cat([tiles[:, :, step * b:step * b + self.span] for b in range(self.blocks)], 1)      # (10, blocks * m, span)
        y = torch.matmul(x, self.matrix())                                     # (10, blocks * m, block * filters)
        filters = self.kernel.shape[2]
        y = torch.matmul(self.out, y.reshape(SIZE, -1)).reshape(TILE * self.blocks, -1, self.block, filters).amax(2)
        y = y.reshape(TILE, self.blocks, -1, filters).amax(1)                  # (4, m, filters)
        return torch.relu(y * self.sign + self.bias) * self.scale + self.shift


class TimbralFront(nn.Module):
    """(n, 1, 187, 96) to (n, filters, 187): both branches from one transform of the input."""

    def __init__(self, branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)
        self.tiles = nn.Conv2d(1, SIZE, (SIZE, 1), stride=(TILE, 1), bias=False)
        self.tiles.weight.data = transforms()[2].view(SIZE, 1, SIZE, 1)

    def forward(self, x):
        before = TAPS // 2
        after = TILE * TILES + TAPS - 1 - FRAMES - before
        tiles = self.tiles(nn.functional.pad(x, (0, 0, before, after)))        # (n, 10, 47, 96)
        tiles = tiles.transpose(0, 1).reshape(SIZE, -1, MELS)                  # (10, n * 47, 96)
        y = torch.cat([branch(tiles) for branch in self.branches], 2)          # (4, n * 47, filters)
        filters = y.shape[2]
        return y.reshape(TILE, -1, TILES, filters).permute(1, 3, 2, 0).reshape(-1, filters, TILE * TILES)[:, :, :FRAMES]
