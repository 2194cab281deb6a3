"""quantizers.json: quantizers, the configs that name them, functions on numbers, and layers whose weights were fitted."""


import keras
import numpy as np
from keras import layers as L
from keras import ops
from keras import quantizers as Q

from harness import formula, text
from harness.layer_case import config_text, literal

OBJECTS = """
Q.AbsMaxQuantizer(0) | Q.AbsMaxQuantizer(axis=-1) | Q.AbsMaxQuantizer(axis=(0, 1)) | Q.AbsMaxQuantizer(axis=[1], value_range=(-8, 7), epsilon=1e-3)
Q.AbsMaxQuantizer(axis=0, value_range=(0, 255), output_dtype="uint8") | Q.AbsMaxQuantizer() | Q.AbsMaxQuantizer(value_range=(-63, 63))
Q.Int8QuantizationConfig() | Q.Int8QuantizationConfig(activation_quantizer=None) | Q.Int8QuantizationConfig(Q.AbsMaxQuantizer(axis=0), None)
Q.Int4QuantizationConfig() | Q.Int4QuantizationConfig(block_size=None) | Q.Int4QuantizationConfig(block_size=-1) | Q.Int4QuantizationConfig(block_size=64)
Q.Int4QuantizationConfig(Q.AbsMaxQuantizer(axis=0, value_range=(-8, 7)), Q.AbsMaxQuantizer(), block_size=-1) | Q.Float8QuantizationConfig()
keras.src.quantizers.gptq_config.GPTQConfig(None, None, weight_bits=8, group_size=-1, symmetric=True, per_channel=False, hessian_damping=0.5)
keras.src.quantizers.gptq_config.GPTQConfig(None, None) | Q.AWQConfig(None, None) | Q.AWQConfig(None, None, group_size=32, num_grid_points=10, num_samples=4, sequence_length=8)
"""

X = formula.spec(1, "float32", (4, 6), scale=3.0)
WIDE = formula.spec(2, "float32", (7, 5), scale=0.5, offset=0.2)
SMALL = literal("float32", (16,), [0, 1e-9, 0.001, 0.0019, 0.002, 0.01, 0.3, 1, 1.0625, 1.1875, 17, 26, 447, 449, -500, 70000])
BYTES = formula.spec(3, "int8", (5, 3), low=-8, high=8)
PACKED = formula.spec(4, "int8", (3, 4), low=-128, high=128)
UNSIGNED = formula.spec(5, "uint8", (3, 4), low=0, high=256)

CALLS = """
Q.abs_max_quantize(X, axis=-1) | Q.abs_max_quantize(X, axis=0) | Q.abs_max_quantize(X, axis=(0, 1), value_range=(-8, 7)) | Q.abs_max_quantize(X, 0, to_numpy=True)
Q.abs_max_quantize(X, axis=0, value_range=(0, 255), dtype="uint8", epsilon=0.5) | Q.AbsMaxQuantizer(axis=1)(X)
Q.quantize_and_dequantize(SMALL, 1.0, "float8_e4m3fn", "float32") | Q.quantize_and_dequantize(SMALL, 1.0, "float8_e5m2", "float32")
Q.quantize_and_dequantize(X, np.float32(0.013), "float8_e4m3fn", "float32") | Q.quantize_and_dequantize(X, 0.25, "float8_e5m2", "float32")
Q.compute_float8_scale(np.float32(3), np.float32(0.5), np.float32(448)) | Q.compute_float8_scale(np.float32(0), np.float32(0.5), np.float32(448), 2)
Q.compute_float8_scale(np.float32("inf"), np.float32(0.5), np.float32(448)) | Q.compute_float8_scale(np.float32(3), np.float32(0.5), np.float32(448), 2)
Q.compute_float8_amax_history(X, SMALL)
Q.pack_int4(BYTES) | Q.pack_int4(BYTES, axis=1) | Q.pack_int4(BYTES, axis=-1)
Q.unpack_int4(PACKED, 5) | Q.unpack_int4(PACKED, 6, axis=0) | Q.unpack_int4(PACKED, 7, axis=1) | Q.unpack_int4(UNSIGNED, 8, axis=-1, dtype="uint8")
Q.abs_max_quantize_grouped_with_zero_point(WIDE, 3, to_numpy=True) | Q.abs_max_quantize_grouped_with_zero_point(WIDE, 128, to_numpy=True)
Q.fake_quant_with_min_max_vars(X, np.float32(-1), np.float32(2)) | Q.fake_quant_with_min_max_vars(X, np.float32(0), np.float32(2), num_bits=4, narrow_range=True)
Q.fake_quant_with_min_max_vars(X, np.array([-1, -2, 0, -0.5, -3, 0.5], "float32"), np.array([1, 2, 1, 0.5, 1, 2], "float32"), num_bits=3, axis=1)
"""

