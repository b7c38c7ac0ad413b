"""A clothed body, a posed rig and a camera in; pictures out, rendered off screen."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyvista as pv

from samples.render.body import Mesh, normals
from samples.render.camera import Camera
from samples.render.kinematics import SIDES, Motion, Posed
from samples.render.marks import Marks, Place, tag_corners, tag_picture
from samples.render.room import Room, texture

#: Pictures are rendered this many times larger and averaged. Multisampling smooths the edges: 1 is enough.
OVERSAMPLING = 1


def _slab(plotter: pv.Plotter, corners: np.ndarray, image: np.ndarray, repeat: tuple[float, float]) -> None:
    """A textured rectangle by three corners."""
    plane = pv.Plane(i_resolution=1, j_resolution=1)
    origin, right, up = corners
    plane.points = np.array([origin, right, up, right + up - origin], dtype=np.float32)
    plane.active_texture_coordinates = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32) * np.float32(repeat)
    surface = pv.Texture(np.ascontiguousarray(image))
    surface.repeat = True
    surface.mipmap = True
    plotter.add_mesh(plane, texture=surface, lighting=False)


def _box(plotter: pv.Plotter, low: tuple, high: tuple, colour: tuple[int, int, int]) -> None:
    bounds = [v for pair in zip(low, high, strict=True) for v in pair]
    box = pv.Box(bounds).triangulate()
    plotter.add_mesh(box, color=[c / 255 for c in colour], ambient=0.25, diffuse=0.75, show_edges=False)
    edges = pv.Box(bounds).extract_feature_edges(30)
    plotter.add_mesh(edges, color=[0.62 * c / 255 for c in colour], line_width=2, lighting=False)


def _tube(plotter: pv.Plotter, points: list, radius: float, colour: tuple[int, int, int]) -> None:
    line = pv.lines_from_points(np.array(points, float))
    plotter.add_mesh(line.tube(radius=radius), color=[c / 255 for c in colour], specular=0.3, smooth_shading=True)


def _from(point: np.ndarray, x: float, y: float, z: float) -> np.ndarray:
    return point + np.array([x, y, z])


class Person:
    """A body that moves in a scene, carried aside by (x, z)."""

    def __init__(self, plotter: pv.Plotter, mesh: Mesh, posed: Posed, place: tuple[float, float] = (0.0, 0.0)) -> None:
        self.mesh, self.posed, self.shift = mesh, posed, np.array([place[0], 0.0, place[1]])
        faces = np.concatenate([np.full((len(mesh.faces), 1), 3), mesh.faces], axis=1).ravel()
        self.surface = pv.PolyData(mesh.vertices.astype(np.float32), faces)
        self.surface["colours"] = mesh.colours.astype(np.uint8)
        self.move(0)
        plotter.add_mesh(
            self.surface, scalars="colours", rgb=True, smooth_shading=False, ambient=0.22, diffuse=0.8, specular=0.04
        ).prop.interpolation = "Phong"

    def move(self, frame: int) -> None:
        """Take the pose of a frame, beginning again after the last."""
        vertices = self.mesh.posed(self.posed, frame % len(self.posed.heads)) + self.shift
        self.surface.points = vertices.astype(np.float32)
        self.surface.point_data.active_normals = normals(vertices, self.mesh.faces).astype(np.float32)


class Worn:
    """A pair of marks that the pelvis carries along."""

    def __init__(self, plotter: pv.Plotter, marks: Marks, found: Mapping[str, Place], posed: Posed) -> None:
        self.posed, self.shapes = posed, []
        for side, place in found.items():
            look = {"ambient": 0.3, "diffuse": 0.7}
            if marks.kind == "tags":
                shape = pv.PolyData(tag_corners(place, upside_down=marks.behind), faces=[4, 0, 1, 2, 3])
                shape.active_texture_coordinates = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
                card = pv.Texture(tag_picture(side))
                card.mipmap = True
                look["texture"] = card
            elif marks.kind == "dots":
                shape = pv.Disc(center=place.centre, inner=0.0, outer=marks.radius_m, normal=place.normal, c_res=48)
            else:
                shape = pv.Sphere(radius=marks.radius_m, center=place.centre)
                look["specular"] = 0.3
            if marks.kind != "tags":
                look["color"] = [c / 255 for c in marks.colour]
            self.shapes.append((shape, np.array(shape.points, float)))
            plotter.add_mesh(shape, **look)

    def move(self, frame: int) -> None:
        """Take the pose of a frame."""
        bone = self.posed.rig.labels.index("root")
        turned, head = self.posed.rotations[frame, bone], self.posed.heads[frame, bone]
        for shape, rest in self.shapes:
            shape.points = ((rest - self.posed.rig.heads[bone]) @ turned.T + head).astype(np.float32)


class Scene:
    """A room with a body in it, seen by one camera."""

    def __init__(self, mesh: Mesh, posed: Posed, camera: Camera, room: Room, boxes: list, floor: float = 0.0) -> None:
        self.posed_rig, self.camera, self.pedals = posed, camera, {}
        size = (camera.width * OVERSAMPLING, camera.height_px * OVERSAMPLING)
        self.plotter = pv.Plotter(off_screen=True, window_size=size, lighting="none")
        self.plotter.enable_anti_aliasing("msaa", multi_samples=4)
        self._surroundings(room, floor)
        wood = tuple(int(0.9 * c) for c in room.wall_colour)
        for low, high in boxes:
            _box(self.plotter, low, high, wood)
        self._lights(room)
        self.people: list[Person | Worn] = [Person(self.plotter, mesh, posed)]
        self._aim(camera.axes)

    def _surroundings(self, room: Room, floor: float) -> None:
        if self.camera.facing in ("left", "right"):
            self._surroundings_aside(room, floor)
            return
        facing = 1.0 if self.camera.facing == "front" else -1.0
        back = -facing * 2.2 if facing > 0 else 4.4
        wall = texture(room.wall, room.wall_colour, room.seed)
        ground = texture(room.floor, room.floor_colour, room.seed + 1)
        left, right = -5.0 * facing, 5.0 * facing
        corners = np.array([[left, floor, back], [right, floor, back], [left, floor + 7, back]])
        _slab(self.plotter, corners, wall, (4, 2))
        near = self.camera.place[2] + facing * 1.5
        corners = np.array([[left, floor, near], [right, floor, near], [left, floor, back]])
        _slab(self.plotter, corners, ground, (4, 2.4))
        _box(
            self.plotter,
            (-5, floor, back - 0.03),
            (5, floor + 0.09, back + 0.03),
            tuple(min(255, c + 25) for c in room.wall_colour),
        )

    def _surroundings_aside(self, room: Room, floor: float) -> None:
        """A wall behind a body that is seen from its side, and a floor that is long enough to run past."""
        side = 1.0 if self.camera.facing == "left" else -1.0
        far, near, length = -2.2 * side, self.camera.place[0] + 1.5 * side, 9.0 * side
        wall = texture(room.wall, room.wall_colour, room.seed)
        ground = texture(room.floor, room.floor_colour, room.seed + 1)
        _slab(
            self.plotter,
            np.array([[far, floor, length], [far, floor, -length], [far, floor + 7, length]]),
            wall,
            (7, 2),
        )
        _slab(
            self.plotter,
            np.array([[near, floor, length], [near, floor, -length], [far, floor, length]]),
            ground,
            (7, 2.4),
        )

    def _lights(self, room: Room) -> None:
        if self.camera.facing in ("left", "right"):
            side = 1.0 if self.camera.facing == "left" else -1.0
            places = (
                ((3.0 * side, 3.2, 1.6 * room.light_from), 1.0),
                ((2.5 * side, 1.6, -2.5 * room.light_from), 0.45),
            )
            for place, share in (*places, ((-2.0 * side, 3.5, 0.5), 0.35)):
                light = pv.Light(position=place, focal_point=(0, 0.9, 0), intensity=share * room.key_light)
                self.plotter.add_light(light)
            return
        ahead = 1.0 if self.camera.facing == "front" else -1.0
        for place, strength in (
            ((1.6 * room.light_from, 3.2, 3.0 * ahead), room.key_light),
            ((-2.5 * room.light_from, 1.6, 2.5 * ahead), 0.45 * room.key_light),
            ((0.5, 3.5, -2.0 * ahead), 0.35 * room.key_light),
        ):
            self.plotter.add_light(pv.Light(position=place, focal_point=(0, 0.9, 0), intensity=strength))

    def bicycle(self, motion: Motion) -> None:
        """A trainer's frame, handlebar, wheel and saddle where the body needs them; pedals move with each picture."""
        dark, bright = (40, 40, 45), (170, 30, 40)
        left, right = (motion.hand[side][0] for side in SIDES)
        crank = _from(motion.ankle["left"].mean(axis=0) * [0, 1, 1], 0, -0.06, 0.12)
        saddle = _from(motion.pelvis[0], 0, -0.08, -0.03)
        middle = (left + right) / 2
        bar = [_from(left, 0, -0.02, -0.06), left, _from(middle, 0, 0, 0.06), right, _from(right, 0, -0.02, -0.06)]
        head, hub = _from(middle, 0, -0.02, 0.02), np.array([0.0, 0.34, crank[2] + 0.62])
        wheel = [_from(hub, 0, 0.33 * np.cos(t), 0.33 * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 49)]
        parts = [
            (bar, 0.015, dark),
            ([head, _from(head, 0, -0.18, 0.05)], 0.02, bright),
            ([_from(head, 0, -0.15, 0.04), crank], 0.02, bright),
            ([crank, _from(saddle, 0, -0.06, -0.02)], 0.018, bright),
            (wheel, 0.02, dark),
        ]
        for x in (-0.05, 0.05):
            parts.append(([_from(head, x, -0.18, 0.05), _from(hub, x, 0, 0)], 0.012, bright))
        for x in (-0.25, 0.25):
            parts.append(([[x, 0.02, crank[2] - 0.5], [0, 0.3, crank[2] - 0.42]], 0.02, dark))
        for points, radius, colour in parts:
            _tube(self.plotter, points, radius, colour)
        _box(self.plotter, tuple(_from(saddle, -0.07, -0.06, -0.16)), tuple(_from(saddle, 0.07, -0.02, 0.10)), dark)
        block = (-0.05, 0.05, -0.012, 0.012, -0.04, 0.04)
        self.pedals = {side: self.plotter.add_mesh(pv.Box(block), color=(0.15, 0.15, 0.17)) for side in SIDES}

    def bystander(self, mesh: Mesh, posed: Posed, place: tuple[float, float]) -> None:
        """Somebody else, at (x, z)."""
        self.people.append(Person(self.plotter, mesh, posed, place))

    def wear(self, marks: Marks, found: Mapping[str, Place]) -> None:
        """Put marks on the body that is filmed."""
        self.people.append(Worn(self.plotter, marks, found, self.posed_rig))

    def _aim(self, axes: np.ndarray) -> None:
        view = self.plotter.camera
        view.position = tuple(self.camera.place)
        view.focal_point = tuple(self.camera.place + axes[2])
        view.up = tuple(-axes[1])
        view.view_angle = self.camera.vfov_deg
        view.clipping_range = (0.2, 30.0)

    def pictures(self, axes: np.ndarray, frames: Iterator[int] | range) -> Iterator[np.ndarray]:
        """The pictures, (height, width, 3); `axes` are the camera's in every frame."""
        for frame in frames:
            for person in self.people:
                person.move(frame)
            for side, actor in self.pedals.items():
                actor.position = tuple(_from(self.posed_rig.joint(side, "toe")[frame], 0, -0.055, -0.02))
            self._aim(axes[frame])
            self.plotter.render()
            image = self.plotter.screenshot(return_img=True)
            high, wide = self.camera.height_px, self.camera.width
            yield image.reshape(high, OVERSAMPLING, wide, OVERSAMPLING, 3).mean(axis=(1, 3))

    def close(self) -> None:
        """Give the window back."""
        self.plotter.close()
