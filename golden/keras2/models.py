"""models/<id>.h5 and .json: which whole models there are."""

import importlib
from dataclasses import dataclass

FAMILIES = ["sequential", "graphs", "operations", "layers", "recurrent", "preparing", "trained", "new"]

# Of those that newer versions write as .keras, too: by 2.13 those that its layout of weights tells from others.
OF_LAYOUTS = [
    *("seq_input_shape", "seq_called", "seq_embedding", "seq_nested", "seq_of_graphs", "seq_frozen"),
    *("shared_layers", "nested_deep", "dicts", "mixed_float16", "shared_initializer", "op_arithmetic"),
    *("conv2d", "normalizing", "multi_head", "embedding_mask_lstm", "bidirectional_mask", "stacked_cells"),
    *("time_distributed", "normalization", "words", "optimizer_adam", "partly_frozen", "metrics"),
]
OF_KERAS_FILES = [
    *OF_LAYOUTS,
    *("attention", "merging", "encoder_decoder", "gru", "conv_lstm", "conv1d", "conv3d", "activations", "numbers"),
    *("lists", "slashes", "stateful", "optimizer_exponential_decay", "text_vectorization", "added_losses", "dtypes"),
    "op_between_layers",
    *(f"new_{name}" for name in ("dense_stack", "conv_stack", "lstm_stack", "without_input", "given_shape", "recurrent_graph")),
    *(f"new_{name}" for name in ("both_ways", "stacked_cells", "shared_layer", "shared_objects", "shared_in_convolutions")),
    *(f"new_{name}" for name in ("shared_with_inner", "attention", "mixed", "two_outputs")),
]


@dataclass
class Model:
    build: object
    steps: int = 0
    """How many steps it is trained."""
    calls: bool = True
    """Whether its outputs are the same in every run."""


def all_models():
    found = {}
    for family in FAMILIES:
        for name, model in importlib.import_module(f"keras2.models_{family}").MODELS.items():
            assert name not in found, f"{name} is used twice"
            found[name] = model if isinstance(model, Model) else Model(model)
    return found
