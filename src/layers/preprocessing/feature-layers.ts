import type { Fields, OptionsOf } from "../../fields/field.ts";
import { inOrder } from "../../fields/in-order.ts";
import { int } from "../../fields/shorthands.ts";
import { type Signature, takes, tensors } from "../../graph/signature.ts";
import { concatenate } from "../../ops/joining.ts";
import type { Numeric } from "../../program/emit.ts";
import { classOf } from "../../registry/class-of.ts";
import { type LayerClassOf, type OneTensor, oneTensor } from "../define.ts";
import { baseFields, Layer } from "../layer.ts";

/** Where Keras has what a FeatureSpace is made of; it is registered under its name alone. */
export const featureSpaceModule = "keras.src.layers.preprocessing.feature_space";

/** A layer class that only a FeatureSpace makes. */
function featureLayer<const F extends Fields, S extends Signature>(
  className: string,
  fields: F,
  signature: S,
): LayerClassOf<F, OptionsOf<F>, Layer<S>>;
function featureLayer(className: string, fields: Fields, signature: Signature): unknown {
  return classOf(Layer, {
    className,
    module: featureSpaceModule,
    registeredName: className,
    fields,
    signature,
  });
}

const identityFields = /* @__PURE__ */ inOrder(baseFields, "name, dtype, trainable");

/**
 * Passes a feature on as it is: the preprocessor of `FeatureSpace.float()`. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/feature_space.py`.
 */
export class TFDIdentity extends featureLayer<typeof identityFields, OneTensor>(
  "TFDIdentity",
  identityFields,
  oneTensor,
)<OptionsOf<typeof identityFields>> {
  override autocast = false;

  override call(inputs: Numeric): Numeric {
    return inputs;
  }
}

const concatFields = /* @__PURE__ */ inOrder(
  {
    ...baseFields,
    /** The axis they are joined along. Defaults to -1. */
    axis: int(-1),
  },
  "name, axis, trainable, dtype",
);

const severalTensors = /* @__PURE__ */ takes("xs", { xs: /* @__PURE__ */ tensors() });

/**
 * Puts features one after the other along an axis, which a FeatureSpace does with all that it encoded.
 * Source: Keras 3.6 `layers/preprocessing/feature_space.py`.
 */
export class TFDConcat extends featureLayer("TFDConcat", concatFields, severalTensors)<
  OptionsOf<typeof concatFields>
> {
  override autocast = false;

  override call(xs: readonly Numeric[]): Numeric {
    return concatenate(xs, { axis: this.axis });
  }
}
