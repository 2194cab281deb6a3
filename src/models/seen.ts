import { isDict } from "../graph/nested.ts";
import type { Layer } from "../layers/layer.ts";

/** How many members of a layer's lists and dicts are looked at; in longer ones only whether they are the same. */
const MOST_MEMBERS = 1000;

/** A layer, list or dict, and what it held. */
interface Holding {
  readonly holder: object;
  /** Null for a list. */
  readonly keys: readonly string[] | null;
  readonly values: readonly unknown[];
}

/**
 * What a trace reads of a model beside its variables: the properties of all layers, what is in those that are plain
 * lists and dicts, and which layers are inside. Private fields and what other objects hold are not seen.
 */
export class Seen {
  readonly #holdings: Holding[] = [];
  /** The layers inside those that say themselves which they are, or that hold more than is looked at. */
  readonly #inside = new Map<Layer, readonly Layer[]>();

  constructor(model: Layer) {
    const layers = new Set([model]);
    for (const layer of layers) {
      const sublayers = layer.sublayers();
      for (const inner of sublayers) layers.add(inner);
      const isAllSeen = this.#look(layer);
      if (!isAllSeen || definesSublayers(layer)) this.#inside.set(layer, sublayers);
    }
  }

  isUnchanged(): boolean {
    for (const holding of this.#holdings) if (!holdsTheSame(holding)) return false;
    for (const [layer, sublayers] of this.#inside) if (!sameItems(layer.sublayers(), sublayers)) return false;
    return true;
  }

  /** Looks at a layer and the lists and dicts in it, and says whether those are all. */
  #look(layer: Layer): boolean {
    const holders = new Set<object>([layer]);
    let members = 0;
    let isAll = true;
    for (const holder of holders) {
      const holding = holdingOf(holder);
      if (holder !== layer) members += holding.values.length;
      if (members > MOST_MEMBERS) {
        members -= holding.values.length;
        isAll = false;
        continue;
      }
      this.#holdings.push(holding);
      for (const value of holding.values) {
        // A layer's calls on KerasTensors are no part of what it computes.
        if (value !== layer.inboundNodes && isContainer(value)) holders.add(value);
      }
    }
    return isAll;
  }
}

/** Whether there is a definition of it beside that of the base of all layers, which goes by their properties. */
function definesSublayers(layer: Layer): boolean {
  let definitions = 0;
  for (let at: object | null = layer; at !== null; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, "sublayers")) definitions++;
  return definitions > 1;
}

function isContainer(value: unknown): value is object {
  return Array.isArray(value) || isDict(value);
}

function holdingOf(holder: object): Holding {
  if (Array.isArray(holder)) return { holder, keys: null, values: [...holder] };
  const keys: string[] = [];
  for (const key in holder) keys.push(key);
  return { holder, keys, values: keys.map((key) => holder[key as keyof typeof holder]) };
}

/** The keys alone, then the object's own values at once: the fastest way, and it is gone at every prediction. */
function holdsTheSame({ holder, keys, values }: Holding): boolean {
  if (keys === null) return sameItems(holder as readonly unknown[], values);
  let i = 0;
  for (const key in holder) if (key !== keys[i++]) return false;
  if (i !== keys.length) return false;
  const own = Object.values(holder);
  // What is inherited comes behind.
  while (own.length < keys.length) own.push(holder[keys[own.length] as keyof typeof holder]);
  return sameItems(own, values);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
