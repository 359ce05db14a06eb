"""models/fusion/ from a run: a TensorFlow.js graph model, its self-test and manifest, and golden vectors for the tests.

    python -m training.fusion.export --run-dir training/runs/fusion-1
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from training.common.export import REPOSITORY, Card, ExportMismatch, Input, Output, manifest_of
from training.common.labels import EMOTIONS
from training.face.prepare import RUNS
from training.fusion.augment import Tokens, plain, spoil
from training.fusion.config import CLASSES, SCALARS, SOURCES, FusionConfig
from training.fusion.evaluate import METRICS
from training.fusion.graph import Graph, attention_nodes, early_nodes
from training.fusion.model import AttentionFusion, EarlyFusion, create
from training.fusion.prepare import CACHE, load
from training.fusion.songs import embeddings, place_matrix
from training.fusion.train import Arrays, config_of

Array = np.ndarray
VERSION = "1.0.1"
TOLERANCE = 1e-4
GOLDEN = REPOSITORY / "tests/golden/fusion-network.json"
LICENCE = {
    "spdx": "CC-BY-NC-SA-4.0",
    "source": "trained in this repository by training/fusion on what single-sense models say of acted clips; RAVDESS is for non-commercial use",
    "trainedOn": [
        "RAVDESS action units and speech (Livingstone 2018), CC BY-NC-SA 4.0", "CREMA-D votes and speech (Cao 2014), ODbL 1.0",
        "as a supplement, pairs that share only a label: FER+ (Barsoum 2016), GoEmotions (Demszky 2020)", "song places: Panda 4Q (Panda 2018), research use",
    ],
}


def samples(arrays: Arrays, count: int = 24) -> Tokens:
    """Real clips as life would have them, text among them; the first with every sense, one flat, one silent."""
    chance = np.random.default_rng(5)
    rows = chance.choice(len(arrays["ravdess/p"]), count, replace=False)
    p = arrays["ravdess/p"][rows].copy()
    p[::3, 2] = arrays["single-text/p"][chance.choice(len(arrays["single-text/p"]), len(p[::3]))]
    first, rest = plain(p[:4], np.zeros(len(SOURCES))), spoil(p[4:], np.zeros((count - 4, len(SOURCES))), chance, FusionConfig(), tuple(range(len(SOURCES))))
    parts = {name: np.concatenate([np.asarray(getattr(first, name)), np.asarray(getattr(rest, name))]) for name in Tokens.__dataclass_fields__}
    parts["p"][4, 0], parts["present"][4, 0] = 1 / CLASSES, True
    parts["present"][5] = False
    return Tokens(**parts)


def networks(state: dict[str, object]) -> tuple[AttentionFusion, EarlyFusion]:
    nets = []
    for kind in ("attention", "early"):
        net = create(kind, config_of(state), len(SOURCES), CLASSES)
        net.load_state_dict(state[kind])
        nets.append(net.eval())
    return nets[0], nets[1]


def graph_of(state: dict[str, object], memory: dict[str, float], x: Array, evidence: Array) -> tuple[Graph, dict[str, Array]]:
    """The graph with all that the product needs, and its outputs for the samples, in the manifest's order."""
    graph = Graph()
    tokens, there = graph.input("tokens", x), graph.input("evidence", evidence)
    attention_nodes(graph, tokens, there, state["attention"], config_of(state).correction, float(state["attention-temperature"]))
    early_nodes(graph, tokens, there, state["early"], float(state["early-temperature"]))
    graph.constant("memory", np.array([memory["tau"], memory["likeness"], memory["gain"]], np.float32))
    graph.constant("songs", place_matrix(*embeddings()[:2]).astype(np.float32))
    return graph, graph.told


def check(state: dict[str, object], told: dict[str, Array], parts: tuple[torch.Tensor, ...]) -> float:
    """Largest difference to PyTorch; refuses when it is more than the tolerance."""
    attention, early = networks(state)
    x, z, evidence = parts
    with torch.no_grad():
        correction, gates, shares = attention.parts(x, evidence)
        heat = float(state["attention-temperature"])
        wanted = {"correction": correction / heat, "gates": gates / heat, "attention": shares,
                  "early": early(x, z, evidence)[0] / float(state["early-temperature"])}
    worst = max(float(np.abs(value.numpy() - told[name]).max()) for name, value in wanted.items())
    if not worst <= TOLERANCE:
        raise ExportMismatch(f"the graph and PyTorch differ by {worst:.2e}")
    return worst


