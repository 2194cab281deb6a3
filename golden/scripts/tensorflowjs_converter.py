"""Writes golden/tfjs/converted_…: models of TensorFlow 2.9 as tensorflowjs_converter 4.22 makes layers models of them.

    pip download tensorflowjs==4.22.0 --no-deps -d DIR && unzip DIR/tensorflowjs-*.whl -d DIR
    .cache/python/tf-keras-2.9/bin/python golden/scripts/tensorflowjs_converter.py DIR
    npx tsx golden/generate-tfjs.ts

Of the package only what converts .h5 files is imported; TensorFlow writes the files for it.
"""

import sys
import types
from pathlib import Path

golden = Path(__file__).parent.parent

# The model, and how its weights are kept: by layers, or put into few bits.
cases = [
    ("bidirectional", None, False),
    ("conv2d", None, True),
    ("conv2d", "uint8", False),
    ("nested_frozen", None, False),
    ("encoder_decoder", "uint16", False),
    ("seq_input", "float16", False),
    ("embedding_mask_lstm", "uint8", True),
]


def main(package):
    sys.path.insert(0, package)
    # What its __init__ files import is more than is needed: JAX, Flax, TensorFlow Hub.
    for name in ["tensorflowjs", "tensorflowjs.converters"]:
        module = types.ModuleType(name)
        module.__path__ = [f"{package}/{name.replace('.', '/')}"]
        sys.modules[name] = module
    from tensorflowjs.converters import keras_h5_conversion as conversion

    for model, quantization, by_layer in cases:
        h5 = golden / "2.9" / "models" / f"{model}.h5"
        topology, groups = conversion.h5_merged_saved_model_to_tfjs_format(str(h5), split_by_layer=by_layer)
        how = "_".join(filter(None, [quantization, "by_layer" if by_layer else None]))
        folder = golden / "tfjs" / f"converted_{model}{'_' + how if how else ''}"
        folder.mkdir(parents=True, exist_ok=True)
        conversion.write_artifacts(
            topology, groups, str(folder), {quantization: True} if quantization else None, weight_shard_size_bytes=500
        )


main(sys.argv[1])
