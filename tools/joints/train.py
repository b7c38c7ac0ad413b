"""Train the joints head: `python -m tools.joints.train FEATURES OUT`. The seed is fixed; the last weights count."""

import argparse
import math
import time
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tools.joints.features import CHECK_EVERY, POINTS
from tools.joints.network import Head

SEED: Final = 7
BATCH: Final = 16
RATE: Final = 1.5e-3
#: What the heat is pulled to: a bell this wide, in cells.
BELL: Final = 1.0


class Pictures:
    """The crops' maps and points, read into memory."""

    def __init__(self, paths: list[Path]) -> None:
        self.fine, self.coarse, self.true, self.model = [], [], [], []
        self.activity: list[str] = []
        for path in paths:
            kept = np.load(path)
            self.fine.extend(kept["fine"])
            self.coarse.extend(kept["coarse"])
            self.true.extend(kept["true"])
            self.model.extend(kept["model"])
            self.activity += [str(kept["activity"])] * len(kept["true"])

    def __len__(self) -> int:
        return len(self.true)

    def batch(self, which: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
        """Fine maps, coarse maps, points."""
        fine = torch.from_numpy(np.stack([self.fine[i] for i in which]).astype(np.float32))
        coarse = torch.from_numpy(np.stack([self.coarse[i] for i in which]).astype(np.float32))
        return fine, coarse, torch.from_numpy(np.stack([self.true[i] for i in which]))


def loss_of(place: Tensor, spread: Tensor, heat: Tensor, true: Tensor) -> Tensor:
    """The places' error, the heat's form, and how well the spread tells the error."""
    off = place - true
    near = functional.smooth_l1_loss(place * 100, true * 100, beta=1.0)
    middles = (torch.arange(32) + 0.5) / 32
    across = torch.exp(-(((true[..., 0:1] - middles) * 32 / BELL) ** 2) / 2)
    down = torch.exp(-(((true[..., 1:2] - middles) * 32 / BELL) ** 2) / 2)
    bell = (down[..., :, None] * across[..., None, :]).flatten(2)
    seen = bell.sum(-1) > 0.5
    bell = bell / bell.sum(-1, keepdim=True).clamp(min=1e-6)
    form = -((bell * torch.log_softmax(heat, -1)).sum(-1) * seen).mean()
    square = (off.detach() ** 2).mean(-1)
    likely = (square / (2 * torch.exp(2 * spread)) + spread).mean()
    return near + 0.1 * form + 0.1 * likely


def landmarks(true: Tensor) -> Tensor:
    """Places about as far from the points as the model's landmarks are: hips higher, toes further down."""
    off = 0.025 * torch.randn_like(true) * torch.where(torch.rand(true.shape[:2]) < 0.15, 2.0, 1.0)[..., None]
    lower = torch.tensor([-0.018, 0.0, 0.0, 0.03, -0.018, 0.0, 0.0]).repeat(2)
    return true + off + torch.stack([torch.zeros(2 * POINTS), lower], -1)


def scaled(head: Head, pictures: Pictures) -> None:
    """Make the first layers take the maps as if each channel had mean 0 and spread 1."""
    some = np.random.default_rng(SEED).choice(len(pictures), min(200, len(pictures)), replace=False)
    fine, coarse, _ = pictures.batch(some)
    with torch.no_grad():
        for layer, maps in ((head.fine, fine), (head.coarse, coarse)):
            spread, mean = maps.std((0, 2, 3)) + 1e-3, maps.mean((0, 2, 3))
            layer.weight /= spread[None, :, None, None]
            head.fine.bias -= (layer.weight[:, :, 0, 0] * mean).sum(1)


def checked(head: Head, check: Pictures) -> str:
    """The points' errors on the bodies kept for checking, % of the crop's side, beside the model's own."""
    with torch.no_grad():
        true, model = np.stack(check.true), np.stack(check.model)
        own = model.reshape(-1, 2, 5, 2)[:, :, [0, 1, 2, 4, 0, 1, 2]]
        near = torch.from_numpy(own.reshape(len(own), -1, 2))
        parts = np.array_split(np.arange(len(check)), 40)
        found = np.concatenate([head(*check.batch(some)[:2], near[some])[0].numpy() for some in parts])
    error = 100 * np.linalg.norm(found - true, axis=-1).reshape(-1, 2, POINTS)
    theirs = 100 * np.linalg.norm(own - true.reshape(-1, 2, POINTS, 2), axis=-1)
    return f"{np.median(error, axis=(0, 1)).round(2)} model {np.median(theirs, axis=(0, 1)).round(2)}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the joints head.")
    parser.add_argument("features", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="trained weights to go on from, at half the pace")
    parser.add_argument("--crops", type=int, default=150_000, help="how many crops it is shown in all")
    asked = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    paths = sorted(asked.features.glob("*.npz"))
    kept_back = [path for path in paths if int(path.stem) % CHECK_EVERY == 0]
    train, check = Pictures([path for path in paths if path not in kept_back]), Pictures(kept_back)
    print(f"{len(paths)} bodies, {len(train)} crops to train with, {len(check)} to check with", flush=True)
    head = Head(2 * POINTS)
    print(sum(weights.numel() for weights in head.parameters()), "weights", flush=True)
    if asked.start:
        head.load_state_dict(torch.load(asked.start, weights_only=True))
    else:
        scaled(head, train)
    head = head.to(memory_format=torch.channels_last)
    steps = asked.crops // BATCH
    chooser = np.random.default_rng(SEED)
    taught = torch.optim.AdamW(head.parameters(), lr=RATE / 2 if asked.start else RATE, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.LambdaLR(
        taught, lambda step: min(1, (step + 1) / 100) * (0.01 + 0.99 * (1 + math.cos(math.pi * step / steps)) / 2)
    )
    begun, losses = time.monotonic(), []
    order: np.ndarray = np.empty(0, int)
    for step in range(steps):
        if len(order) < BATCH:
            order = np.concatenate([order, chooser.permutation(len(train))])
        fine, coarse, true = train.batch(order[:BATCH])
        # Twice as fast on a processor.
        fine, coarse = (maps.contiguous(memory_format=torch.channels_last) for maps in (fine, coarse))
        order = order[BATCH:]
        # Maps a little out of tune, so that no single channel is relied on.
        fine = fine * (1 + 0.1 * torch.randn(len(fine), fine.shape[1], 1, 1))
        coarse = coarse * (1 + 0.1 * torch.randn(len(coarse), coarse.shape[1], 1, 1))
        loss = loss_of(*head(fine, coarse, landmarks(true)), true)
        taught.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(head.parameters(), 5.0)
        taught.step()
        plan.step()
        losses.append(loss.item())
        if (step + 1) % 200 == 0 or step + 1 == steps:
            print(step + 1, round(time.monotonic() - begun), round(float(np.mean(losses[-200:])), 3), flush=True)
            print(checked(head, check), flush=True)
            asked.out.parent.mkdir(parents=True, exist_ok=True)
            torch.save(head.state_dict(), asked.out)


if __name__ == "__main__":
    main()
