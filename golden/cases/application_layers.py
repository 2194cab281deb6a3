"""The layers that architectures of keras.applications have of their own."""

from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

from harness.layer_case import X, Y, Case, f


def layer_scale():
    yield Case("tiny", lambda: LayerScale(1e-6, 3), [f(2, 4, 4, 3)])
    yield Case("all", lambda: LayerScale(init_values=0.5, projection_dim=4, name="scale"), [f(2, 4)])
    yield Case("mixed_float16", lambda: LayerScale(1e-6, 3, dtype="mixed_float16"), [f(2, 4, 3)])


def stochastic_depth():
    yield Case("defaults", lambda: StochasticDepth(0.1), [f(2, 4, 3)])
    yield Case("named", lambda: StochasticDepth(drop_path_rate=0.0, name="depth"), [f(2, 3, 4, 2)])


def custom_scale_layer():
    two = [f(2, 4, 3), f(2, 4, 3)]
    yield Case("defaults", lambda: CustomScaleLayer(0.17), two, args=[[X, Y]])
    yield Case("one", lambda: CustomScaleLayer(scale=1.0, name="last"), two, args=[[X, Y]])
    yield Case("float16", lambda: CustomScaleLayer(0.2, dtype="float16"), two, args=[[X, Y]])


CASES = [layer_scale, stochastic_depth, custom_scale_layer]
