import "../../engines/reference/at-once/usual.ts";
import { type Issue, printableIssue } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import { quote } from "../../json/quote.ts";
import type { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";
import type { Variable } from "../../program/variable.ts";
import { isNumericDType } from "../../tensor/dtype.ts";
import { sameShape } from "../../tensor/shape.ts";
import { StoredTensor } from "../stored-tensor.ts";
import { keepsState } from "../weight-tree.ts";
import { errorFor, whyUnbuilt } from "../why-unbuilt.ts";
import type { BundleTensor } from "./bundle-tensor.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { LayerNote } from "./keras-metadata.ts";
import { type NodeAt, NodeParts } from "./node-parts.ts";
import type { GraphNode } from "./object-graph.ts";
import { type Part, type Parts, partsOf } from "./parts.ts";

export interface ConnectOptions {
  /** Leave the layers that do not fit as they are. */
  readonly skipMismatch?: boolean;
  /** Gets to know of weights of layers without code, which are not kept. */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /** What is noted of layers, by the ways to them in the checkpoint. Defaults to nothing. */
  readonly notes?: ReadonlyMap<string, LayerNote>;
}

export interface Connected {
  readonly skipped: readonly Issue[];
  /** The nodes of the model's variables. */
  readonly places: ReadonlyMap<Variable, GraphNode>;
}

/** A pair of an object here and one in the checkpoint. */
interface Pair {
  readonly layer: Layer;
  readonly node: NodeAt;
}

/**
 * Connects a model's variables to the tensors of a checkpoint. Objects of both are walked side by side: what is inside
 * them belongs together by its names, or by its order where those differ. Throws one FileError with all that does not
 * fit, and changes nothing then; or gives what was skipped, and which variable is where.
 */
export function connectCheckpoint(
  model: Model,
  checkpoint: Checkpoint,
  { skipMismatch = false, onUnknown, notes = new Map() }: ConnectOptions,
): Connected {
  const { nodes, name } = checkpoint;
  const parts = new NodeParts(nodes, notes);
  const issues: Issue[] = [];
  let why = "";
  const fitting = new Map<Variable, BundleTensor>();
  const seen = new Set<Layer>();
  const frozen: Layer[] = [];
  const places = new Map<Variable, GraphNode>();
  const pending: Pair[] = [{ layer: model, node: { id: 0, path: "root" } }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { layer, node } = next;
    if (seen.has(layer)) continue;
    seen.add(layer);
    const at = `${name} ${node.path}`;
    if (keepsState(layer)) {
      const message = `the weights of ${quote(layer.name)} are not read, because there is no code for its class.`;
      onUnknown?.(printableIssue({ path: at, message }));
      continue;
    }
    if (layer instanceof Model && notes.get(node.path)?.trainable === false) frozen.push(layer);
    const stored = parts.of(node);
    const own = withoutEmpty(partsOf(layer), stored);
    const variables = pairs(own.variables, stored.variables, byPath, byName);
    const objects = pairs(own.objects, stored.objects, byName, byPath);
    const found: Issue[] = [];
    if (!variables)
      found.push({ path: at, message: counts("variables", layer, own.variables, stored.variables) });
    if (!objects) {
      const message = counts("layers with weights", layer, own.objects, stored.objects);
      const help =
        layer instanceof Model && stored.objects.length > own.objects.length ? whyUnbuilt(layer) : "";
      found.push({ path: at, message: message + help });
      why ||= help;
    }
    const tensors = (variables ?? []).map(([variable, place]) => {
      places.set(variable, place);
      const tensor = checkpoint.bundle.tensor(place.variable?.key ?? "");
      const message = problemOf(variable, tensor);
      if (message) found.push({ path: `${at}/${variable.name}`, message });
      return [variable, tensor] as const;
    });
    if (found.length === 0) for (const [variable, tensor] of tensors) fitting.set(variable, tensor);
    for (const issue of found) issues.push(issue);
    for (const [inner, node] of [...(objects ?? [])].reverse()) pending.push({ layer: inner, node });
  }
  if (issues.length > 0 && !skipMismatch) throw errorFor(issues, why);
  for (const layer of frozen) layer.setOwnTrainable(false);
  for (const [variable, tensor] of fitting) {
    if (tensor.dtype === "int64") variable.widen();
    variable.assignLazily(new StoredTensor(tensor, variable.dtype, undefined));
  }
  return { skipped: issues, places };
}

/** Without layers that there is no code for, and that have no weights in the checkpoint either. */
function withoutEmpty(own: Parts<Variable, Layer>, stored: Parts<unknown, unknown>): Parts<Variable, Layer> {
  const known = new Set(stored.objects.flatMap((part) => [...byName(part), ...byPath(part)]));
  const isKnown = (part: Part<Layer>) => [...byName(part), ...byPath(part)].some((name) => known.has(name));
  return { ...own, objects: own.objects.filter((part) => !keepsState(part.value) || isKnown(part)) };
}

type Naming = (part: Part<unknown>) => readonly string[];

const byName: Naming = ({ name }) => (name === null ? [] : [name]);
/** Attributes that Keras 2 hides have no underscore here. */
const byPath: Naming = ({ paths }) => paths.map((path) => path.replace(/^_+/, ""));

/** Each of the one with that of the other that has a name of it, by the first way of naming that finds all; else by order. */
function pairs<A, B>(
  own: readonly Part<A>[],
  stored: readonly Part<B>[],
  ...namings: readonly Naming[]
): readonly (readonly [A, B])[] | null {
  if (own.length !== stored.length) return null;
  for (const naming of namings) {
    const places = new Map(stored.flatMap((part) => naming(part).map((name) => [name, part] as const)));
    const found = own.map((part) =>
      naming(part)
        .map((name) => places.get(name))
        .find((each) => each),
    );
    if (found.every((each) => each) && new Set(found).size === own.length)
      return own.flatMap(({ value }, i) => (found[i] ? [[value, found[i].value] as const] : []));
  }
  return own.flatMap(({ value }, i) => (stored[i] ? [[value, stored[i].value] as const] : []));
}

function counts(
  what: string,
  { name }: Layer,
  own: readonly Part<unknown>[],
  stored: readonly Part<unknown>[],
): string {
  const shown = (parts: readonly Part<unknown>[]) =>
    `${parts.length} ${inspect(parts.map(({ name, paths }) => name ?? paths[0] ?? ""))}`;
  return `expected ${what} of ${quote(name)}, ${shown(own)}, received ${shown(stored)}.`;
}

function problemOf(variable: Variable, { dtype, shape }: BundleTensor): string | undefined {
  if (!isNumericDType(dtype)) return `expected ${variable.dtype} numbers, received ${dtype}.`;
  if (sameShape(shape, variable.shape)) return undefined;
  return `expected shape ${inspect(variable.shape)}, received ${inspect(shape)}.`;
}
