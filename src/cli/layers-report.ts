import type { Operation } from "../graph/graph.ts";
import { nodeOf } from "../graph/graph.ts";
import { mapNested, type Nested } from "../graph/nested.ts";
import type { KeepsState } from "../layers/kept-state.ts";
import { Layer } from "../layers/layer.ts";
import type { Model } from "../models/model.ts";
import type { Shape } from "../tensor/shape.ts";

interface LayerReport {
  readonly name: string;
  readonly class_name: string;
  /** In the form of the outputs of its last call; null where it was not called. */
  readonly output_shape: Nested<Shape> | null;
  /** Null where it is not built. */
  readonly parameters: number | null;
  readonly trainable: boolean;
  /** The layers its inputs come from. */
  readonly connected_to: readonly string[];
  readonly layers?: readonly LayerReport[];
}

/** What a summary says of a model, for programs. */
export function layersOf(model: Model, expandNested: boolean): object {
  return {
    name: model.name,
    class_name: model.constructor.className,
    parameters: model.countParams(),
    trainable_parameters: count(model.trainableWeights),
    layers: reportAll(model.operations, expandNested),
  };
}

/** Models inside models are met one after the other, not one within the other, however deep they are. */
function reportAll(operations: readonly Operation[], expandNested: boolean): LayerReport[] {
  const found: LayerReport[] = [];
  const pending: { operations: readonly Operation[]; into: LayerReport[] }[] = [{ operations, into: found }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const operation of next.operations) {
      const inner = expandNested && "layers" in operation ? (operation.layers as readonly Operation[]) : [];
      const layers: LayerReport[] = [];
      next.into.push({ ...report(operation), ...(inner.length > 0 && { layers }) });
      if (inner.length > 0) pending.push({ operations: inner, into: layers });
    }
  }
  return found;
}

function report(operation: Operation): LayerReport {
  const layer = operation instanceof Layer ? operation : null;
  const inputs = operation.inboundNodes.flatMap((node) => node.inputs);
  const structure = operation.inboundNodes.at(-1)?.structure;
  return {
    name: operation.name,
    class_name: (operation as Partial<KeepsState>).keptClassName ?? operation.constructor.className,
    output_shape:
      structure === undefined ? null : (mapNested(structure, ({ shape }) => shape) as Nested<Shape>),
    parameters: layer === null ? 0 : layer.built ? layer.countParams() : null,
    trainable: layer?.trainable ?? false,
    connected_to: [...new Set(inputs.map((tensor) => nodeOf(tensor).operation.name))],
  };
}

function count(weights: Layer["weights"]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((size, dimension) => size * dimension, 1), 0);
}
