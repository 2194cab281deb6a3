import { isDict } from "../../graph/nested.ts";
import { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";
import { Variable } from "../../program/variable.ts";
import { keepsState } from "../weight-tree.ts";

/** What an object has inside, here or in a checkpoint: variables of its own, and other objects that have some. */
export interface Parts<V, O> {
  readonly variables: readonly Part<V>[];
  readonly objects: readonly Part<O>[];
}

/** Something inside an object. */
export interface Part<T> {
  readonly value: T;
  /** What it is called itself; null where that is not known. */
  readonly name: string | null;
  /** The attributes that hold it: `kernel`, `layer-0`, `cells/1`. */
  readonly paths: readonly string[];
}

/** The layers of a model or a layer that have weights, or may have some without code for them here, and its own variables. */
export function partsOf(layer: Layer): Parts<Variable, Layer> {
  const variables = new Map<Variable, string[]>();
  const objects = new Map<Layer, string[]>();
  const listed = new Set(isListed(layer) ? layer.layers : []);
  for (const variable of layer.ownVariables) variables.set(variable, []);
  for (const each of listed) objects.set(each, [`layer-${objects.size}`]);
  for (const name of Object.keys(layer)) {
    if (unheld.has(name)) continue;
    for (const [path, value] of held(layer[name as keyof Layer], name)) {
      if (value instanceof Variable) variables.get(value)?.push(path);
      else objects.set(value, [...(objects.get(value) ?? []), path]);
    }
  }
  return {
    variables: [...variables].map(([value, paths]) => ({ value, name: value.name, paths })),
    objects: [...objects]
      .filter(([inner]) => inner.weights.length > 0 || keepsState(inner))
      .map(([value, paths]) => ({ value, name: listed.has(value) ? value.name : null, paths })),
  };
}

/** Whether a model's layers are a list of its own, as those of a graph are, and not just its properties. */
function isListed(layer: Layer): layer is Model {
  return layer instanceof Model && layer.sublayers !== Layer.prototype.sublayers;
}

/** Properties of every layer that hold no layers of it. */
const unheld: ReadonlySet<string> = new Set(["inboundNodes", "ownVariables", "inputSpec"]);

/** Layers and variables in a property, by the way to them as a checkpoint has it. */
function* held(
  value: unknown,
  path: string,
  outer: readonly unknown[] = [],
): Generator<readonly [string, Variable | Layer]> {
  if (value instanceof Variable || value instanceof Layer) yield [path, value];
  else if ((Array.isArray(value) || isDict(value)) && !outer.includes(value)) {
    for (const [key, item] of Object.entries(value)) yield* held(item, `${path}/${key}`, [...outer, value]);
  }
}
