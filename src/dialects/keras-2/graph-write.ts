import { copyJson, setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict, type Named, namedIn, packageOf } from "../change.ts";
import { eachEntry, isHistory } from "../graph.ts";
import type { Lacks } from "../lacks.ts";
import { noteOriginal, originalOf } from "../notes.ts";
import type { Offsets } from "./calls.ts";
import { writeCall } from "./calls-write.ts";
import { replaced } from "./entries.ts";
import { withoutImpliedMasks } from "./implied-masks.ts";
import { withShape } from "./input-shape.ts";
import { writeOperation } from "./operations-write.ts";
import { sayScopes } from "./scopes.ts";
import { isTensorflowOp } from "./tensorflow-ops.ts";

/**
 * The config of a functional model of Keras 3 as Keras 2 writes it: its calls as they stood where it was read from one,
 * since a graph does not change; else anew.
 */
export function writeGraph(given: JsonObject, _: Named, lacks: Lacks): JsonObject {
  const original = originalOf(given);
  const asRead = original === given ? null : writtenBack(given, original);
  if (asRead) return asRead;
  const config = withoutImpliedMasks(given);
  const offsets = offsetsIn(config);
  const layers = (Array.isArray(config.layers) ? config.layers : []).map((entry) =>
    isDict(entry) ? writeEntry(entry, offsets, lacks) : entry,
  );
  sayScopes(layers, lacks);
  const ends = (value: JsonValue | undefined) => writeEnds(value ?? [], config, offsets);
  const result: JsonObject = {
    name: config.name!,
    trainable: config.trainable ?? true,
    layers,
    input_layers: ends(config.input_layers),
    output_layers: ends(config.output_layers),
  };
  mark(result);
  return result;
}

/** The graph that a config came from, with the configs that its layers have now; null where its layers are others. */
function writtenBack(config: JsonObject, original: JsonObject): JsonObject | null {
  const now = new Map<JsonValue | undefined, JsonObject>();
  eachEntry(config, (entry) => now.set(entry.name, entry));
  if (!Array.isArray(original.layers)) return null;
  const before = new Set(original.layers.map((entry) => (isDict(entry) ? entry.name : null)));
  for (const [name, entry] of now)
    if (
      packageOf(namedIn(entry)) !== "keras.src.ops" &&
      !before.has(name ?? null) &&
      !before.has(wholeOf(name))
    )
      return null;
  const layers: JsonValue[] = [];
  for (const entry of original.layers) {
    if (!isDict(entry)) return null;
    const own = now.get(entry.name);
    if (isTensorflowOp(entry) || isAside(entry)) layers.push(copyJson(entry));
    else if (own) layers.push(withCalls(givenShape(own, entry), copyJson(entry.inbound_nodes ?? [])));
    else return null;
  }
  const result: JsonObject = {};
  copyMarks(original, result);
  for (const key of Object.keys(original)) {
    if (key === "layers") result.layers = layers;
    else setEntry(result, key, copyJson(key === "name" ? config.name! : original[key]!));
  }
  noteOriginal(result, original);
  return result;
}

/** A layer with the shape that it was given, or adapted to before it was called, where it was written with one. */
function givenShape(own: JsonObject, { config: before }: JsonObject): JsonObject {
  const { config } = own;
  if (!isDict(config) || !isDict(before) || before.batch_input_shape === undefined) return own;
  if (Object.hasOwn(config, "batch_input_shape")) return own;
  const result = { ...own, config: withShape(config, before.batch_input_shape) };
  copyMarks(own, result);
  return result;
}

/** The call of a function of TensorFlow that a layer is a step of, by its name: `tf.zeros` of `tf.zeros.flatten`. */
function wholeOf(name: JsonValue | undefined): string {
  return typeof name === "string" ? name.slice(0, Math.max(0, name.lastIndexOf("."))) : "";
}

/** What adds to the loss or to the metrics and gives no tensor to any other; a model that only predicts leaves it out. */
function isAside({ class_name: name }: JsonObject): boolean {
  return name === "AddLoss" || name === "AddMetric";
}

function withCalls(entry: JsonObject, nodes: JsonValue): JsonObject {
  const result = { ...entry, inbound_nodes: nodes };
  copyMarks(entry, result);
  return result;
}

function writeEntry(given: JsonObject, offsets: Offsets, lacks: Lacks): JsonObject {
  const isOperation = packageOf(namedIn(given)) === "keras.src.ops";
  const entry = isOperation ? writeOperation(given, lacks) : given;
  const { inbound_nodes: nodes, class_name: className, name } = entry;
  if (!Array.isArray(nodes)) return entry;
  const caller = { name: String(name), className: String(className) };
  return withCalls(
    entry,
    nodes.map((node) => writeCall(node, caller, offsets, lacks)),
  );
}

/** Where the calls of each layer begin to count: those of a model inside that has an input at 1. */
function offsetsIn(config: JsonObject): Offsets {
  const offsets = new Map<string, number>();
  eachEntry(config, ({ name, config: own }) => {
    const [first] = isDict(own) && Array.isArray(own.layers) ? own.layers : [];
    const isModel =
      isDict(own) && ("input_layers" in own || (isDict(first) && first.class_name === "InputLayer"));
    offsets.set(String(name), isModel ? 1 : 0);
  });
  return offsets;
}

/** The model's inputs or outputs, which Keras 3 counts from 1 for a functional model inside, and from 0 for all else. */
function writeEnds(ends: JsonValue, config: JsonObject, offsets: Offsets): JsonValue {
  const stacks = new Set<JsonValue | undefined>();
  eachEntry(config, ({ name, config: own }) => {
    if (!(isDict(own) && "input_layers" in own)) stacks.add(name);
  });
  return replaced(ends, (value) => {
    if (!isHistory(value)) return undefined;
    const [name, node, tensor] = value as [string, number, number];
    return stacks.has(name) ? [name, node + (offsets.get(name) ?? 0), tensor] : value;
  });
}
