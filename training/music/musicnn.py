"""MSD-MusiCNN (Pons & Serra 2019) and the listener: the same network without its dead filters.

    pip download musicnn==0.1.0 --no-deps --dest DIR && unzip DIR/musicnn-0.1.0-py3-none-any.whl -d DIR
    python -m training.music.musicnn --package DIR/musicnn --expected check_expected.npz      compares both with published tensors

ISC licence: the package's LICENSE file covers code and weights. The network is written anew in torch. Weight decay has left 64 of its
561 front-end filters alive; without the others it gives the same numbers for an eighth of the work.
"""
import argparse

import numpy as np
import torch
from torch import nn

from .checkpoint import load_checkpoint
from .winograd import TimbralBranch, TimbralFront

MELS, PATCH = 96, 187                  # a patch is 3 s of its own front end: 16 kHz, 512 samples every 256
EMBEDDING, TAGS = 200, 50
EPSILON = 1e-3                         # of its batch normalisation
PADDINGS = ((3, 3), (3, 3), (63, 64), (31, 32), (15, 16))      # in time, of the five front-end branches
TIMBRAL = 2                            # the first two branches look at timbre, the others at rhythm
BLOCKS = {1: (59, 30), 2: (6, 15)}      # places in frequency per matrix product of the timbral branches, by stride
DEAD = 1e-4                            # filters weaker than this share of the strongest are constants


class MusiCNN(nn.Module):
    """(n, 187, 96) log-mel patches to embedding (n, 200), before its ReLU, and tag logits (n, 50)."""

    def __init__(self, variables):
        super().__init__()
        self.v = {name: torch.from_numpy(values.copy()) for name, values in variables.items() if "Adam" not in name}

    def norm(self, x, index):
        """Batch normalisation over axis 1."""
        name = f"batch_normalization{f'_{index}' if index else ''}"
        mean, variance, gamma, beta = (self.v[f"{name}/{part}"] for part in ("moving_mean", "moving_variance", "gamma", "beta"))
        scale = gamma / torch.sqrt(variance + EPSILON)
        shape = (1, -1) + (1,) * (x.ndim - 2)
        return x * scale.view(shape) + (beta - mean * scale).view(shape)

    def conv(self, x, index, padding):
        name = f"conv2d{f'_{index}' if index else ''}"
        kernel = self.v[f"{name}/kernel"].permute(3, 2, 0, 1)      # (out, in, time, frequency)
        return torch.relu(nn.functional.conv2d(nn.functional.pad(x, padding), kernel, self.v[f"{name}/bias"]))

    def forward(self, mel):
        x = self.norm(mel[:, None], 0)                             # (n, 1, 187, 96)
        front = []
        for index, padding in enumerate(PADDINGS):
            front.append(self.norm(self.conv(x, index, (0, 0, *padding)), index + 1).amax(3))
        x = torch.cat(front, 1)                                    # (n, 561, 187)
        levels = [x]
        for index in (5, 6, 7):
            y = self.conv(x.transpose(1, 2)[:, None], index, (0, 0, 3, 3))[..., 0]      # (n, 64, 187)
            y = self.norm(y, index + 1)
            x = y if index == 5 else y + x
            levels.append(x)
        x = torch.cat(levels, 1)                                   # (n, 753, 187)
        pooled = torch.stack([x.amax(2), x.mean(2)], 2).flatten(1)             # channel by channel: largest, mean
        embedding = self.norm(pooled, 9) @ self.v["dense/kernel"] + self.v["dense/bias"]
        return embedding, self.norm(torch.relu(embedding), 10) @ self.v["dense_1/kernel"] + self.v["dense_1/bias"]


class TemporalBranch(nn.Module):
    """Live filters over time at one place in frequency, largest over frequency.

    Filters are turned so that their scale is positive: bias, ReLU and norm then are needed of the largest answer alone.
    """

    def __init__(self, kernel, bias, scale, shift, padding, stride):
        super().__init__()
        self.padding = (0, 0, *padding)
        self.conv = nn.Conv2d(1, len(kernel), kernel.shape[2:], stride=(1, stride), bias=False)
        self.sign, self.bias, self.scale, self.shift = (part.view(1, -1, 1) for part in (torch.sign(scale), bias, scale, shift))
        self.conv.weight.data = kernel * self.sign.view(-1, 1, 1, 1)

    def forward(self, x):
        y = self.conv(nn.functional.pad(x, self.padding)).amax(3)
        return torch.relu(y * self.sign + self.bias) * self.scale + self.shift


