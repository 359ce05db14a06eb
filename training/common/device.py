"""One switch between a processor and an accelerator; everything else of a training run is the same on both."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def use_device(name: str, threads: int) -> None:
    """New tensors are made on this device from here on ("cpu", "cuda"). Runs are repeatable on one kind of device only."""
    torch.set_num_threads(threads)
    if name != "cpu":
        torch.set_default_device(name)
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True


def put(array: np.ndarray) -> Tensor:
    return torch.from_numpy(array).to(torch.get_default_device())


def short_floats() -> torch.autocast:
    """bfloat16 where it does no harm; not on a processor that only imitates it, which takes three times as long."""
    device = torch.get_default_device().type
    return torch.autocast(device, torch.bfloat16, enabled=device != "cpu" or torch.cpu._is_avx512_bf16_supported())


class Follower:
    """Moves averaged weights and statistics towards the trained ones."""

    def __init__(self, average: torch.nn.Module, net: torch.nn.Module) -> None:
        pairs = [(slow, fast) for slow, fast in zip(average.state_dict().values(), net.state_dict().values(), strict=True)
                 if slow.dtype.is_floating_point]
        self.slow, self.fast = [slow for slow, _ in pairs], [fast for _, fast in pairs]

    @torch.no_grad()
    def follow(self, decay: float) -> None:
        torch._foreach_lerp_(self.slow, self.fast, 1 - decay)


def light(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights to carry home: on the processor, in half the bytes."""
    return {name: value.cpu().half() if value.dtype == torch.float32 else value.cpu() for name, value in state.items()}
