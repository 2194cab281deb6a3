"""Models whose weights are quantized, each made of the same floats, which quantizable_float has."""

import keras
from keras import layers as L

Q = keras.quantizers
IS_NEW = hasattr(Q, "Int8QuantizationConfig")


def quantizable():
    words = keras.Input((4,), dtype="int32", name="words")
    x = L.Embedding(10, 6, name="vectors")(words)
    inner_x = keras.Input((4, 6), name="inner_x")
    inner = keras.Model(inner_x, L.Dense(5, activation="relu", name="inside")(inner_x), name="inner")
    h = inner(x)
    outputs = [
        L.Dense(3, use_bias=False, name="plain")(L.GlobalAveragePooling1D(name="mean")(h)),
        L.EinsumDense("abc,cd->abd", (None, 7), bias_axes="d", activation="tanh", name="last")(h),
        L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de", name="heads")(h),
        L.EinsumDense("abc,bcd->ad", (4,), bias_axes="d", name="both")(h),
        L.EinsumDense("abc,bd->adc", (3, 5), name="middle")(h),
    ]
    return keras.Model(words, outputs, name="quantizable")


def quantized(*args, **kwargs):
    def make():
        model = quantizable()
        keras.utils.set_random_seed(1)
        for layer in model._flatten_layers():
            if getattr(layer, "bias", None) is not None:
                layer.bias.assign(keras.random.uniform(layer.bias.shape, -1, 1, seed=3))
        if args or kwargs:
            model.quantize(*args, **kwargs)
        return model

    return make


def float8():
    model = quantized("float8")()
    for i, weight in enumerate(w for w in model.weights if w.name in ("inputs_scale", "kernel_scale")):
        weight.assign(0.002 * (i + 1))
    # A model that was read lists its weights in another order than one that was quantized.
    again = keras.models.clone_model(model)
    values = {w.path: w for w in model.weights}
    for weight in again.weights:
        weight.assign(values[weight.path])
    return again


def int8_mixed():
    x = keras.Input((4,), name="x")
    h = L.Dense(5, dtype="mixed_bfloat16", name="half")(x)
    model = keras.Model(x, L.Dense(3, name="y")(h), name="int8_mixed")
    model.get_layer("half").quantize("int8")
    return model


def both_ways(**kwargs):
    """An embedding whose way back has weights of its own."""
    ids = keras.Input((4,), dtype="int32", name="ids")
    embedding = L.ReversibleEmbedding(10, 6, tie_weights=False, logit_soft_cap=2.0, name="both")
    h = L.Dense(6, activation="tanh", name="between")(embedding(ids))
    model = keras.Model(ids, embedding(h, reverse=True), name="both_ways")
    keras.utils.set_random_seed(1)
    model.quantize(**kwargs)
    return model


BUILDERS = {
    "quantizable_float": quantized(),
    "quantized_int8": quantized("int8"),
    "quantized_float8": float8,
    "quantized_int8_mixed": int8_mixed,
}
if IS_NEW:
    BUILDERS |= {
        "quantized_int8_weights": quantized(config=Q.Int8QuantizationConfig(activation_quantizer=None)),
        "quantized_int8_ranges": quantized(
            config=Q.Int8QuantizationConfig(
                Q.AbsMaxQuantizer(axis=0, value_range=(-100, 100)), Q.AbsMaxQuantizer(value_range=(-63, 63), epsilon=1e-3)
            ),
            filters="plain|inside",
        ),
        "quantized_int4": quantized("int4"),
        "quantized_int4_blocks": quantized(config=Q.Int4QuantizationConfig(block_size=3)),
        "quantized_int4_channels": quantized(config=Q.Int4QuantizationConfig(block_size=-1)),
        "quantized_both_ways_int8": lambda: both_ways(mode="int8"),
        "quantized_both_ways_int4": lambda: both_ways(config=Q.Int4QuantizationConfig(block_size=4)),
        "quantized_int4_inputs": quantized(config=Q.Int4QuantizationConfig(None, Q.AbsMaxQuantizer(), block_size=None)),
    }
