import type { JsonArray, JsonObject, JsonValue } from "../../json/json.ts";
import { isDict, without } from "../change.ts";
import { type Call, isHistory } from "../graph.ts";
import { replaced } from "./entries.ts";
import { CONSTANT, tensorOf } from "./tensorflow/part.ts";

/** How many calls of an operation a graph does not count, by its name: those of a nested model begin at 1. */
export type Offsets = ReadonlyMap<string, number>;

/** Layers whose first argument is a sequence; what stands behind it in the list is the state to begin with. */
const withStates = /^(?:(?:Conv)?(?:LSTM|GRU)(?:[123]D)?|CuDNN(?:LSTM|GRU)|SimpleRNN|RNN|Bidirectional)$/;

/** What such calls may be given in the list, and then by no name. */
export const inList: readonly string[] = ["initial_state", "constants"];

/** `["x", 0, 0]` or `["x", 0, 0, {…}]`: a tensor as graphs of Keras 2 name it. */
function isTensor(value: JsonValue | undefined, offsets: Offsets): value is JsonArray {
  if (!Array.isArray(value) || (value.length !== 3 && value.length !== 4)) return false;
  const [name, node, tensor, kwargs = {}] = value;
  const isNamed = typeof name === "string" && (offsets.has(name) || name === CONSTANT);
  return (
    isNamed && typeof node === "number" && (name === CONSTANT || typeof tensor === "number") && isDict(kwargs)
  );
}

/** One call of a layer as Keras 3 records it; what is not well formed stays as it is. */
export function readCall(node: JsonValue, className: string, offsets: Offsets): JsonValue {
  const first = firstArgument(node, offsets);
  if (first === undefined) return node;
  const { args, kwargs: given } = first;
  const all = argumentsIn(given, offsets) as JsonObject;
  const kwargs = withStates.test(className) ? withoutNulls(all) : all;
  const [sequence] = args;
  if (withStates.test(className) && Array.isArray(sequence) && sequence.length > 1) {
    const [tensor, ...states] = sequence;
    return {
      args: [tensor!],
      kwargs: { initial_state: states, ...kwargs },
    } satisfies Call as unknown as JsonValue;
  }
  return { args, kwargs } satisfies Call as unknown as JsonValue;
}

/** A Bidirectional records that what stands in the list is given by no name. */
function withoutNulls(kwargs: JsonObject): JsonObject {
  return without(
    kwargs,
    inList.filter((key) => kwargs[key] === null),
  );
}

/** The first argument in its structure, and the others, which every tensor of the first repeats. */
function firstArgument(node: JsonValue, offsets: Offsets): Call | undefined {
  let kwargs: JsonObject | undefined;
  const read = (value: JsonValue): JsonValue | undefined => {
    if (isTensor(value, offsets)) {
      kwargs ??= (value[3] ?? {}) as JsonObject;
      return value[0] === CONSTANT ? value[2]! : tensorAt(value, offsets);
    }
    const parts = Array.isArray(value) ? value : isDict(value) ? Object.values(value) : [];
    const found: JsonValue[] = [];
    for (const part of parts) {
      const item = read(part);
      if (item === undefined) return undefined;
      found.push(item);
    }
    if (Array.isArray(value)) return found;
    return isDict(value)
      ? Object.fromEntries(Object.keys(value).map((key, i) => [key, found[i]!]))
      : undefined;
  };
  const structure = read(node);
  if (structure === undefined || kwargs === undefined) return undefined;
  const isListed = Array.isArray(node) && !isTensor(node, offsets);
  return {
    args: isListed && (structure as JsonArray).length === 1 ? (structure as JsonArray) : [structure],
    kwargs,
  };
}

/** Arguments with their tensors as Keras 3 names them. */
function argumentsIn(value: JsonValue, offsets: Offsets): JsonValue {
  return replaced(value, (part) =>
    isHistory(part) && isTensor(part, offsets) ? tensorAt(part, offsets) : undefined,
  );
}

function tensorAt([name, node, tensor]: JsonArray, offsets: Offsets): JsonValue {
  return tensorOf([name!, (node as number) - (offsets.get(name as string) ?? 0), tensor!]);
}
