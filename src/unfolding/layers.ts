import type { KerasTensor } from "../graph/graph.ts";
import { Activation } from "../layers/activation/activation.ts";
import { EinsumDense, type EinsumDenseOptions } from "../layers/core/einsum-dense.ts";
import { Embedding } from "../layers/core/embedding.ts";
import type { Identity } from "../layers/core/identity.ts";
import type { ReversibleEmbedding } from "../layers/core/reversible-embedding.ts";
import type { Layer } from "../layers/layer.ts";
import type { BatchNormalization } from "../layers/normalization/batch-normalization.ts";
import type { LayerNormalization } from "../layers/normalization/layer-normalization.ts";
import type { RMSNormalization } from "../layers/normalization/rms-normalization.ts";
import { add, multiply } from "../ops/arithmetic.ts";
import { cast } from "../ops/core.ts";
import { rsqrt } from "../ops/float-functions.ts";
import { variance } from "../ops/variance.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { shapeOf, withOptions } from "./given.ts";
import { dividedByRoot, wide } from "./operations/normalizing.ts";
import { called, chained, type Row } from "./unfolding.ts";

const asOperations = "is written out as operations";

const rmsNormalization: Row = (layer: RMSNormalization) => {
  const axis = [layer.axis].flat();
  if (layer.variableDtype !== "float32") return null;
  const scale = scaling(layer, axis, { kernel_initializer: "ones" });
  if (!scale) return null;
  const calls = (given: KerasTensor) => {
    const x = inDType(given, layer.computeDtype);
    return inDType(scale.apply(dividedByRoot(wide(x), axis, layer.epsilon)), x.dtype);
  };
  return called(calls, scale, `${asOperations} and an EinsumDense that has its scale.`);
};

const layerNormalization: Row = (layer: LayerNormalization) => {
  const { rms_scaling, epsilon, axis } = layer;
  if (!rms_scaling || layer.variableDtype !== "float32") return null;
  const over = [axis].flat();
  const { gamma_initializer, gamma_regularizer, gamma_constraint } = layer;
  const scale = scaling(layer, over, {
    kernel_initializer: gamma_initializer,
    kernel_regularizer: gamma_regularizer,
    kernel_constraint: gamma_constraint,
  });
  if (!scale) return null;
  const calls = (given: KerasTensor) => {
    const x = wide(given);
    const spread = variance(x, { axis: over, keepdims: true });
    return inDType(scale.apply(multiply(x, rsqrt(add(spread, epsilon)))), layer.computeDtype);
  };
  return called(calls, scale, `${asOperations} and an EinsumDense that has its gamma.`);
};

type KernelRules = Pick<EinsumDenseOptions, `kernel_${"initializer" | "regularizer" | "constraint"}`>;

/** A layer that multiplies by a weight along some axes; null where that depends on the call, or on the order of axes. */
function scaling(layer: Layer, axes: readonly number[], rules: KernelRules): EinsumDense | null {
  const shape = shapeOf(layer);
  if (shape === null) return null;
  const places = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (places.some((place, i) => i > 0 && place < places[i - 1]!)) return null;
  const { name, trainable } = layer;
  const letters = Array.from(shape, (_, i) => String.fromCharCode(97 + i));
  const all = letters.join("");
  const own = places.map((place) => letters[place]).join("");
  const equation = `${all},${own}->${all}`;
  const output_shape = shape.slice(1);
  return new EinsumDense({ name, trainable, dtype: "float32", equation, output_shape, ...rules });
}

/** Floats in another dtype, as layers take them. */
function inDType(tensor: KerasTensor, dtype: DType): KerasTensor {
  return tensor.dtype === dtype || !isFloat(tensor.dtype) ? tensor : cast(tensor, { dtype });
}

const reversibleEmbedding: Row = (layer: ReversibleEmbedding) => {
  const goesBack = layer.inboundNodes.some(({ args, kwargs }) => args.length > 1 || kwargs.reverse === true);
  if (goesBack || !layer.tie_weights || layer.quantizedWeight || layer.lora) return null;
  const { name, trainable, dtype_policy: dtype, input_dim, output_dim, mask_zero } = layer;
  const { embeddings_initializer, embeddings_regularizer, embeddings_constraint } = layer;
  const limits = { embeddings_initializer, embeddings_regularizer, embeddings_constraint };
  const options = { name, trainable, dtype, input_dim, output_dim, mask_zero, ...limits };
  const embedding = new Embedding(options as ConstructorParameters<typeof Embedding>[0]);
  return chained([embedding], embedding, "is an Embedding now, as nothing goes back through it.");
};

/** Its own averages are for training alone. */
const renormalization: Row = (layer: BatchNormalization) => {
  if (!layer.renorm) return null;
  const plain = withOptions(layer, { renorm: false, renorm_clipping: null });
  const kept = ["gamma", "beta", "moving_mean", "moving_variance"] as const;
  return {
    ...chained(
      [plain],
      null,
      "normalizes without renorm now, which is for training: the weights of that are left out.",
    ),
    moves: () =>
      kept.flatMap((key) => {
        const [from, to] = [layer[key], plain[key]];
        return from && to ? [[from, to] as const] : [];
      }),
  };
};

const identity: Row = ({ name, trainable, dtype_policy: dtype }: Identity) =>
  chained(
    [new Activation({ name, trainable, dtype, activation: "linear" })],
    null,
    'is an Activation("linear") now.',
  );

/** How layers are written out, by class of `keras.layers`. */
export const layerRows: Readonly<Record<string, Row>> = {
  BatchNormalization: renormalization,
  Identity: identity,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  ReversibleEmbedding: reversibleEmbedding,
};
