"""The joints head as it is trained: two early maps in; a place and its spread for each point out."""

import torch
from torch import Tensor, nn
from torch.nn import functional

#: Channels within, and within a block.
WIDTH, INNER = 48, 80
#: As in alignment/pose/joints/head.py.
WITHIN, BEYOND = 0.12, 0.03
BLOCKS = 3


class Head(nn.Module):
    """Places from 0 to 1 of the crop, (n, points, 2), and the logarithm of their spread, (n, points)."""

    def __init__(self, points: int, fine: int = 56, coarse: int = 112) -> None:
        super().__init__()
        self.points = points
        self.fine, self.coarse = nn.Conv2d(fine, WIDTH, 1), nn.Conv2d(coarse, WIDTH, 1, bias=False)
        self.near = nn.ModuleList(nn.Conv2d(WIDTH, WIDTH, 5, padding=2, groups=WIDTH) for _ in range(BLOCKS))
        self.wide = nn.ModuleList(nn.Conv2d(WIDTH, INNER, 1) for _ in range(BLOCKS))
        self.back = nn.ModuleList(nn.Conv2d(INNER, WIDTH, 1) for _ in range(BLOCKS))
        #: Of each cell and point: the heat, where the point lies from the cell (2), the logarithm of the spread.
        self.say = nn.Conv2d(WIDTH, 4 * points, 1)
        nn.init.normal_(self.say.weight, std=0.01)
        with torch.no_grad():
            self.say.bias.zero_()
            self.say.bias[3 * points :] = -4.0
        self.register_buffer("middles", (torch.arange(32) + 0.5) / 32)

    def forward(self, fine: Tensor, coarse: Tensor, near: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Places, logarithms of spreads, and logits of the cells; looked for near these places, (n, points, 2)."""
        felt = torch.relu(self.fine(fine) + functional.interpolate(self.coarse(coarse), scale_factor=2, mode="nearest"))
        for around, wide, back in zip(self.near, self.wide, self.back, strict=True):
            felt = felt + back(torch.relu(wide(around(felt))))
        said = self.say(felt).float().flatten(2).unflatten(1, (4, self.points))
        away = torch.hypot(self.middles.repeat(32) - near[..., :1], self.middles.repeat_interleave(32) - near[..., 1:])
        logits = said[:, 0] - (torch.relu(away - WITHIN) / BEYOND) ** 2 / 2
        heat = torch.softmax(logits, -1)
        x = self.middles.repeat(32) + said[:, 1] / 8
        y = self.middles.repeat_interleave(32) + said[:, 2] / 8
        place = torch.stack([(heat * x).sum(-1), (heat * y).sum(-1)], -1)
        return place, (heat * said[:, 3]).sum(-1), logits
