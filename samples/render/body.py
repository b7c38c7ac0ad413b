"""A parametric body and clothes in; a skinned, coloured mesh that a posed rig moves out."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse
from scipy.spatial import ConvexHull

from samples.render.anatomy import anatomical
from samples.render.kinematics import SUFFIX, Posed, Rig
from samples.render.pelvis import WAIST, bound, trunk_m

if TYPE_CHECKING:
    import anny

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Body:
    """A body by the model's own parameters, each 0 to 1 (gender: 0 male, 1 female), with skin and hair."""

    gender: float
    age: float
    height: float
    weight: float
    muscle: float
    proportions: float
    skin: Colour
    hair: Colour
    long_hair: bool = False


@dataclass(frozen=True)
class Outfit:
    """Colours, and how far sleeves and legs reach: 0 shoulder or hip, 1 elbow or knee, 2 wrist or ankle."""

    top: Colour
    bottom: Colour
    shoes: Colour
    sleeves: float = 0.7
    legs: float = 0.7
    #: How far the cloth stands off.
    loose_m: float = 0.008
    #: What the cloth is woven like: plain, "flecks" or "checks".
    weave: str = ""


@dataclass(frozen=True)
class Mesh:
    """A body at rest, standing on the floor: what moves and how it looks."""

    rig: Rig
    vertices: np.ndarray
    faces: np.ndarray
    #: (vertices, bones): each row sums to 1.
    weights: sparse.csr_matrix
    colours: np.ndarray

    def posed(self, posed: Posed, frame: int) -> np.ndarray:
        """The vertices in one frame, by linear blend skinning, (vertices, 3)."""
        turned, heads = posed.rotations[frame], posed.heads[frame]
        shifts = heads - np.einsum("bij,bj->bi", turned, self.rig.heads)
        blended = self.weights @ np.concatenate([turned.reshape(-1, 9), shifts], axis=1)
        return np.einsum("vij,vj->vi", blended[:, :9].reshape(-1, 3, 3), self.vertices) + blended[:, 9:]


def build(body: Body, outfit: Outfit) -> Mesh:
    """The clothed body at rest. Needs anny and torch."""
    rig, vertices, faces, weights = _naked(body)
    bones = _strongest(rig, weights)
    weights = bound(rig, vertices, weights)
    if outfit.weave:
        # A pattern needs vertices closer together.
        vertices, faces, weights, bones = _finer(vertices, faces, weights, bones)
    colours, cloth = _dressed(rig, vertices, bones, body, outfit)
    if outfit.weave:
        shade = woven(vertices[cloth > 0], outfit.weave)[:, None]
        colours[cloth > 0] = np.minimum(colours[cloth > 0] * shade, 255.0)
    outwards = normals(vertices, faces)
    vertices = vertices + outwards * (outfit.loose_m * cloth)[:, None]
    vertices = _hair(rig, vertices, outwards, bones, body, colours)
    vertices, faces, weights, colours = _shod(rig, vertices, faces, weights, colours, bones, outfit)
    return Mesh(rig, vertices, faces, weights, colours)


def woven(points: np.ndarray, weave: str) -> np.ndarray:
    """How bright a cloth is at points on it, by its plain colour: checks 3 cm wide, or flecks. ValueError if unknown."""
    if weave == "checks":
        across, up, ahead = np.floor(points.T / 0.03)
        return 1.0 + 0.22 * ((across + up + ahead) % 2 - 0.5)
    if weave == "flecks":
        return np.random.default_rng(0).uniform(0.72, 1.18, len(points))
    raise ValueError(f"no cloth is woven like {weave}")


