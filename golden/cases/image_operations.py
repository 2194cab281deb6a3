"""Operations of images; the same kind of table as cases/operations.py."""

import keras

from harness import renamed
from harness.layer_case import f, i

renamed.apply()

INPUTS = {
    "g": f(2, 5, 4, 3),
    "e": f(2, 4, 5, 1),
    "c": f(2, 3, 5, 4),
    "q": f(2, 5, 4, 3, scale=0.5, offset=0.5),
    "k": f(2, 3, 5, 4, scale=0.5, offset=0.5),
    "h": f(2, 5, 4, 3, dtype="float16"),
    "w": i(2, 5, 4, 3, low=0, high=256, dtype="uint8"),
    "v": f(2, 4, 5, 3, 2),
    "t": f(2, 8, scale=0.5),
    "s": f(2, 4, 2, scale=3.0, offset=2.0),
    "r": f(3, 5, 2, scale=3.0, offset=1.5),
    "o": f(3, 5, 3, scale=3.0, offset=1.5),
}

ALL = """
ops.image.resize(g, (3, 6)); ops.image.resize(g, (10, 8), interpolation="bicubic"); ops.image.resize(g, (2, 3), antialias=True); ops.image.resize(w, (3, 4))
ops.image.resize(g, (2, 2), interpolation="lanczos3", antialias=True); ops.image.resize(g, (3, 2), interpolation="lanczos5"); ops.image.resize(w, (3, 7), interpolation="nearest")
ops.image.resize(g, (3, 6), crop_to_aspect_ratio=True); ops.image.resize(g, (3, 6), pad_to_aspect_ratio=True, fill_value=0.5); ops.image.resize(c, (3, 6), data_format="channels_first")
ops.image.resize(g, (6, 3), pad_to_aspect_ratio=True); ops.image.resize(g, (6, 3), crop_to_aspect_ratio=True, interpolation="nearest")
ops.image.rgb_to_grayscale(g); ops.image.rgb_to_grayscale(c, data_format="channels_first"); ops.image.rgb_to_hsv(q); ops.image.rgb_to_hsv(k, data_format="channels_first")
ops.image.rgb_to_hsv(g); ops.image.hsv_to_rgb(q); ops.image.hsv_to_rgb(k, data_format="channels_first"); ops.image.hsv_to_rgb(g); ops.image.rgb_to_hsv(h)
ops.image.affine_transform(g, t); ops.image.affine_transform(g, t, interpolation="nearest", fill_mode="nearest"); ops.image.affine_transform(g, t, fill_mode="reflect")
ops.image.affine_transform(g, t, fill_mode="wrap"); ops.image.affine_transform(g, t, fill_mode="mirror"); ops.image.affine_transform(g, t, fill_value=2)
ops.image.affine_transform(c, t, data_format="channels_first"); ops.image.affine_transform(h, t); ops.image.affine_transform(w, t, fill_mode="reflect")
ops.image.map_coordinates(e[:, :, 0, 0], ops.transpose(r, (2, 0, 1)), 1); ops.image.map_coordinates(e[:, :, 0, 0], ops.transpose(r, (2, 0, 1)), order=0, fill_mode="nearest"); ops.image.map_coordinates(e[:, :, :, 0], ops.transpose(o, (2, 0, 1)), 1, fill_mode="reflect")
ops.image.map_coordinates(e[:, :, 0, 0], ops.transpose(r, (2, 0, 1)), 1, fill_mode="wrap"); ops.image.map_coordinates(e[:, :, 0, 0], ops.transpose(r, (2, 0, 1)), 1, fill_mode="mirror", fill_value=1); ops.image.map_coordinates(w[:, :, 0, 0], ops.transpose(r, (2, 0, 1)), 1)
ops.image.extract_patches(g, 2); ops.image.extract_patches(g, (3, 2), padding="same"); ops.image.extract_patches(c, (2, 2), data_format="channels_first"); ops.image.extract_patches(h, 2)
ops.image.pad_images(g, 1, 1, target_height=8, target_width=7); ops.image.pad_images(g, bottom_padding=1, right_padding=2, target_height=8, target_width=7); ops.image.pad_images(g, 1, 2, 3, 0)
ops.image.pad_images(c, 1, 1, 2, 2, data_format="channels_first"); ops.image.pad_images(w, 0, 1, 2, 3)
ops.image.crop_images(g, 1, 1, target_height=3, target_width=2); ops.image.crop_images(g, bottom_cropping=1, right_cropping=1, target_height=3, target_width=2); ops.image.crop_images(g, 1, 2, 1, 0)
ops.image.crop_images(c, 1, 1, 2, 2, data_format="channels_first"); ops.image.crop_images(w, 0, 1, 2, 1)
"""

