import { ModelError } from "../errors.ts";
import type { Operation } from "../graph/graph.ts";
import { nodeOf } from "../graph/graph.ts";
import type { Nested } from "../graph/nested.ts";
import { checkOptions } from "../json/check-options.ts";
import { Layer } from "../layers/layer.ts";
import { neededKeras } from "../registry/needed.ts";
import { type Shape, unknownShape } from "../tensor/shape.ts";
import { checkModel } from "./check-model.ts";
import { classNameOf } from "./class-name.ts";
import { innerLayers } from "./inner-layers.ts";
import { type Counted, counterOf } from "./layer-counts.ts";
import { inRange, type LayerRange } from "./layer-range.ts";
import type { Model } from "./model.ts";
import { type ModelSizes, sizesOf } from "./model-sizes.ts";
import { outputShapesOf } from "./output-shapes.ts";

export interface SummaryDataOptions {
  /** Whether models inside come with their layers. Defaults to false. */
  readonly expand_nested?: boolean;
  /** Names, or regular expressions for names, of the first and the last layer. Defaults to all. */
  readonly layer_range?: LayerRange | undefined;
}

/** What `summary()` prints, as data. */
export interface ModelSummary {
  readonly name: string;
  readonly className: string;
  readonly layers: readonly LayerSummary[];
  readonly sizes: ModelSizes;
  /** The oldest Keras that reads the model, where that is newer than 3.6 and the model was read from no file. */
  readonly needsKeras: string | null;
}

export interface LayerSummary {
  readonly name: string;
  readonly className: string;
  /** In the structure of the outputs of its last call; null where nobody knows. */
  readonly outputShape: Nested<Shape> | null;
  /** How many numbers its weights have; null where they are not made yet. */
  readonly parameters: number | null;
  readonly trainable: boolean;
  /** The layers its inputs come from. */
  readonly connectedTo: readonly string[];
  /** The layers of a model inside, where they are asked for. */
  readonly layers?: readonly LayerSummary[];
}

/**
 * The summary of a model as data: its layers, their output shapes and parameters, and what all holds together.
 *
 * @example
 * const { layers, sizes } = summaryData(model);
 * console.log(layers.map(({ name, parameters }) => `${name}: ${parameters}`), sizes.total.bytes);
 */
export function summaryData(model: Model, options: SummaryDataOptions = {}): ModelSummary {
  checkOptions("summaryData", options, { expand_nested: true, layer_range: true }, ModelError);
  checkModel("summaryData", model);
  const { expand_nested = false, layer_range } = options;
  return {
    name: model.name,
    className: classNameOf(model),
    layers: reportAll(inRange("summaryData", model.operations, layer_range), expand_nested),
    sizes: sizesOf(model),
    needsKeras: neededKeras(model, model.operations),
  };
}

/** Models inside models are met one after the other, not one within the other, however deep they are. */
function reportAll(operations: readonly Operation[], expandNested: boolean): LayerSummary[] {
  const found: LayerSummary[] = [];
  const count = counterOf(operations);
  const pending: { operations: readonly Operation[]; into: LayerSummary[] }[] = [{ operations, into: found }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const operation of next.operations) {
      const inner = expandNested ? innerLayers(operation) : [];
      const layers: LayerSummary[] = [];
      next.into.push({ ...report(operation, count(operation)), ...(inner.length > 0 && { layers }) });
      if (inner.length > 0) pending.push({ operations: inner, into: layers });
    }
  }
  return found;
}

function report(operation: Operation, { parameters }: Counted): LayerSummary {
  const inputs = operation.inboundNodes.flatMap((node) => node.inputs);
  return {
    name: operation.name,
    className: classNameOf(operation),
    outputShape: knownShapesOf(operation),
    parameters,
    trainable: operation instanceof Layer && operation.trainable,
    connectedTo: [...new Set(inputs.map((tensor) => nodeOf(tensor).operation.name))],
  };
}

/** The shapes of an operation's outputs, where all of them are known. */
function knownShapesOf(operation: Operation): Nested<Shape> | null {
  const isUnknown = operation.inboundNodes.at(-1)?.outputs.some(({ shape }) => shape === unknownShape);
  return isUnknown ? null : outputShapesOf(operation);
}
