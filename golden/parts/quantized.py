"""quantized.json: layers that are quantized after they were built: their configs, variables and outputs."""

import keras

from cases.quantized import cases
from harness import formula, text
from harness.layer_case import Ref, config_text, encode, input_record, substitute, weight_record

L, Q = keras.layers, keras.quantizers


def leaves(layer):
    """The layers that are quantized, as `quantize` of a model finds them."""
    return [each for each in layer._flatten_layers() if len(list(each._flatten_layers())) == 1]


def quantize(layer, how):
    for each in leaves(layer):
        try:
            eval(f"each.quantize({how})", {"each": each, "Q": Q})
        except NotImplementedError:
            if each is layer:
                raise


def run(name, expression, how, inputs, kwargs):
    keras.utils.clear_session()
    layer = eval(expression)
    record = {"id": name, "class_name": type(layer).__name__, "how": how, "config_text": config_text(layer)}
    args = [Ref(n) for n in range(len(inputs))]
    record["call"] = {"args": encode(args), "kwargs": kwargs}
    record["inputs"] = [input_record(n, given) for n, given in enumerate(inputs)]
    given = [keras.ops.convert_to_tensor(formula.values(r), dtype=r["dtype"]) for r in record["inputs"]]
    layer(*substitute(args, given), **kwargs)
    record["weights"] = []
    for n, variable in enumerate(layer.weights):
        made = weight_record(n, variable)
        variable.assign(formula.values(made))
        record["weights"].append({**made, "path": variable.path, "name": variable.name, "trainable": variable.trainable})
    quantize(layer, how)
    record["quantized_text"] = config_text(layer)
    record["variables"] = [
        {"path": v.path, **text.tensor(keras.ops.convert_to_numpy(v))} for v in sorted(layer.weights, key=lambda v: v.path)
    ]
    found = layer(*substitute(args, given), **kwargs)
    record["outputs"] = [text.tensor(keras.ops.convert_to_numpy(found))]
    return record


def generate(folder, sections):
    records = []
    for case in cases():
        try:
            records.append(run(*case))
        except (AttributeError, NotImplementedError, TypeError, ValueError) as error:
            print(f"not in this version: {case[0]}: {str(error)[:150]}")
    text.write(folder / "quantized.json", "cases", records)
    print(f"quantized.json: {len(records)} cases")
    return 0
