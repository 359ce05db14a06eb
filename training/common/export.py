"""ONNX file, self-test pair and manifest of a trained model, written together or not at all."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

REPOSITORY = Path(__file__).resolve().parents[2]
Array = np.ndarray


@dataclass(frozen=True)
class Input:
    name: str
    shape: tuple[int, ...]  # -1 marks a free dimension: the batch first, at most one more


@dataclass(frozen=True)
class Output:
    name: str
    shape: tuple[int, ...]  # -1 marks a free dimension
    activation: str  # none, softmax, tanh or sigmoid: what has already been applied


@dataclass(frozen=True)
class Card:
    """Everything a manifest says that the files themselves do not."""

    name: str
    version: str
    task: str
    licence: dict[str, object]  # spdx, source, trainedOn
    inputs: Sequence[Input]
    outputs: Sequence[Output]
    metrics: Sequence[dict[str, object]]  # dataset, split, name, value, n
    script: str
    seed: int
    preprocess: dict[str, object] = field(default_factory=dict)
    labels: Sequence[str | None] | None = None
    temperature: float | None = None
    tolerance: float = 1e-3  # of the self-test: between runtimes, on the same file
    storing: float = 0.1  # how far weights stored in 16 or 8 bits may move an output
    assets: dict[str, str] = field(default_factory=dict)  # texts the product needs beside the net, by file name


class ExportMismatch(RuntimeError):
    """The ONNX file does not compute what PyTorch computes."""


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def commit() -> str:
    """The commit the exporting code stands at."""
    run = subprocess.run(["git", "rev-parse", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def _store(tensor: onnx.TensorProto, bits: int) -> tuple[list[onnx.TensorProto], list[onnx.NodeProto]]:
    """A float32 weight as smaller initializers and the nodes that make it float32 again."""
    values, small = numpy_helper.to_array(tensor), f"{tensor.name}_small"
    if bits == 16:
        if np.abs(values).max() > 65504:
            raise ExportMismatch(f"{tensor.name} does not fit float16")
        cast = helper.make_node("Cast", [small], [tensor.name], to=TensorProto.FLOAT)
        return [numpy_helper.from_array(values.astype(np.float16), small)], [cast]
    # One scale per output channel: symmetric, so zero stays zero.
    scale = np.abs(values).max(axis=tuple(range(1, values.ndim)), keepdims=True) / 127
    scale = np.maximum(scale, 1e-12).astype(np.float32)
    stored = np.clip(np.round(values / scale), -127, 127).astype(np.int8)
    parts = [numpy_helper.from_array(stored, small), numpy_helper.from_array(scale, f"{tensor.name}_scale")]
    cast = helper.make_node("Cast", [small], [f"{tensor.name}_cast"], to=TensorProto.FLOAT)
    scaled = helper.make_node("Mul", [f"{tensor.name}_cast", f"{tensor.name}_scale"], [tensor.name])
    return parts, [cast, scaled]


def shrink_weights(model: onnx.ModelProto, bits: int, smallest: int = 256) -> onnx.ModelProto:
    """Stores large float32 weights in 16 or 8 bits with a Cast behind each: a small download, the same float32 arithmetic.

    The runtime folds these nodes once, when it creates the session; a DequantizeLinear it would run every time.
    """
    kept: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []
    for tensor in model.graph.initializer:
        large = tensor.data_type == TensorProto.FLOAT and len(tensor.dims) > 1 and int(np.prod(tensor.dims)) >= smallest
        parts, restoring = _store(tensor, bits) if large else ([tensor], [])
        kept.extend(parts)
        nodes.extend(restoring)
    nodes.extend(model.graph.node)
    del model.graph.initializer[:], model.graph.node[:]
    model.graph.initializer.extend(kept)
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def strip_notes(model: onnx.ModelProto) -> onnx.ModelProto:
    """Removes the exporter's notes: they carry the paths of the machine the export ran on."""
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in [*model.graph.input, *model.graph.output, *model.graph.value_info]:
        del value.metadata_props[:]
        value.doc_string = ""
    del model.metadata_props[:]
    del model.graph.metadata_props[:]
    model.doc_string = model.graph.doc_string = ""
    return model


def free_axes(shape: Sequence[int]) -> dict[int, str]:
    """The names of a tensor's free dimensions for the exporter."""
    return {axis: "n" if axis == 0 else f"free{axis}" for axis, size in enumerate(shape) if size == -1}