NEWEST = """
ops.image.gaussian_blur(g, (3, 3), (1.0, 1.0), data_format="channels_last"); ops.image.gaussian_blur(g, (5, 3), (0.5, 1.5), data_format="channels_last"); ops.image.gaussian_blur(c, (3, 1), (2.0, 1.0), "channels_first")
ops.image.perspective_transform(g, s, ops.roll(s, 1, 1)); ops.image.perspective_transform(g, s, ops.roll(s, 1, 1), interpolation="nearest", fill_value=1); ops.image.perspective_transform(c, s, s * 1.5 + 0.25, data_format="channels_first")
ops.image.extract_patches(g, 2, strides=1); ops.image.extract_patches(g, (2, 2), strides=(1, 2), dilation_rate=1); ops.image.extract_patches(v, (2, 2, 1)); ops.image.rgb_to_grayscale(e)
ops.image.sobel_edges(g); ops.image.sobel_edges(c, data_format="channels_first"); ops.image.affine_transform(g[:, :, :, :1], t)
ops.image.extract_patches_3d(v, 2); ops.image.extract_patches_3d(v, (2, 3, 1), padding="same"); ops.image.extract_patches_3d(v, 2, strides=1)
ops.image.scale_and_translate(g, (2, 7, 6, 3), (1.5, 2.25), (0.5, -1.25), (1, 2), "linear"); ops.image.scale_and_translate(g, (2, 3, 2, 3), (0.5, 0.5), (0.25, 0.5), (1, 2), "cubic"); ops.image.scale_and_translate(g, (2, 5, 9, 3), (2.5,), (-1.5,), (-2,), "lanczos3", antialias=False)
ops.image.scale_and_translate(g, (2, 5, 4, 2), ops.abs(t[0, 0:1]) + 0.5, t[0, 0:1] * 2.0, (3,), "trilinear"); ops.image.scale_and_translate(g, (2, 4, 3, 3), (0.7, 0.8), (0.75, -0.5), (1, 2), "lanczos5")
ops.image.ssim(q, q, filter_size=3); ops.image.ssim(q, g * 0.25 + 0.5, filter_size=3, filter_sigma=0.8); ops.image.ssim(k, k * k, max_val=2.0, filter_size=2, k1=0.02, k2=0.05, data_format="channels_first"); ops.image.ssim(w, w, 255.0, filter_size=3)
ops.image.elastic_transform(g, seed=3); ops.image.elastic_transform(g, 5.0, 1.0, seed=4); ops.image.elastic_transform(g, 8.0, 0.5, "nearest", "constant", 1.0, seed=5); ops.image.elastic_transform(h, 6.0, 1.5, seed=6)
ops.image.elastic_transform(c, 3.0, 1.5, fill_mode="wrap", seed=7, data_format="channels_first"); ops.image.elastic_transform(g, 9.0, 0.1, fill_mode="mirror", seed=8); ops.image.elastic_transform(g[0], 12.0, 2.0, fill_mode="nearest", seed=9)
"""

NEWER = tuple(int(n) for n in keras.__version__.split(".")[:2]) >= (3, 15)
GROUPS = [ALL, NEWEST] if NEWER else [ALL]
EXPRESSIONS = [e.strip() for g in GROUPS for line in g.strip().splitlines() for e in line.split(";")]