class Listener(nn.Module):
    """(n, 187, 96) log-mel patches -> timbre (n, 200), tags (n, 50) probabilities.

    stride: of the front-end filters over frequency, whose largest answer is all that is kept. 1 gives MusiCNN's numbers within rounding;
    2 halves the work (correlation of the embedding .97, quadrant accuracy unchanged within its interval).
    """

    def __init__(self, variables, stride=2):
        super().__init__()
        v = {name: torch.from_numpy(values.copy()) for name, values in variables.items() if "Adam" not in name}
        (self.input_scale,), (self.input_shift,) = (part.tolist() for part in affine(v, 0))
        timbral, temporal, alive, constant, first = [], [], [], [], 0
        for index, padding in enumerate(PADDINGS):
            kernel, bias = kernel_of(v, index), v[f"{layer('conv2d', index)}/bias"]
            scale, shift = affine(v, index + 1)
            strength = kernel.flatten(1).norm(dim=1)
            live = torch.nonzero(strength > DEAD * strength.max()).flatten()
            parts = (kernel[live], bias[live], scale[live], shift[live])
            if index < TIMBRAL:
                timbral.append(TimbralBranch(*parts, stride, block=BLOCKS[stride][index]))
            else:
                temporal.append(TemporalBranch(*parts, padding, stride))
            alive.append(live + first)
            constant.append(torch.relu(bias) * scale + shift)
            first += len(kernel)
        self.timbral, self.temporal = TimbralFront(timbral), nn.ModuleList(temporal)
        alive, constant = torch.cat(alive), torch.cat(constant)
        self.middle, self.norms = nn.ModuleList(), []
        for index in (5, 6, 7):
            kernel = v[f"conv2d_{index}/kernel"][:, :, 0].permute(2, 1, 0)          # (out, in, time)
            kernel = kernel[:, alive] if index == 5 else kernel       # the kernels of dead inputs are zero as well
            conv = nn.Conv1d(kernel.shape[1], kernel.shape[0], 7, padding=3)
            conv.weight.data, conv.bias.data = kernel.contiguous(), v[f"conv2d_{index}/bias"].clone()
            self.middle.append(conv)
            self.norms.append([part.view(1, -1, 1) for part in affine(v, index + 1)])
        self.dense = dense_without(v, alive, constant)
        scale, shift = affine(v, 10)
        self.tags = linear(scale[:, None] * v["dense_1/kernel"], v["dense_1/bias"] + shift @ v["dense_1/kernel"])

    def forward(self, mel):
        x = (mel * self.input_scale + self.input_shift).unsqueeze(1)
        x = torch.cat([self.timbral(x), *(branch(x) for branch in self.temporal)], 1)      # (n, 64, 187)
        levels = [x]
        for index, (conv, (scale, shift)) in enumerate(zip(self.middle, self.norms, strict=True)):
            y = torch.relu(conv(x)) * scale + shift
            x = y if index == 0 else y + x
            levels.append(x)
        x = torch.cat(levels, 1)                                       # (n, 256, 187)
        timbre = self.dense(torch.cat([x.amax(2), x.mean(2)], 1))
        return timbre, torch.sigmoid(self.tags(torch.relu(timbre)))


def layer(kind, index):
    return f"{kind}_{index}" if index else kind


def affine(v, index):
    """Scale and shift of a batch normalisation."""
    name = layer("batch_normalization", index)
    scale = v[f"{name}/gamma"] / torch.sqrt(v[f"{name}/moving_variance"] + EPSILON)
    return scale, v[f"{name}/beta"] - v[f"{name}/moving_mean"] * scale


def kernel_of(v, index):
    """(out, 1, time, frequency)"""
    return v[f"{layer('conv2d', index)}/kernel"].permute(3, 2, 0, 1)


def linear(weight, bias):
    """weight: (in, out)"""
    made = nn.Linear(*weight.shape)
    made.weight.data, made.bias.data = weight.T.contiguous(), bias.clone()
    return made


def dense_without(v, alive, constant):
    """The dense layer behind the pooling for the live channels; what the constant ones add goes into the bias."""
    scale, shift = affine(v, 9)
    width = v["dense/kernel"].shape[1]
    weight = (scale[:, None] * v["dense/kernel"]).view(-1, 2, width)          # channel by channel: largest, mean
    bias = v["dense/bias"] + shift @ v["dense/kernel"]
    dead = torch.ones(len(constant), dtype=torch.bool)
    dead[alive] = False
    bias = bias + (constant[dead][:, None] * weight[:len(constant)][dead].sum(1)).sum(0)
    kept = torch.cat([alive, torch.arange(len(constant), len(weight))])
    return linear(torch.cat([weight[kept, 0], weight[kept, 1]]), bias)


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", required=True, help="the unpacked package's folder `musicnn`")
    parser.add_argument("--expected", required=True, help="npz with mel (187, 96), emb (200,) and tags (50,)")
    args = parser.parse_args()
    variables = load_checkpoint(f"{args.package}/MSD_musicnn")
    z = np.load(args.expected)
    mel = torch.from_numpy(z["mel"]).float().reshape(-1, PATCH, MELS)
    embedding, tags = MusiCNN(variables)(mel)
    print("whole network", float((embedding - torch.from_numpy(z["emb"])).abs().max()), float((torch.sigmoid(tags) - torch.from_numpy(z["tags"])).abs().max()))
    for stride in (1, 2):
        net = Listener(variables, stride)
        timbre, _ = net(mel)
        print(f"listener, stride {stride}", float((timbre - embedding).abs().max()), sum(p.numel() for p in net.parameters()), "parameters")


if __name__ == "__main__":
    main()
