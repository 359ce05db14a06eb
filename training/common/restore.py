"""Weights of a shipped ONNX file back in PyTorch, to go on training where no checkpoint is left.

What is lost is what storing in 8 bits rounded off, and heads that were not exported.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.common.export import Array, Card, to_onnx

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


def weights_of(path: Path) -> dict[str, Array]:
    """Every initializer in float32, those stored small widened again, by the name that the graph uses."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(path)).graph.initializer}
    out = {}
    for name, values in stored.items():
        if name.endswith("_small"):
            whole = name.removesuffix("_small")
            out[whole] = values.astype(np.float32) * stored.get(f"{whole}_scale", np.float32(1))
        elif not name.endswith("_scale"):
            out[name] = values
    return out


@torch.no_grad()
def mark(net: nn.Module) -> None:
    """Gives every number a value of its own, so that an exported tensor says which parameter it is; norms scale by exactly 1."""
    for parameter in net.parameters():
        parameter.normal_()
    for module in net.modules():
        if isinstance(module, NORMS):
            module.weight.fill_(1)
            module.running_mean.zero_()
            module.running_var.fill_(1 - module.eps)


@torch.no_grad()
def restore(net: nn.Module, example: Sequence[Array], card: Card, folder: Path) -> list[str]:
    """Fills net from folder/model.onnx -> names of the parameters that the file does not hold, which stay as they were.

    The exporter folds each norm into the convolution before it; here the convolution gets all of it and the norm only the offset.
    """
    before = {name: parameter.clone() for name, parameter in net.named_parameters()}
    net.eval()
    mark(net)
    with tempfile.TemporaryDirectory() as draft:
        to_onnx(net, example, card, Path(draft) / "marked.onnx")
        marked = {values.tobytes(): name for name, values in weights_of(Path(draft) / "marked.onnx").items()}
    shipped, missing = weights_of(folder / "model.onnx"), []
    norms = {f"{name}.weight" for name, module in net.named_modules() if isinstance(module, NORMS)}
    for name, parameter in net.named_parameters():
        values = parameter.numpy()
        if name in norms:
            continue
        if values.tobytes() in marked:
            found = shipped[marked[values.tobytes()]]
        elif values.T.tobytes() in marked:
            found = shipped[marked[values.T.tobytes()]].T
        else:
            missing.append(name)
            parameter.copy_(before[name])
            continue
        parameter.copy_(torch.from_numpy(found.copy()).reshape(parameter.shape))
    return missing


@torch.no_grad()
def settle_norms(net: nn.Module, batches: Sequence[tuple[torch.Tensor, ...]]) -> None:
    """Statistics of restored norms from real inputs, scale and offset moved so that nothing changes but what training will do."""
    seen: dict[nn.Module, list[torch.Tensor]] = {module: [] for module in net.modules() if isinstance(module, NORMS)}
    hooks = [module.register_forward_pre_hook(lambda at, inputs: seen[at].append(inputs[0].transpose(0, 1).flatten(1))) for module in seen]
    net.eval()
    for batch in batches:
        net(*batch)
    for hook in hooks:
        hook.remove()
    for module, inputs in seen.items():
        values = torch.cat(inputs, 1)
        mean, var = values.mean(1), values.var(1)
        module.running_mean.copy_(mean)
        module.running_var.copy_(var)
        module.weight.copy_((var + module.eps).sqrt())
        module.bias.add_(mean)
