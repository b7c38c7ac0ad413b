"""Put trained weights into the package: `python -m tools.joints.pack TRAINED.pt`. Writes weights.npz and weights.json."""

import argparse
import hashlib
import io
import json
from pathlib import Path

import numpy as np
import torch

from alignment.pose.engines import published_file

PACKAGE = Path(__file__).resolve().parents[2] / "alignment" / "pose" / "joints"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Put the joints head's weights into the package.")
    parser.add_argument("trained", type=Path)
    parser.add_argument("--bodies", type=int, required=True, help="how many it was trained with")
    parser.add_argument("--how", default="make joints", help="how they were made, if otherwise")
    asked = parser.parse_args()
    state = torch.load(asked.trained, weights_only=True)
    weights = {
        name: value.contiguous().numpy().astype(np.float16) for name, value in state.items() if name != "middles"
    }
    packed = io.BytesIO()
    np.savez(packed, **weights)
    (PACKAGE / "weights.npz").write_bytes(packed.getvalue())
    facts = {
        "schema": "alignment-joints/1",
        "sha256": hashlib.sha256(packed.getvalue()).hexdigest(),
        "encoder": {"model": "heavy", "sha256": published_file("heavy", None).sha256},
        "weights": sum(value.size for value in weights.values()),
        "bodies": asked.bodies,
        "made_by": asked.how,
        "trained_on": "rendered bodies drawn at random (tools/joints/pictures.py); no sample clip, no real film",
        "license": "Apache-2.0",
    }
    (PACKAGE / "weights.json").write_text(json.dumps(facts, indent=2) + "\n")
    print(len(packed.getvalue()), "bytes")


if __name__ == "__main__":
    main()
