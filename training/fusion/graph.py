"""The two networks as one TensorFlow.js graph model, written node by node and computed with numpy while it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from training.fusion.config import SOURCES

Array = np.ndarray
DTYPES = {"float32": "DT_FLOAT", "int32": "DT_INT32"}


@dataclass(frozen=True)
class Node:
    name: str
    value: Array  # what it is for the sample


def matmul(inputs: list[Array], attributes: dict[str, bool]) -> Array:
    a, b = inputs
    return a @ (np.swapaxes(b, -1, -2) if attributes.get("transpose_b") or attributes.get("adj_y") else b)


def total(inputs: list[Array], attributes: dict[str, bool]) -> Array:
    return inputs[0].sum(tuple(inputs[1].ravel()), keepdims=attributes["keep_dims"])


OPERATIONS: dict[str, Callable[[list[Array], dict[str, bool]], Array]] = {
    "AddV2": lambda x, _: x[0] + x[1],
    "Mul": lambda x, _: x[0] * x[1],
    "RealDiv": lambda x, _: x[0] / x[1],
    "Maximum": lambda x, _: np.maximum(x[0], x[1]),
    "Exp": lambda x, _: np.exp(x[0]),
    "Relu": lambda x, _: np.maximum(x[0], 0),
    "Tanh": lambda x, _: np.tanh(x[0]),
    "Sigmoid": lambda x, _: 1 / (1 + np.exp(-x[0])),
    "MatMul": matmul,
    "BatchMatMulV2": matmul,
    "Sum": total,
    "Mean": lambda x, a: x[0].mean(tuple(x[1].ravel()), keepdims=a["keep_dims"]),
    "Max": lambda x, a: x[0].max(tuple(x[1].ravel()), keepdims=a["keep_dims"]),
    "Transpose": lambda x, _: x[0].transpose(x[1]),
    "Reshape": lambda x, _: x[0].reshape(x[1]),
    "ConcatV2": lambda x, _: np.concatenate(x[:-1], int(x[-1])),
}


class Graph:
    """Nodes in the order of computation, and the weights that their constants stand for."""

    def __init__(self) -> None:
        self.nodes: list[dict[str, object]] = []
        self.weights: list[tuple[str, Array]] = []
        self.inputs: dict[str, dict[str, object]] = {}
        self.outputs: dict[str, dict[str, object]] = {}
        self.told: dict[str, Array] = {}
        self.count = 0

    @staticmethod
    def shape(sizes: tuple[int, ...]) -> dict[str, object]:
        return {"dim": [{"size": str(size)} for size in sizes]}

    def input(self, name: str, sample: Array) -> Node:
        """A placeholder with a free first axis."""
        free = (-1, *sample.shape[1:])
        self.nodes.append({"name": name, "op": "Placeholder", "attr": {"dtype": {"type": "DT_FLOAT"}, "shape": {"shape": self.shape(free)}}})
        self.inputs[name] = {"name": f"{name}:0", "dtype": "DT_FLOAT", "tensorShape": self.shape(free)}
        return Node(name, sample.astype(np.float32))

    def constant(self, name: str, value: Array | Tensor | float) -> Node:
        array = np.asarray(value.detach().numpy() if isinstance(value, Tensor) else value)
        array = array.astype(np.int32 if array.dtype.kind == "i" else np.float32)
        dtype = DTYPES[str(array.dtype)]
        tensor = {"dtype": dtype, "tensorShape": self.shape(array.shape)}
        self.nodes.append({"name": name, "op": "Const", "attr": {"dtype": {"type": dtype}, "value": {"tensor": tensor}}})
        self.weights.append((name, array))
        return Node(name, array)

    def op(self, kind: str, *inputs: Node | int | list[int], name: str | None = None, **attributes: bool) -> Node:
        """inputs: nodes, or whole numbers, which become constants (axes, shapes)."""
        self.count += 1
        own = name or f"node{self.count}"
        fed = [one if isinstance(one, Node) else self.constant(f"{own}/{at}", np.array(one)) for at, one in enumerate(inputs)]
        attr: dict[str, object] = {key: {"b": value} for key, value in attributes.items()}
        attr["T"] = {"type": "DT_FLOAT"}
        if kind == "ConcatV2":
            attr["N"] = {"i": str(len(fed) - 1)}
        self.nodes.append({"name": own, "op": kind, "input": [one.name for one in fed], "attr": attr})
        return Node(own, OPERATIONS[kind]([one.value for one in fed], attributes))

    def output(self, node: Node) -> None:
        self.told[node.name] = node.value
        self.outputs[node.name] = {"name": f"{node.name}:0", "dtype": "DT_FLOAT", "tensorShape": self.shape((-1, *node.value.shape[1:]))}

    def linear(self, x: Node, weight: Node, bias: Node | None = None) -> Node:
        """PyTorch's nn.Linear over the last of two axes."""
        y = self.op("MatMul", x, weight, transpose_a=False, transpose_b=True)
        return y if bias is None else self.op("AddV2", y, bias)

    def files(self) -> tuple[str, bytes]:
        """`model.json` and `weights.bin`, little-endian."""
        manifest = [{"name": name, "shape": list(array.shape), "dtype": str(array.dtype)} for name, array in self.weights]
        described = {
            "format": "graph-model", "generatedBy": "training/fusion/graph.py", "convertedBy": None,
            "signature": {"inputs": self.inputs, "outputs": self.outputs},
            "modelTopology": {"node": self.nodes, "library": {}, "versions": {"producer": 1087}},
            "weightsManifest": [{"paths": ["weights.bin"], "weights": manifest}],
        }
        data = b"".join(array.astype(array.dtype.newbyteorder("<")).tobytes() for _, array in self.weights)
        return json.dumps(described, separators=(",", ":")) + "\n", data