def metrics_of(found: dict[str, object]) -> list[dict[str, object]]:
    rows = []
    for name, part in found["seven emotions"].items():
        score = part["subsets"]["face + voice"]["hybrid"]
        for key, wanted in (("accuracy", "accuracy"), ("uar", "uar"), ("ece", "ece")):
            rows.append({"dataset": name, "split": "5 folds by actor", "name": wanted, "value": round(score[key], 4), "n": score["n"]})
    return rows


def card_of(found: dict[str, object], seed: int) -> Card:
    shapes = {"correction": CLASSES, "gates": len(SOURCES), "attention": len(SOURCES), "early": CLASSES}
    return Card(
        name="fusion", version=VERSION, task="emotion", licence=LICENCE, labels=EMOTIONS, tolerance=TOLERANCE,
        inputs=[Input("tokens", (-1, len(SOURCES), CLASSES + SCALARS)), Input("evidence", (-1, len(SOURCES)))],
        outputs=[Output(name, (-1, size), "none") for name, size in shapes.items()], metrics=metrics_of(found), script="training/fusion/train.py", seed=seed)


def write_model(folder: Path, graph: Graph, told: dict[str, Array], inputs: tuple[Array, Array], card: Card) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text, data = graph.files()
    (folder / "model.json").write_text(text, encoding="utf8")
    (folder / "weights.bin").write_bytes(data)
    (folder / "selftest.in.f32").write_bytes(b"".join(part[:1].astype("<f4").tobytes() for part in inputs))
    (folder / "selftest.out.f32").write_bytes(b"".join(told[output.name][:1].astype("<f4").tobytes() for output in card.outputs))
    manifest = manifest_of(folder, card, "tfjs", ("model.json", "weights.bin"))
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, allow_nan=False) + "\n", encoding="utf8")


def write_golden(tokens: Tokens, state: dict[str, object], told: dict[str, Array]) -> None:
    """What PyTorch makes of the samples, with everything that the product would be told."""
    attention, early = networks(state)
    x, z, evidence = tokens.tensors()
    with torch.no_grad():
        logits = {"attention": attention(x, z, evidence)[0] / float(state["attention-temperature"]),
                  "early": early(x, z, evidence)[0] / float(state["early-temperature"]), "late": torch.from_numpy(tokens.late())}

    def short(array: Array) -> object:
        return np.round(array.astype(np.float64), 6).tolist()

    rows = []
    for i in range(len(tokens.p)):
        senses = {
            source: {"probabilities": tokens.p[i, m].tolist(), "affect": tokens.affect[i, m].tolist(), "confidence": float(tokens.confidence[i, m]),
                     "quality": float(tokens.quality[i, m]), "freshness": float(tokens.freshness[i, m]), "features": short(x[i, m].numpy()),
                     "evidence": float(evidence[i, m])}
            for m, source in enumerate(SOURCES) if tokens.present[i, m]
        }
        rows.append({"senses": senses, **{name: short(value[i]) for name, value in told.items()},
                     "logits": {kind: short(value[i].numpy()) for kind, value in logits.items()}})
    GOLDEN.write_text(json.dumps({"by": "training/fusion/export.py, PyTorch", "senses": SOURCES, "rows": rows}, separators=(",", ":")) + "\n", encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run-dir", type=Path, default=RUNS / "fusion-1")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--metrics", type=Path, default=METRICS)
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "models/fusion")
    chosen = parser.parse_args()
    state = torch.load(chosen.run_dir / "final.pt", weights_only=False)
    found = json.loads(chosen.metrics.read_text(encoding="utf8"))
    tokens = samples(load(cache=chosen.cache))
    parts = tokens.tensors()
    inputs = parts[0].numpy(), parts[2].numpy()
    graph, told = graph_of(state, found["memory"]["shipped"], *inputs)
    worst = check(state, told, parts)
    write_model(chosen.folder, graph, told, inputs, card_of(found, state["config"]["seed"]))
    write_golden(tokens, state, told)
    print(f"models/fusion: {(chosen.folder / 'weights.bin').stat().st_size} bytes of weights; graph and PyTorch differ by {worst:.1e}")


if __name__ == "__main__":
    main()
