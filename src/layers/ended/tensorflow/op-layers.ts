import type { OptionsOf } from "../../../fields/field.ts";
import { anyJson, optional, required } from "../../../fields/kinds.ts";
import { string } from "../../../fields/shorthands.ts";
import type { Arguments, Keywords } from "../../../graph/graph.ts";
import { kerasLayer, type LayerOptions } from "../../define.ts";
import { graphCall } from "./node-def.ts";
import { TensorflowLayer, tensorflowCall } from "./tensorflow-layer.ts";

const lambdaFields = {
  /** The name of the function, without `tf.`, such as `"math.multiply"`. */
  function: string(),
};

/** What {@link TFOpLambda} takes. */
export interface TFOpLambdaOptions extends LayerOptions, OptionsOf<typeof lambdaFields> {}

/**
 * A call of a function of TensorFlow in a model of tf.keras: what `x * 2` and `tf.nn.relu(x)` are there. Not in Keras 3,
 * whose files have operations in its place. Source: tf.keras 2.9 `layers/core/tf_op_layer.py`.
 */
export class TFOpLambda extends kerasLayer(
  "TFOpLambda",
  lambdaFields,
  tensorflowCall,
  TensorflowLayer,
)<TFOpLambdaOptions> {
  override called(args: Arguments, kwargs: Keywords) {
    return { name: this.function, args, kwargs };
  }
}

const slicingFields = {
  /** The name of the function, without `tf.`. Defaults to `"__operators__.getitem"`. */
  function: string("__operators__.getitem"),
};

/** What {@link SlicingOpLambda} takes. */
export interface SlicingOpLambdaOptions extends LayerOptions, OptionsOf<typeof slicingFields> {}

/**
 * A part of a tensor in a model of tf.keras: what `x[:, 0]` is there. Not in Keras 3, whose files have operations in its
 * place. Source: tf.keras 2.9 `layers/core/tf_op_layer.py`.
 */
export class SlicingOpLambda extends kerasLayer(
  "SlicingOpLambda",
  slicingFields,
  tensorflowCall,
  TensorflowLayer,
)<SlicingOpLambdaOptions> {
  override called(args: Arguments, kwargs: Keywords) {
    return { name: this.function, args, kwargs };
  }
}

const graphFields = {
  /** The operation of TensorFlow's graph, as its `NodeDef` says it. */
  node_def: required(anyJson),
  /** The inputs of the operation that are no tensors of the model, by their places. Defaults to {}. */
  constants: optional(anyJson, {}),
};

/** What {@link TensorFlowOpLayer} takes. */
export interface TensorFlowOpLayerOptions extends LayerOptions, OptionsOf<typeof graphFields> {}

/**
 * An operation of TensorFlow's graph in a model of tf.keras as versions 2.0 to 2.3 of TensorFlow made them. Not in Keras 3,
 * whose files have operations in its place. Source: tf.keras 2.9 `layers/core/tf_op_layer.py`.
 */
export class TensorFlowOpLayer extends kerasLayer(
  "TensorFlowOpLayer",
  graphFields,
  tensorflowCall,
  TensorflowLayer,
)<TensorFlowOpLayerOptions> {
  override called([first]: Arguments) {
    return graphCall(this.node_def, this.constants, Array.isArray(first) ? first : [first]);
  }
}