def _finer(
    vertices: np.ndarray, faces: np.ndarray, weights: sparse.csr_matrix, bones: np.ndarray
) -> tuple[np.ndarray, np.ndarray, sparse.csr_matrix, np.ndarray]:
    """The same surface with each triangle cut into four, and who moves each vertex most."""
    edges = np.sort(faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    edges, number = np.unique(edges, axis=0, return_inverse=True)
    count = len(vertices)
    first, second, third = (count + number.reshape(-1, 3)).T
    a, b, c = faces.T
    cut = [(a, first, third), (first, b, second), (third, second, c), (first, second, third)]
    middles = sparse.csr_matrix(weights[edges[:, 0]] * 0.5 + weights[edges[:, 1]] * 0.5)
    return (
        np.concatenate([vertices, vertices[edges].mean(axis=1)]),
        np.concatenate([np.stack(corners, axis=1) for corners in cut]),
        sparse.csr_matrix(sparse.vstack([weights, middles])),
        np.concatenate([bones, bones[edges[:, 0]]]),
    )


def anatomical_rig(body: Body) -> Rig:
    """The body's skeleton at rest with the joints of its legs where people have them. Needs anny and torch."""
    rig, vertices, faces, weights = _naked(body)
    return anatomical(rig, vertices, faces, _strongest(rig, weights))


def _strongest(rig: Rig, weights: sparse.csr_matrix) -> np.ndarray:
    """The label of the bone that moves each vertex most."""
    return np.array(rig.labels)[np.asarray(weights.argmax(axis=1)).ravel()]


@cache
def _model() -> "anny.Anny":
    import anny
    import torch

    torch.set_num_threads(1)
    return anny.Anny()


def _naked(body: Body) -> tuple[Rig, np.ndarray, np.ndarray, sparse.csr_matrix]:
    import torch

    model = _model()
    shape = {
        "gender": body.gender,
        "age": body.age,
        "height": body.height,
        "weight": body.weight,
        "muscle": body.muscle,
        "proportions": body.proportions,
    }
    pose = torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1)
    with torch.no_grad():
        out = model(pose_parameters=pose, phenotype_kwargs=shape)
    # The model's axes are left, back, up.
    vertices, heads = (
        out[key][0].numpy().astype(float)[:, [0, 2, 1]] * [1, 1, -1] for key in ("rest_vertices", "rest_bone_heads")
    )
    # A sole of 15 mm under the foot.
    floor = vertices[:, 1].min() - 0.015
    vertices[:, 1] -= floor
    heads[:, 1] -= floor
    rows = np.repeat(np.arange(len(vertices)), model.vertex_bone_indices.shape[1])
    columns, values = model.vertex_bone_indices.numpy().ravel(), model.vertex_bone_weights.numpy().ravel()
    weights = sparse.csr_matrix((values, (rows, columns)), shape=(len(vertices), len(heads)))
    weights = sparse.csr_matrix(weights.multiply(1.0 / weights.sum(axis=1)))
    # Mirrored faces would be seen from inside: one axis was turned over.
    rig = Rig(tuple(model.bone_labels), tuple(int(p) for p in model.bone_parents), heads)
    return rig, vertices, _outwards(vertices, model.faces.numpy()), weights


