import { CeratopsError } from "../errors.ts";
import type { Operation } from "../graph/graph.ts";
import { isListOfOne, mapNested, type Nested } from "../graph/nested.ts";
import { Layer } from "../layers/layer.ts";
import type { Value } from "../program/value.ts";
import type { Shape } from "../tensor/shape.ts";
import { standInArguments } from "./stand-ins.ts";

/** The shapes of an operation's outputs, in their structure, one alone without its list; null where nobody knows. */
export function outputShapesOf(operation: Operation): Nested<Shape> | null {
  const last = operation.inboundNodes.at(-1);
  if (last) return shapesOf(last.structure);
  if (!(operation instanceof Layer) || !operation.built) return null;
  return computedShapes(operation);
}

/** The output shapes of a layer that was built and never called on KerasTensors. */
function computedShapes(layer: Layer): Nested<Shape> | null {
  const inputs = standInArguments(layer, layer.getBuildConfig() ?? {}, layer.computeDtype);
  if (Object.keys(inputs).length === 0) return null;
  try {
    return shapesOf(layer.invoke([], inputs) as Nested<Value>);
  } catch (error) {
    if (error instanceof CeratopsError) return null;
    throw error;
  }
}

function shapesOf(outputs: Nested<{ readonly shape: Shape }>): Nested<Shape> {
  return mapNested(isListOfOne(outputs) ? outputs[0] : outputs, ({ shape }): Shape => shape);
}
