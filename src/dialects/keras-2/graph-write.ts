import type { JsonObject, JsonValue } from "../../json/json.ts";
import { mark } from "../../json/marks.ts";
import { isDict, type Named, namedIn, packageOf } from "../change.ts";
import { eachEntry, isHistory } from "../graph.ts";
import type { Lacks } from "../lacks.ts";
import { originalOf } from "../notes.ts";
import type { Offsets } from "./calls.ts";
import { writeCall } from "./calls-write.ts";
import { replaced } from "./entries.ts";
import { withoutImpliedMasks } from "./implied-masks.ts";
import { writeOperation } from "./operations-write.ts";
import { sayScopes } from "./scopes.ts";
import { withCalls, writtenBack } from "./written-back.ts";

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