Weights = dict[str, Tensor]


def attention_nodes(graph: Graph, tokens: Node, evidence: Node, weights: Weights, most: float, temperature: float) -> None:
    """AttentionFusion.parts, divided by the temperature: outputs correction, gates, attention."""
    at = {name: graph.constant(f"attention.{name}", value) for name, value in weights.items()}
    senses, heads = len(SOURCES), len(weights["nothing"])
    width, hidden = weights["encode.bias"].shape[1], len(weights["mix.bias"])
    heat = graph.constant("attention.temperature", temperature)
    by_sense = graph.op("BatchMatMulV2", graph.op("Transpose", tokens, [1, 0, 2]), at["encode.weight"], adj_x=False, adj_y=False)
    h = graph.op("Relu", graph.op("AddV2", graph.op("Transpose", by_sense, [1, 0, 2]), at["encode.bias"]))  # (n, senses, width)
    flat = graph.op("Reshape", h, [-1, width])
    score = graph.op("Reshape", graph.linear(flat, at["score.weight"], at["score.bias"]), [-1, senses, heads])
    power = graph.op("Mul", graph.op("Exp", score), graph.op("Reshape", evidence, [-1, senses, 1]))
    whole = graph.op("AddV2", graph.op("Sum", power, [1], keep_dims=True), graph.op("Exp", at["nothing"]))
    share = graph.op("RealDiv", power, whole)  # (n, senses, heads)
    value = graph.op("Reshape", graph.linear(flat, at["value.weight"]), [-1, senses, heads, width])
    weighted = graph.op("Mul", value, graph.op("Reshape", share, [-1, senses, heads, 1]))
    gathered = graph.op("Reshape", graph.op("Sum", weighted, [1], keep_dims=False), [-1, heads * width])
    deep = graph.op("Relu", graph.linear(gathered, at["mix.weight"], at["mix.bias"]))  # (n, hidden)
    alike = graph.constant("attention.alike", np.zeros((1, senses, 1), np.float32))
    beside = graph.op("AddV2", graph.op("Reshape", deep, [-1, 1, hidden]), alike)  # the same beside each sense
    both = graph.op("Reshape", graph.op("ConcatV2", h, beside, 2), [-1, width + hidden])
    gate = graph.op("Sigmoid", graph.op("Reshape", graph.linear(both, at["gate.weight"], at["gate.bias"]), [-1, senses]))
    doubled = graph.op("Mul", graph.op("Mul", gate, evidence), graph.constant("attention.two", 2.0))
    graph.output(graph.op("RealDiv", doubled, heat, name="gates"))
    known = graph.op("Mean", share, [2], keep_dims=False, name="attention")
    graph.output(known)
    bounded = graph.op("Tanh", graph.linear(deep, at["correct.weight"], at["correct.bias"]))
    by_share = graph.op("Mul", bounded, graph.op("Sum", known, [1], keep_dims=True))
    scale = graph.constant("attention.correction", most)
    graph.output(graph.op("RealDiv", graph.op("Mul", by_share, scale), heat, name="correction"))


def early_nodes(graph: Graph, tokens: Node, evidence: Node, weights: Weights, temperature: float) -> None:
    """EarlyFusion, divided by the temperature: output early."""
    at = {name: graph.constant(f"early.{name}", value) for name, value in weights.items()}
    beside = graph.op("Reshape", evidence, [-1, len(SOURCES), 1])
    rows = graph.op("ConcatV2", graph.op("Mul", tokens, beside), beside, 2)
    flat = graph.op("Reshape", rows, [-1, weights["first.weight"].shape[1]])
    first = graph.op("Relu", graph.linear(flat, at["first.weight"], at["first.bias"]))
    second = graph.op("Relu", graph.linear(first, at["second.weight"], at["second.bias"]))
    said = graph.op("Mul", graph.linear(second, at["last.weight"], at["last.bias"]), graph.op("Max", evidence, [1], keep_dims=True))
    graph.output(graph.op("RealDiv", said, graph.constant("early.temperature", temperature), name="early"))
