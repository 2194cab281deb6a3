"""One version of Keras, told what to load on the lines of stdin, as JSON; one line of JSON is the answer to each.

`program.py keras` is Keras 3 on NumPy, or on JAX or TensorFlow where CERATOPS_BACKEND says so; `program.py tf_keras` is TensorFlow's own.
CERATOPS_KERAS names a folder with another release of Keras 3 than that of the environment.
Requests: {"cmd": "version"}
  {"cmd": "load", "file": PATH}                      answers with "error": null, or what Keras says
  {"cmd": "run", "file": PATH, "tensors": PATH}      the same, and "problem": how what it computes is not what the JSON file says
                                                     ({"inputs", "outputs", "allowed"}, in the order of the model's), and "worst"
  {"cmd": "evaluate", "file": PATH, "tensors": PATH} loads it compiled: "loss", and the values of its "metrics", for some outputs
  {"cmd": "weights", "file": PATH}                   the same of weights alone, into the model of harness/weights_models.py that the file
                                                     is called after; "made": whether there is that model
  {"cmd": "standard", "dir": PATH}                   writes models of golden/cases, answers with their names, or why not
  {"cmd": "random", "dir": PATH, "seed": N, "count": N}  the same of random models, each as .keras and as .h5
"""

import json
import os
import sys
import traceback
import warnings
from pathlib import Path

IS_TENSORFLOW = sys.argv[1] == "tf_keras"
os.environ.setdefault("KERAS_BACKEND", os.environ.get("CERATOPS_BACKEND", "numpy"))
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["JAX_PLATFORMS"] = "cpu"
GOLDEN = Path(__file__).resolve().parent.parent / "golden"
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(GOLDEN.parent / ".cache" / "jax"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
sys.path[:0] = [str(GOLDEN), str(Path(__file__).resolve().parent)]
if os.environ.get("CERATOPS_KERAS"):
    sys.path.insert(0, os.environ["CERATOPS_KERAS"])
warnings.simplefilter("ignore")
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import numpy as np

if IS_TENSORFLOW:
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    keras = tf.keras
    import keras as own

    VERSION = own.__version__
    from keras2 import custom  # noqa: F401
    nest, pack = tf.nest.flatten, tf.nest.pack_sequence_as
else:
    import keras

    VERSION = keras.__version__
    from cases import custom  # noqa: F401  registers the custom objects

    try:
        from keras.tree import flatten as nest, pack_sequence_as as pack
    except ImportError:  # before 3.3
        from tree import flatten as nest, unflatten_as as pack


# By their bare names too: 3.7 and 3.8 do not find a function that 3.6 wrote so among those that are registered.
CUSTOM = {made.__name__: made for made in keras.utils.get_custom_objects().values()}


def load(request, compile=False):
    keras.backend.clear_session()
    options = {"custom_objects": CUSTOM, "compile": compile}
    if not VERSION.startswith("2.9."):
        options["safe_mode"] = False
    return keras.models.load_model(request["file"], **options)


def tensor(record):
    dtype = record["dtype"]
    values = np.array(record["values"], object if dtype == "string" else "float64").reshape(record["shape"])
    if IS_TENSORFLOW:
        return tf.cast(tf.constant(values), dtype)
    return keras.ops.convert_to_tensor(values, dtype=dtype)


def numbers(value):
    if IS_TENSORFLOW:
        return tf.cast(value, "float64").numpy()
    return np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(value, "float32") if "bfloat16" in str(value.dtype) else value), "float64")


def structure_of(model):
    if IS_TENSORFLOW:
        return model.input
    if hasattr(model, "_inputs_struct"):
        return model._inputs_struct
    functional = getattr(model, "_functional", None)
    return functional._inputs_struct if functional is not None else model.inputs


def compare(model, record):
    given = [tensor(each) for each in record["inputs"]]
    # A Sequential takes its input as it is.
    packed = given[0] if type(model).__name__ == "Sequential" else pack(structure_of(model), given)
    outputs = nest(model(packed, training=False))
    expected = record["outputs"]
    if len(outputs) != len(expected):
        return f"expected {len(expected)} outputs, received {len(outputs)}", None
    worst = 0.0
    for got, want in zip(outputs, expected):
        if want["dtype"] == "string":
            continue
        got = numbers(got)
        want = np.array(want["values"], "float64").reshape(want["shape"])
        if got.shape != want.shape:
            return f"expected shape {want.shape}, received {got.shape}", None
        apart = np.where(np.isnan(got) & np.isnan(want) | (got == want), 0, np.abs(got - want) / (1 + np.abs(want)))
        worst = max(worst, float(np.max(apart, initial=0)) if not np.isnan(apart).any() else float("inf"))
    if worst <= record["allowed"]:
        return None, worst
    return f"expected the same numbers, received others, up to {worst:.1e} away", worst


def targets(output):
    """Numbers from 0 to 1 for an output."""
    values = np.arange(int(np.prod(output.shape))).reshape(output.shape) * 0.37 % 1
    return tf.constant(values, output.dtype) if IS_TENSORFLOW else keras.ops.convert_to_tensor(values, dtype=output.dtype)


def evaluate(request):
    model, record = load(request, compile=True), json.loads(Path(request["tensors"]).read_text())
    given = [tensor(each) for each in record["inputs"]]
    x = given[0] if type(model).__name__ == "Sequential" else pack(structure_of(model), given)
    predicted = model(x, training=False)
    wanted = pack(predicted, [targets(each) for each in nest(predicted)])
    loss = model.compute_loss(x=x, y=wanted, y_pred=predicted, sample_weight=None)
    metrics = model.compute_metrics(x, wanted, predicted, None)
    values = [float(value) for name, value in metrics.items() if not name.endswith("loss")]
    return {"error": None, "loss": float(loss), "metrics": sorted(values)}


def said(error):
    """Of an error that wraps others in configs, the innermost."""
    text = str(error).split("Exception encountered: ")[-1] if "Exception encountered: " in str(error) else str(error)
    return f"{type(error).__name__}: {text}"[:600]


def weights(request):
    from harness import weights_models

    file = request["file"]
    try:
        model = weights_models.make(keras, Path(file).name.split(".")[0])
    except Exception as error:
        return {"made": False, "error": said(error)}
    try:
        model.load_weights(file)
    except Exception as error:
        return {"made": True, "error": said(error)}
    return {"made": True, "error": weights_models.wrong(model)}


def answer(request):
    if request["cmd"] == "version":
        return {"version": VERSION}
    if request["cmd"] == "standard":
        from standard_models import standard

        return {"models": standard(Path(request["dir"]))}
    if request["cmd"] == "random":
        from standard_models import random

        return {"models": random(Path(request["dir"]), request["seed"], request["count"])}
    if request["cmd"] == "weights":
        return weights(request)
    if request["cmd"] == "evaluate":
        try:
            return evaluate(request)
        except Exception as error:
            if os.environ.get("CERATOPS_TRACE"):
                traceback.print_exc()
            return {"error": said(error)}
    try:
        model = load(request)
    except Exception as error:
        if os.environ.get("CERATOPS_TRACE"):
            traceback.print_exc()
        return {"error": said(error)}
    if request["cmd"] == "load":
        return {"error": None}
    try:
        problem, worst = compare(model, json.loads(Path(request["tensors"]).read_text()))
    except Exception as error:
        if os.environ.get("CERATOPS_TRACE"):
            traceback.print_exc()
        problem, worst = said(error), None
    return {"error": None, "problem": problem, "worst": worst}


for line in sys.stdin:
    if line.strip():
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)
