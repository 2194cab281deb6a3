import { readNamesOf } from "../fields/origin.ts";
import { toSnakeCase } from "../graph/naming.ts";
import { isDict } from "../graph/nested.ts";
import { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import type { KeepsState } from "../program/kept-state.ts";
import { ownsVariables, type VariableOwner } from "../program/variable-owner.ts";
import { type Class, isOfKeras } from "../registry/own-class.ts";

/** Whose variables a file has, and where: `""` for the model itself, else such as `/layers/dense_1`. */
export interface Saved {
  readonly path: string;
  readonly owner: VariableOwner;
  /** The list in a list that it is in, which older versions of Keras do not save; null where it is in none. */
  readonly container: string | null;
}

type Container = readonly unknown[] | ReadonlySet<unknown> | Readonly<Record<string, unknown>>;

/** A list that is gone through; what is in it is counted when its turn comes. */
interface List {
  readonly path: string;
  readonly counts: Map<string, number>;
}

interface Pending {
  /** Where it is; of what is in a list, what it is called there before it is counted. */
  readonly path: string;
  readonly list: List | null;
  readonly value: VariableOwner | Container;
  /** The containers met since the last owner, which may contain each other. */
  readonly outer: Set<object>;
  readonly container: string | null;
}

/** How a file calls what a model has, where Keras 3 calls it otherwise. */
export interface Naming {
  /** What a property is called; null where it is left out. `isList` says whether it is the list of a model's layers. */
  readonly property: (name: string, isList: boolean) => string | null;
  /** What an owner in a list is called before it is counted; null: by its class. */
  readonly item: (owner: VariableOwner) => string | null;
  /** Of how many of its name an owner in a list counts. */
  readonly places: (owner: VariableOwner, list: string) => number;
  /** Whether what was met before counts once more. */
  readonly countsAgain: boolean;
}

/** As Keras 3 does. */
export const USUAL_NAMES: Naming = {
  property: (name) => name,
  item: () => null,
  places: () => 1,
  countsAgain: true,
};

/**
 * A model and all inside it that owns variables, in the order Keras saves them, each once: first the model, then what
 * its properties and the getters of its own classes hold, by name, private ones last; of a Sequential or Functional before
 * that its `layers`. In a list or dict they are named by their classes, and counted. Source: Keras 3.6 and 3.16 `saving/saving_lib.py`, `_walk_saveable`.
 *
 * An owner met again is given again where `again` says so.
 */
export function* walkWeights(
  root: VariableOwner,
  again: (owner: VariableOwner, path: string) => boolean = () => false,
  naming = USUAL_NAMES,
): Generator<Saved> {
  const visited = new Set<VariableOwner>();
  const pending: Pending[] = [{ path: "", list: null, value: root, outer: new Set(), container: null }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { list, value, outer } = next;
    if (list && !naming.countsAgain && isSaved(value) && visited.has(value)) continue;
    const path = list ? countedPath(next.path, list, value, naming) : next.path;
    const container = next.container ?? (list && !isSaved(value) ? path : null);
    let inside: Pending[] = [];
    if (!isSaved(value)) {
      if (!outer.has(value)) inside = itemsOf(value, path, outer, naming);
    } else if (!visited.has(value) || again(value, path)) {
      visited.add(value);
      yield { path, owner: value, container };
      if (!keepsState(value)) inside = propertiesOf(value, path, naming);
    }
    for (const item of inside.reverse()) pending.push(container === null ? item : { ...item, container });
  }
}

function isSaved(value: unknown): value is VariableOwner {
  return ownsVariables(value) && value.isSaved;
}

/** Whether a layer has no code here, so that what a file has of it is kept whole. */
export function keepsState(owner: VariableOwner): owner is VariableOwner & KeepsState {
  return "keptState" in owner;
}

/** The path of what is in a list, by its name and how many of that were before. */
function countedPath(
  name: string,
  { path, counts }: List,
  value: VariableOwner | Container,
  { places }: Naming,
): string {
  const count = counts.get(name) ?? 0;
  counts.set(name, count + (isSaved(value) ? places(value, path) : 1));
  return `${path}/${count === 0 ? name : `${name}_${count}`}`;
}

function propertiesOf(owner: VariableOwner, path: string, { property }: Naming): Pending[] {
  const found: { readonly name: string; readonly value: VariableOwner | Container }[] = [];
  const look = (name: string) => {
    if (name.startsWith("__") || unsaved.has(name)) return;
    const value = heldAs(owner, name);
    if (isSaved(value) || isContainer(value)) found.push({ name, value });
  };
  for (const name in owner) if (Object.hasOwn(owner, name)) look(name);
  const getters = gettersOf(owner.constructor as unknown as Class);
  const isListed = owner instanceof Model && hasOwnList(owner);
  if (owner instanceof Model && !isListed && owner.listsLayers) getters.add("layers");
  for (const name of getters) if (!Object.hasOwn(owner, name)) look(name);
  if (found.length > 1) found.sort((a, b) => byName(a.name, b.name));
  if (isListed) found.unshift({ name: "layers", value: owner.layers });
  return found.flatMap(({ name, value }) => {
    const called = property(name, isListed && name === "layers");
    return called === null
      ? []
      : [{ path: `${path}/${called}`, list: null, value, outer: new Set(), container: null }];
  });
}

/** The getters of classes of somebody's own: `dir()`, by which Keras goes, lists them beside the properties. */
function gettersOf(owner: Class): Set<string> {
  const names = new Set<string>();
  for (let cls = owner; cls !== Function.prototype && !isOfKeras(cls); cls = Object.getPrototypeOf(cls)) {
    const descriptors = Object.getOwnPropertyDescriptors(cls.prototype) as Readonly<PropertyDescriptorMap>;
    for (const [name, { get }] of Object.entries(descriptors)) if (get) names.add(name);
  }
  return names;
}

/** A property, or undefined where its getter fails, as Keras has it. */
function heldAs(owner: object, name: string): unknown {
  try {
    return owner[name as keyof typeof owner];
  } catch {
    return undefined;
  }
}

/** Properties of every layer that hold no layers of it. */
const unsaved: ReadonlySet<string> = new Set(["inboundNodes", "ownVariables", "inputSpec"]);

/** Whether a model's layers are a list of its own, as those of a graph are, and not just its properties. */
function hasOwnList(model: Model): boolean {
  return model.sublayers !== Layer.prototype.sublayers;
}

function itemsOf(container: Container, path: string, outer: Set<object>, { item }: Naming): Pending[] {
  outer.add(container);
  const list: List = { path, counts: new Map() };
  const items = isDict(container) ? Object.values(container) : container;
  const found: Pending[] = [];
  for (const value of items as Iterable<unknown>) {
    if (isSaved(value)) {
      const name = item(value) ?? nameOf(value);
      found.push({ path: name, list, value, outer: new Set(), container: null });
    } else if (isContainer(value)) found.push({ path: "container", list, value, outer, container: null });
  }
  return found;
}

function nameOf(owner: VariableOwner): string {
  const { className, pythonName } = owner.constructor;
  const kept = (owner as Partial<KeepsState>).keptClassName;
  return toSnakeCase(kept ?? readNamesOf(owner)?.class_name ?? pythonName ?? className);
}

function isContainer(value: unknown): value is Container {
  return Array.isArray(value) || value instanceof Set || isDict(value);
}

/** By code points, private names last. */
function byName(a: string, b: string): number {
  const left = a.startsWith("_") ? `~${a}` : a;
  const right = b.startsWith("_") ? `~${b}` : b;
  return left < right ? -1 : left > right ? 1 : 0;
}