def _outwards(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Faces turned so that the enclosed volume is positive."""
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    return faces if (a * np.cross(b, c)).sum() > 0 else faces[:, ::-1]


def normals(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Outward unit normals at the vertices, (vertices, 3)."""
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    square = np.cross(b - a, c - a)
    total = np.stack(
        [np.bincount(faces.ravel(), np.repeat(square[:, i], 3), minlength=len(vertices)) for i in range(3)], axis=1
    )
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def _along(points: np.ndarray, *joints: np.ndarray) -> np.ndarray:
    """How far points are along a chain of joints: 0 at the first, 1 at the second, 2 at the third."""
    first, second = joints[1] - joints[0], joints[2] - joints[1]
    upper = ((points - joints[0]) @ first) / (first @ first)
    lower = 1 + ((points - joints[1]) @ second) / (second @ second)
    return np.where(upper < 1, upper, np.maximum(lower, 1.0))


_ARM: Final = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
_LEG: Final = ("upperleg", "lowerleg", "foot", "toe")


def _dressed(
    rig: Rig, vertices: np.ndarray, bones: np.ndarray, body: Body, outfit: Outfit
) -> tuple[np.ndarray, np.ndarray]:
    """Colours, and where there is cloth (0 to 1)."""
    colours = np.tile(np.array(body.skin, float), (len(vertices), 1))
    cloth = np.zeros(len(vertices))
    waist = rig.mid_hip[1] + WAIST * trunk_m(rig)
    neckline = rig.joint("left", "shoulder")[1] + 0.055
    is_arm, is_leg = (np.array([bone.startswith(kind) for bone in bones]) for kind in (_ARM, _LEG))
    is_head = np.array([bone.startswith(("head", "neck", "eye")) for bone in bones])
    trunk = ~is_arm & ~is_head & (vertices[:, 1] < neckline)
    for side in SUFFIX:
        own = vertices[:, 0] * rig.joint(side, "hip")[0] >= -1e-6
        arm = _along(vertices, *(rig.joint(side, part) for part in ("shoulder", "elbow", "wrist")))
        leg = _along(vertices, *(rig.joint(side, part) for part in ("hip", "knee", "ankle")))
        sleeve = is_arm & own & (arm < outfit.sleeves)
        hose = own & ~is_arm & (vertices[:, 1] < waist) & (leg < outfit.legs)
        top = own & ((trunk & (vertices[:, 1] >= waist - 0.02)) | sleeve)
        colours[hose] = outfit.bottom
        colours[top] = outfit.top
        cloth[hose | top] = 1.0
        if outfit.legs < 2:
            # Cloth wider towards its hem.
            cloth[hose & is_leg] = 1.0 + np.clip(leg[hose & is_leg] / outfit.legs, 0, 1)
    eyes = np.char.startswith(bones.astype(str), "eye")
    colours[eyes] = (60, 45, 40)
    return colours, cloth


def _hair(
    rig: Rig, vertices: np.ndarray, outwards: np.ndarray, bones: np.ndarray, body: Body, colours: np.ndarray
) -> np.ndarray:
    """Hair as a cap that stands off the head, down to the neck where it is long."""
    eye = (rig.joint("left", "eye") + rig.joint("right", "eye")) / 2
    above, behind = vertices[:, 1] - eye[1], eye[2] - vertices[:, 2]
    is_head = np.array([bone.startswith(("head", "neck03", "neck02")) for bone in bones])
    # The hairline falls from the brow to the nape.
    low = -0.13 if body.long_hair else -0.06
    line = np.interp(behind, [0.0, 0.035, 0.07, 0.11], [0.062, 0.05, 0.0, low])
    hair = is_head & (above > line) & (vertices[:, 1] > eye[1] - 0.16)
    colours[hair] = body.hair
    thick = 0.014 if body.long_hair else 0.010
    return vertices + outwards * (thick * hair)[:, None]


def _shod(
    rig: Rig,
    vertices: np.ndarray,
    faces: np.ndarray,
    weights: sparse.csr_matrix,
    colours: np.ndarray,
    bones: np.ndarray,
    outfit: Outfit,
) -> tuple[np.ndarray, np.ndarray, sparse.csr_matrix, np.ndarray]:
    """The body with a shoe around each foot: the foot's hull, a little wider, with a pale sole, moved by the foot."""
    parts = [(vertices, faces, weights, colours)]
    count = len(vertices)
    for side, suffix in SUFFIX.items():
        own = np.array([bone.startswith(("foot", "toe")) and bone.endswith(suffix) for bone in bones])
        foot = vertices[own & (vertices[:, 1] < rig.joint(side, "ankle")[1] + 0.005)]
        middle = foot.mean(axis=0)
        grown = middle + (foot - middle) * [1.10, 1.06, 1.05]
        sole = foot.copy()
        sole[:, 1] = 0.0
        points = np.concatenate([grown, middle + (sole - middle) * [1.10, 1.0, 1.05]])
        points[:, 1] = np.maximum(points[:, 1], 0.0)
        hull = ConvexHull(points)
        used = np.unique(hull.simplices)
        triangles = np.searchsorted(used, hull.simplices)
        shoe = points[used]
        a, b, c = (shoe[triangles[:, i]] for i in range(3))
        inside = ((a - shoe.mean(0)) * np.cross(b - a, c - a)).sum(1) < 0
        triangles[inside] = triangles[inside][:, ::-1]
        # Every triangle its own corners: a shoe has edges.
        shoe = shoe[triangles.ravel()]
        colour = np.where((shoe[:, 1] < 0.022)[:, None], (225.0, 225.0, 220.0), np.array(outfit.shoes, float))
        column = rig.labels.index(f"foot.{suffix}")
        bound = sparse.csr_matrix(
            (np.ones(len(shoe)), (np.arange(len(shoe)), np.full(len(shoe), column))), (len(shoe), len(rig.labels))
        )
        parts.append((shoe, np.arange(len(shoe)).reshape(-1, 3) + count, bound, colour))
        count += len(shoe)
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        sparse.csr_matrix(sparse.vstack([part[2] for part in parts])),
        np.concatenate([part[3] for part in parts]),
    )
