"""How a whole model is written, cloned and run by TensorFlow's Keras."""

import math

import tensorflow as tf

from harness import formula

from . import records

TEXTS = ["cat", "dog", "a bird", ""]


def input_records(model, batch=2):
    """The inputs in the model's own structure, each a formula by its number among the flat ones."""
    specs = model._nested_inputs
    flat = tf.nest.flatten(specs)
    made = []
    for n, spec in enumerate(flat):
        shape = [spec.shape[0] or batch, *(d or 3 for d in spec.shape[1:])]
        dtype = spec.dtype.name
        if dtype == "string":
            values = [TEXTS[(n + i) % len(TEXTS)] for i in range(math.prod(shape))]
            made.append({"dtype": dtype, "shape": shape, "values": values})
        else:
            limits = {} if formula.is_float(dtype) or dtype == "bool" else {"low": 0, "high": 5}
            made.append(formula.spec(n + 1, dtype, shape, **limits))
    return in_order_of(specs, made)


def in_order_of(specs, made):
    """tf.nest takes the keys of a dict in sorted order; a record keeps the model's."""
    if not tf.nest.is_nested(specs):
        return made[0]
    packed = tf.nest.pack_sequence_as(specs, list(range(len(made))))

    def ordered(spec, place):
        if isinstance(spec, dict):
            return {n: ordered(spec[n], place[n]) for n in spec}
        if isinstance(spec, (list, tuple)):
            return [ordered(s, p) for s, p in zip(spec, place)]
        return made[place]

    return ordered(specs, packed)


def tensors(structure):
    if "dtype" in structure:
        return tf.convert_to_tensor(formula.values(structure))
    if isinstance(structure, dict):
        return {n: tensors(s) for n, s in structure.items()}
    return [tensors(s) for s in structure]


def describe(model):
    """What is to be known of a model without running it."""
    return {
        "class_name": type(model).__name__,
        "to_json": model.to_json(),
        "layers": [[type(layer).__name__, layer.name, layer.trainable] for layer in model.layers],
    }


def cloned(model):
    order = []

    def again(layer):
        order.append([type(layer).__name__, layer.name])
        return layer.__class__.from_config(layer.get_config())

    tf.keras.models.clone_model(model, clone_function=again)
    copy = tf.keras.models.clone_model(model)
    record = {"clone_class": type(copy).__name__, "clone_order": order}
    if copy.to_json() != model.to_json():
        record["clone_json"] = copy.to_json()
    return record


def variable_record(variable):
    return [variable.name, list(variable.shape), variable.dtype.base_dtype.name, bool(variable.trainable)]


def train(model, steps, inputs):
    """Trains on formula numbers, and says what came of it."""
    x = tensors(inputs)
    outputs = model(x, training=False)
    made = []
    for n, t in enumerate(tf.nest.flatten(outputs)):
        made.append(formula.spec(50 + n, "float32", t.shape, scale=0.5, offset=0.5))
    y = tf.nest.pack_sequence_as(outputs, [tf.convert_to_tensor(formula.values(r)) for r in made]) if tf.nest.is_nested(outputs) else tensors(made[0])
    losses = [float_list(model.train_on_batch(x, y)) for _ in range(steps)]
    return {
        "y": made,
        "steps": losses,
        "metrics_names": model.metrics_names,
        "evaluate": float_list(model.evaluate(x, y, verbose=0)),
        "optimizer_weights": [
            {"name": w.name, **records.tensor(tf.convert_to_tensor(w))} for w in optimizer_weights(model.optimizer)
        ],
    }


def optimizer_weights(optimizer):
    """Those of tf.keras.optimizers.experimental are not in a file."""
    if not isinstance(optimizer, tf.keras.optimizers.Optimizer):
        return []
    return optimizer.weights if hasattr(optimizer, "weights") else list(optimizer.variables)


def float_list(value):
    return [float(v) for v in (value if isinstance(value, list) else [value])]


def save(model, path, record):
    if path.suffix == ".keras":
        from harness import fixed

        with fixed.reproducible_saving():
            model.save(path)
        return
    try:
        model.save(path, save_format="h5")
    except (NotImplementedError, ValueError) as error:
        path.unlink(missing_ok=True)
        record["not_saved"] = str(error).split("\n")[0][:200]


def run(name, build, folder, steps=0, calls=True, formats=("h5",)):
    """Builds, writes and records one model."""
    tf.keras.backend.clear_session()
    tf.keras.mixed_precision.set_global_policy("float32")
    tf.random.set_seed(0)
    try:
        model = build()
        record = {"id": name, **describe(model)}
        if model.built:
            records.set_weights(model.weights)
            record["weights"] = [variable_record(w) for w in model.weights]
        if model.inputs:
            record["input_names"], record["output_names"] = model.input_names, model.output_names
            record["inputs"] = input_records(model)
            if steps:
                record["training"] = train(model, steps, record["inputs"])
            if calls:
                record["outputs"] = records.structured(model(tensors(record["inputs"]), training=False))
        record.update(cloned(model))
        folder.mkdir(parents=True, exist_ok=True)
        for suffix in formats:
            save(model, folder / f"{name}.{suffix}", record)
        return record
    finally:
        tf.keras.mixed_precision.set_global_policy("float32")
