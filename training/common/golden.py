"""Golden files: real inputs with the trainer's features, which the TypeScript front end must reproduce."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np


def rounded(values: np.ndarray, digits: int = 6) -> list[object]:
    """Nested lists short enough to be stored as text; refuses numbers JSON has no word for."""
    values = np.asarray(values, np.float64)
    if not np.isfinite(values).all():
        raise ValueError("a golden file must hold finite numbers only")
    return np.round(values, digits).tolist()


def write_golden(path: Path, about: str, tolerance: float, cases: list[dict[str, object]]) -> None:
    """cases: dicts of plain values or arrays. about says which front end made them, with its parameters."""
    plain = [
        {key: rounded(value) if isinstance(value, np.ndarray) else value for key, value in case.items()} for case in cases
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"about": about, "tolerance": tolerance, "cases": plain}, separators=(",", ":"), allow_nan=False)
    path.write_text(text + "\n", encoding="utf8")
