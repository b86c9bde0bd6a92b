"""The exercises of section 2.3.5."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def rotate_about(points, centre, angle):
    cos, sin = np.cos(angle), np.sin(angle)
    return (points - centre) @ np.array([[cos, sin], [-sin, cos]]) + centre


def _turn(angle):
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, sin], [-sin, cos]])


def _rotation_cases(rng):
    corners = np.array([[2.0, 1.0], [3.0, 1.0], [3.0, 3.0]])
    centre = np.array([2.0, 1.0])
    cases = [(corners, centre, np.pi / 2), (corners, np.zeros(2), np.pi / 6)]
    cases += [(rng.normal(size=(n, 2)), rng.normal(size=2), rng.uniform(-3, 3)) for n in (1, 2, 9)]
    return cases


def undo(images, weights, bias):
    return (images - bias) @ np.linalg.inv(weights)


def _image_cases(rng):
    images = np.array([[4.0, 5.0], [1.0, 3.0], [3.0, 3.0]])
    cases = [(images, np.array([[1.0, 0.0], [2.0, 1.0]]), np.array([1.0, 3.0]))]
    for n in (1, 2, 8):
        weights = np.array([[2.0, 0.0], [0.0, 3.0]]) + rng.uniform(-0.9, 0.9, (2, 2))
        cases.append((rng.normal(size=(n, 2)), weights, rng.normal(size=2)))
    return cases


def triangle_area(corners):
    (a, b), (c, d) = corners[1:] - corners[0]
    return (a * d - b * c) / 2


def _triangle_cases(rng):
    right_angled = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]])
    chosen = [right_angled, right_angled[::-1].copy(), right_angled + np.array([1, 2])]
    chosen += [np.array([[0.0, 0.0], [1.0, 1.0], [3.0, 3.0]]), np.array([[0, 0], [1, 0], [0, 1]])]
    return [(corners,) for corners in (*chosen, *rng.normal(size=(5, 3, 2)))]


EXERCISES = (
    Exercise(
        solution=rotate_about,
        cases=_rotation_cases,
        mistakes=(
            Mistake(
                lambda points, centre, angle: points @ _turn(angle),
                en="That turns about the origin. The centre should stay where it is.",
                zh="这是绕原点转。转完之后，中心应该还在原处。",
            ),
            Mistake(
                lambda points, centre, angle: (points - centre) @ _turn(angle),
                en="The centre was moved to the origin, and has not been moved back.",
                zh="中心移到了原点，还没有移回去。",
            ),
            Mistake(
                lambda points, centre, angle: (points - centre) @ _turn(-angle) + centre,
                en="That turns to the right. Row 0 of the matrix is where (1, 0) goes: "
                "for a small angle, a little upwards.",
                zh="这样是往右转。矩阵的第 0 行是 (1, 0) 的像：角度很小时，应该稍稍偏上。",
            ),
            Mistake(
                lambda points, centre, angle: (points - centre) @ _turn(np.radians(angle)) + centre,
                en="The angle comes in radians already.",
                zh="给的角度已经是弧度了。",
            ),
            Mistake(
                lambda points, centre, angle: points @ _turn(angle) + centre,
                en="Before turning, the centre has to come to the origin.",
                zh="转之前，要先把中心移到原点。",
            ),
            Mistake(
                lambda points, centre, angle: (points + centre) @ _turn(angle) - centre,
                en="The two translations are the wrong way round: what moves the centre to "
                "the origin?",
                zh="两次平移的方向反了：怎样才能把中心移到原点？",
            ),
        ),
        hint={
            "en": "Three steps: centre to the origin, turn, back. Points are rows, and the rows "
            "of the matrix are the turned unit arrows.",
            "zh": "分三步：中心移到原点，转，移回去。一行一个点，矩阵的两行是转过的两个单位箭头。",
        },
    ),
    Exercise(
        solution=undo,
        cases=_image_cases,
        mistakes=(
            Mistake(
                lambda images, weights, bias: images @ np.linalg.inv(weights) - bias,
                en="Shoes come off before socks: what was done last is undone first.",
                zh="先脱鞋，后脱袜：最后做的那一步，要最先撤销。",
            ),
            Mistake(
                lambda images, weights, bias: (images - bias) @ weights.T,
                en="The transpose turns back a rotation. For other matrices, it is not the "
                "way back.",
                zh="转置只能撤销旋转。换成别的矩阵，就回不去了。",
            ),
            Mistake(
                lambda images, weights, bias: (images - bias) / weights,
                en="`/` divides entry by entry. Wanted is the matrix that undoes a product.",
                zh="`/` 是逐元素相除。这里要的是能撤销矩阵乘积的那个矩阵。",
            ),
            Mistake(
                lambda images, weights, bias: images @ np.linalg.inv(weights),
                en="The bias is still in the images.",
                zh="偏置还留在里面，没有减去。",
            ),
            Mistake(
                lambda images, weights, bias: (np.linalg.inv(weights) @ (images - bias).T).T,
                en="That is the way back for points that are columns. Ours are rows.",
                zh="点写成列，才这样撤销。我们是一行一个点。",
            ),
            Mistake(
                lambda images, weights, bias: images @ weights + bias,
                en="That goes forward once more.",
                zh="这又往前走了一步。",
            ),
        ),
        hint={
            "en": "Two steps were taken, first the weights and then the bias. Undo each, the last "
            "one first.",
            "zh": "当初走了两步，先乘权重，后加偏置。逐步撤销，后走的先撤。",
        },
    ),
    Exercise(
        solution=triangle_area,
        cases=_triangle_cases,
        mistakes=(
            Mistake(
                lambda corners: 2 * triangle_area(corners),
                en="That is the whole parallelogram.",
                zh="这是整个平行四边形的面积。",
            ),
            Mistake(
                lambda corners: abs(triangle_area(corners)),
                en="The size is right. The sign was asked for too.",
                zh="大小对了，但还要带上正负号。",
            ),
            Mistake(
                lambda corners: -triangle_area(corners),
                en="The sign is the wrong way round. In which order do the two sides, or "
                "the two products, come?",
                zh="正负反了。两条边谁先谁后？两个乘积谁减谁？",
            ),
            Mistake(
                lambda corners: np.linalg.det(corners[1:]) / 2,
                en="Right if the first corner is the origin. In general the sides are "
                "arrows from one corner to the others.",
                zh="第一个顶点在原点时才对。一般来说，边是从一个顶点指向另一个的箭头。",
            ),
            Mistake(
                lambda corners: np.prod(np.linalg.norm(corners[1:] - corners[0], axis=1)) / 2,
                en="Side times side is right only where the angle is a right one.",
                zh="边长相乘，只有夹角是直角时才对。",
            ),
        ),
        hint={
            "en": "Two sides from the same corner are two rows; what does their determinant "
            "measure, and which part of it is the triangle?",
            "zh": "同一个顶点出发的两条边就是两行。这两行的行列式量的是什么？三角形占多少？",
        },
    ),
)