def to_onnx(net: nn.Module, example: Sequence[Array], card: Card, path: Path) -> None:
    inputs, outputs = [spec.name for spec in card.inputs], [output.name for output in card.outputs]
    free = {spec.name: free_axes(spec.shape) for spec in [*card.inputs, *card.outputs]}
    torch.onnx.export(
        net, tuple(torch.from_numpy(part[:2]) for part in example), str(path), input_names=inputs, output_names=outputs,
        dynamic_axes=free, opset_version=17, dynamo=False, do_constant_folding=True,
    )
    onnx.save(strip_notes(onnx.load(str(path))), str(path))


def answers(path: Path, card: Card, inputs: Sequence[Array]) -> list[Array]:
    """What onnxruntime computes on the CPU, in the order of card.outputs."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run([output.name for output in card.outputs], {spec.name: part for spec, part in zip(card.inputs, inputs, strict=True)})


def check(net: nn.Module, path: Path, card: Card, inputs: Sequence[Array], allowed: float) -> float:
    """Largest difference between ONNX and PyTorch over all outputs; refuses when it is more than allowed."""
    with torch.no_grad():
        wanted = net(*(torch.from_numpy(part) for part in inputs))
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    got = answers(path, card, inputs)
    worst = max(float(np.abs(w.float().numpy() - g).max()) for w, g in zip(wanted, got, strict=True))
    if not worst <= allowed:
        raise ExportMismatch(f"ONNX and PyTorch differ by {worst:.2e}, allowed {allowed:.0e}")
    return worst


def write_self_test(folder: Path, card: Card, inputs: Sequence[Array]) -> None:
    """One sample and what the ONNX file makes of it, each one after another in the manifest's order; little-endian float32."""
    sample = [part[:1].astype("<f4") for part in inputs]
    out = np.concatenate([answer.astype("<f4").ravel() for answer in answers(folder / "model.onnx", card, sample)])
    if not np.isfinite(out).all():
        raise ExportMismatch("the self-test output is not finite")
    (folder / "selftest.in.f32").write_bytes(b"".join(part.tobytes() for part in sample))
    (folder / "selftest.out.f32").write_bytes(out.tobytes())


def manifest_of(folder: Path, card: Card, runtime: str = "onnx", names: Sequence[str] = ("model.onnx",)) -> dict[str, object]:
    """Field for field what src/ml/parseManifest.ts accepts. names: the files that are the network."""
    files = [folder / name for name in (*names, *card.assets)]
    manifest: dict[str, object] = {
        "schema": 1, "name": card.name, "version": card.version, "runtime": runtime,
        "files": [{"path": file.name, "bytes": file.stat().st_size, "sha256": sha256(file)} for file in files],
        "licence": card.licence, "task": card.task,
        "inputs": [{"name": spec.name, "dtype": "float32", "shape": list(spec.shape)} for spec in card.inputs],
        "outputs": [
            {"name": o.name, "dtype": "float32", "shape": list(o.shape), "activation": o.activation} for o in card.outputs
        ],
        "preprocess": card.preprocess,
        "metrics": list(card.metrics),
        "selfTest": {"input": "selftest.in.f32", "output": "selftest.out.f32", "tolerance": card.tolerance},
        "trainedBy": {"script": card.script, "commit": commit(), "seed": card.seed},
    }
    if card.labels is not None:
        manifest["labels"] = list(card.labels)
    if card.temperature is not None:
        manifest["calibration"] = {"temperature": round(card.temperature, 4)}
    return manifest


def write_manifest(folder: Path, card: Card) -> None:
    text = json.dumps(manifest_of(folder, card), indent=2, allow_nan=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf8")


def export(net: nn.Module, card: Card, inputs: Sequence[Array], folder: Path, bits: int = 16) -> float:
    """Writes model.onnx, the self-test pair and manifest.json into folder; returns the largest difference to PyTorch.

    inputs: one array for each input of the card, first axis the batch, with at least two real, preprocessed samples; bits: how weights
    are stored, 32, 16 or 8. Works in a sibling folder and moves the files only when every check has passed.
    """
    draft = folder.with_name(f".{folder.name}.draft")
    draft.mkdir(parents=True, exist_ok=True)
    net.eval()
    inputs = [np.ascontiguousarray(part, np.float32) for part in inputs]
    path = draft / "model.onnx"
    to_onnx(net, inputs, card, path)
    worst = check(net, path, card, inputs, card.tolerance)
    if bits < 32:
        onnx.save(shrink_weights(onnx.load(str(path)), bits), str(path))
        worst = check(net, path, card, inputs, card.storing)
    write_self_test(draft, card, inputs)
    for name, text in card.assets.items():
        (draft / name).write_text(text, encoding="utf8")
    write_manifest(draft, card)
    folder.mkdir(parents=True, exist_ok=True)
    for file in draft.iterdir():
        file.replace(folder / file.name)
    draft.rmdir()
    return worst