NAMES = {"X": X, "WIDE": WIDE, "SMALL": SMALL, "BYTES": BYTES, "PACKED": PACKED, "UNSIGNED": UNSIGNED}

FITTED = """
L.Dense(5, dtype=POLICY) | L.Dense(4, use_bias=False, activation="relu", dtype=POLICY) | L.EinsumDense("ab,bcd->acd", (2, 3), bias_axes="cd", dtype=POLICY)
L.EinsumDense("ab,bc->ac", (7,), dtype=POLICY)
"""
POLICIES = ["gptq/4/2", "gptq/4/-1", "gptq/8/4", "gptq/2/3", "awq/4/3", "awq/4/-1"]


def tensors(found):
    if isinstance(found, (tuple, list)):
        return [t for each in found for t in (tensors(each) if hasattr(each, "dtype") else [])]
    return [text.tensor(keras.ops.convert_to_numpy(found))]


def fitted(layer):
    """What a layer gives with weights that were fitted, made of formulas."""
    layer.build((4, 6))
    for name in ("is_gptq_calibrated", "is_awq_calibrated"):
        setattr(layer, name, True)
    records = []
    for k, weight in enumerate(layer.weights):
        shape, dtype = tuple(weight.shape), weight.dtype
        if dtype == "uint8":
            spec = formula.spec(k, dtype, shape, low=0, high=256 if weight.name == "kernel" else 16)
        elif weight.name == "g_idx":
            groups = layer.kernel_scale.shape[1]
            spec = literal(dtype, shape, [float(i * groups // shape[0]) for i in range(shape[0])])
        else:
            spec = formula.spec(k, dtype, shape, scale=0.2, offset=1.0)
        weight.assign(formula.values(spec))
        records.append({"name": weight.name, **spec})
    return records


def generate(folder, sections):
    keras.utils.clear_session()
    records = [{"kind": "quantizer", "id": e, "config_text": config_text(made)} for e, made in expressions_of(OBJECTS, {})]
    given = {name: ops.convert_to_tensor(formula.values(spec)) for name, spec in NAMES.items()}
    for expression, made in expressions_of(CALLS, given):
        records.append({"kind": "call", "id": expression, "inputs": NAMES, "outputs": tensors(made)})
    for mode in POLICIES:
        for expression, layer in expressions_of(FITTED, {"POLICY": f"{mode}_from_float32"}):
            try:
                weights = fitted(layer)
                outputs = tensors(layer(given["X"]))
            except (AttributeError, ValueError) as error:
                print(f"not in this version: {mode} {expression}: {error}")
                continue
            record = {"kind": "fitted", "id": f"{mode} {expression}", "config_text": config_text(layer), "weights": weights}
            records.append({**record, "inputs": [X], "outputs": outputs})
    text.write(folder / "quantizers.json", "quantizers", records)
    return 0


def expressions_of(table, names):
    for expression in (e.strip() for line in table.strip().splitlines() for e in line.split(" | ")):
        try:
            yield expression, eval(expression, globals(), names)
        except (AttributeError, TypeError, ValueError) as error:
            print(f"not in this version: {expression}: {error}")
