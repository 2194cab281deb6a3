import { isDict } from "../dialects/change.ts";
import { type Call, eachCall, eachEntry, isHistory } from "../dialects/graph.ts";
import type { JsonArray, JsonObject, JsonValue } from "../json/json.ts";

/** A call as Keras makes it again: the calls that made its arguments. An input has none. */
interface Made {
  readonly from: readonly Made[];
}

/** A layer of a graph whose calls are made in turn; it waits where a call that it needs is not there yet. */
interface Caller {
  readonly made: Made[];
  readonly calls: readonly Call[];
  readonly isFunctional: boolean;
  /** The calls that the one to be made next names and that are still to be looked up, and those that were found. */
  needed: JsonArray[] | null;
  from: Made[];
  next: number;
}

type Callers = ReadonlyMap<JsonValue | undefined, Caller>;

/**
 * The models in which Keras takes another model's calls for their own. It counts the calls of a layer from 0 in each
 * model of a file, but a layer that several models share has those of the models that were made before, too: what
 * hangs on such a call no longer hangs on the model's inputs. Source: Keras 3.6 and 3.15 `models/functional.py`,
 * `functional_from_config`.
 */
export function crossedModels(config: JsonValue): string[] {
  return isDict(config) && isDict(config.config) ? new Reading().model(config, config.config).crossed : [];
}

class Reading {
  readonly crossed: string[] = [];
  /** The calls of each layer, by what is said of it, or by the id that it has wherever it is. */
  readonly #made = new Map<unknown, Made[]>();

  /** Makes the layers of a model, of which those that are models themselves go first, then their calls. */
  model(envelope: JsonObject, graph: JsonObject): this {
    const callers = new Map<JsonValue | undefined, Caller>();
    let before: Made = { from: [] };
    eachEntry(graph, (entry) => {
      const made = this.#callsOf(entry);
      const calls: Call[] = [];
      eachCall(entry, (call) => calls.push(call));
      const isFunctional = isDict(entry.config) && entry.config.input_layers !== undefined;
      callers.set(entry.name, { made, calls, isFunctional, needed: null, from: [], next: 0 });
      // What a Sequential lists it calls one after the other.
      if (graph.input_layers === undefined) {
        before = { from: [before] };
        made.push(before);
      }
    });
    makeCalls(callers);
    const [inputs, outputs] = [graph.input_layers, graph.output_layers].map((ends) => madeIn(callers, ends));
    if (!hangsOn(outputs ?? [], inputs ?? [])) this.crossed.push(String(envelope.name ?? graph.name));
    return this;
  }

  #callsOf(entry: JsonObject): Made[] {
    const known = entry.shared_object_id ?? entry;
    const found = this.#made.get(known);
    if (found) return found;
    const made: Made[] = entry.class_name === "InputLayer" ? [{ from: [] }] : [];
    this.#made.set(known, made);
    if (isDict(entry.config) && Array.isArray(entry.config.layers)) this.model(entry, entry.config);
    return made;
  }
}

/** Makes all calls, each as soon as those are there that it names. */
function makeCalls(callers: Callers): void {
  const waiting = new Map<Made[], Map<number, Caller[]>>();
  const pending = [...callers.values()].reverse();
  for (let caller = pending.pop(); caller; caller = pending.pop()) {
    while (caller.next < caller.calls.length) {
      const missing = findNeeded(callers, caller);
      if (missing) {
        const [name, index] = missing;
        const { made } = callers.get(name) ?? caller;
        const places = waiting.get(made) ?? new Map<number, Caller[]>();
        const others = places.get(Number(index)) ?? [];
        others.push(caller);
        waiting.set(made, places.set(Number(index), others));
        break;
      }
      for (const waits of waiting.get(caller.made)?.get(caller.made.length) ?? []) pending.push(waits);
      caller.made.push({ from: caller.from });
      [caller.needed, caller.from, caller.next] = [null, [], caller.next + 1];
    }
  }
}

/** Looks up what the next call of a layer names; gives what is not there yet. */
function findNeeded(callers: Callers, caller: Caller): JsonArray | undefined {
  caller.needed ??= historiesIn(caller.calls[caller.next]);
  for (let needed = caller.needed.at(-1); needed; needed = caller.needed.at(-1)) {
    const [name, index] = needed;
    const made = callers.get(name)?.made[Number(index)];
    if (!made) return needed;
    caller.from.push(made);
    caller.needed.pop();
  }
  return undefined;
}

/**
 * The calls that the ends of a graph name; of those that are not there, none. There, and only there, a functional
 * model's calls are counted from 1.
 */
function madeIn(callers: Callers, ends: JsonValue | undefined): Made[] {
  return historiesIn(ends).flatMap(([name, index]) => {
    const caller = callers.get(name);
    return caller?.made.at(Number(index) - (caller.isFunctional ? 1 : 0)) ?? [];
  });
}

/** Whether the inputs are all that there is behind the outputs. */
function hangsOn(outputs: readonly Made[], inputs: readonly Made[]): boolean {
  const seen = new Set(inputs);
  const pending = outputs.filter((made) => !seen.has(made));
  for (let made = pending.pop(); made; made = pending.pop()) {
    if (made.from.length === 0) return false;
    for (const before of made.from) {
      if (seen.has(before)) continue;
      seen.add(before);
      pending.push(before);
    }
  }
  return true;
}

/** All places in a value that name a tensor of the graph, however deep. */
export function historiesIn(value: unknown): JsonArray[] {
  const found: JsonArray[] = [];
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const item = pending.pop();
    if (typeof item !== "object" || item === null) continue;
    if (isHistory(item as JsonValue)) found.push(item as JsonArray);
    else for (const inner of Object.values(item)) pending.push(inner);
  }
  return found;
}
