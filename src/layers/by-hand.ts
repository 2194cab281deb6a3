import { computing } from "../context.ts";
import { KerasTensor, placeOf, signatureOf } from "../graph/graph.ts";
import { flatten, isDict, mapNested, type Nested } from "../graph/nested.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { isOperand } from "../ops/operands.ts";
import type { Shapes } from "./building.ts";
import { type Called, prepare } from "./calling.ts";
import { checkArguments } from "./check-arguments.ts";
import { isRunning, running } from "./running.ts";

/** A layer as far as its methods can be called by hand. */
interface Guarded extends Called {
  buildWith(shapes: Shapes): void;
}

type Method = (this: Guarded, ...given: unknown[]) => unknown;

/** Prototypes whose methods are guarded. */
const guarded = /* @__PURE__ */ new WeakSet<object>();

/**
 * Has `build`, `call` and `computeMask` of a class look at what they are given by whoever calls them by hand, as
 * `buildWith` and `apply` do: a call builds the layer first. `base` has the `build` that builds nothing and takes
 * anything, and a `computeMask` that passes masks on.
 */
export function guardMethods(prototype: object, base: object): void {
  for (let one = prototype; one !== base && one && !guarded.has(one); one = Object.getPrototypeOf(one)) {
    guarded.add(one);
    guard(one, "build", byHandBuild);
    guard(one, "call", byHandCall);
    guard(one, "computeMask", byHandMask);
  }
  if (guarded.has(base)) return;
  guarded.add(base);
  guard(base, "computeMask", byHandMask);
}

type ByHand = (layer: Guarded, own: Method, ...given: unknown[]) => unknown;

function guard(prototype: object, name: "build" | "call" | "computeMask", byHand: ByHand): void {
  const found = Object.getOwnPropertyDescriptor(prototype, name);
  const own: Method | undefined = found?.value;
  if (typeof own !== "function" || !found?.configurable) return;
  const value: Method = function (...given) {
    const isInside = isRunning(this, name === "build" ? "build" : "call");
    return isInside ? own.apply(this, given) : byHand(this, own, ...given);
  };
  Object.defineProperty(prototype, name, { ...found, value });
}

/** Shapes by their names, of which the first may be given alone. */
function byHandBuild(layer: Guarded, _: Method, shape: unknown, shapes: unknown): void {
  const [first = "input_shape"] = signatureOf(layer).shapes;
  layer.buildWith((shapes === undefined ? { [first]: shape } : shapes) as Shapes);
}

function byHandCall(layer: Guarded, own: Method, first: unknown, rest: unknown = {}): unknown {
  prepare(layer, byNames(layer, first, rest));
  return computing(
    () => placeOf(layer),
    () => running(layer, "call", () => own.call(layer, first, rest)),
  );
}

function byHandMask(layer: Guarded, own: Method, first: unknown, mask: unknown, rest: unknown = {}): unknown {
  checkArguments(layer, byNames(layer, first, rest));
  const masks = masksOf(layer, first, mask ?? null);
  return computing(
    () => placeOf(layer),
    () => running(layer, "call", () => own.call(layer, first, masks, rest)),
  );
}

/** What a method is given, by names, with what stands for the values of a graph. */
function byNames(layer: Guarded, first: unknown, rest: unknown): Record<string, unknown> {
  if (!isPlain(rest))
    throw layer.problem(`expected the other arguments by their names, received ${inspect(rest)}.`);
  const given = { ...(rest as object), [signatureOf(layer).first]: first };
  const held = (leaf: unknown) => (leaf instanceof KerasTensor ? leaf.value : leaf);
  return mapNested(given as Nested<unknown>, held) as Record<string, unknown>;
}

/** The masks of a layer's tensors: of a list of tensors as many, where null stands for one that has none. */
function masksOf(layer: Guarded, first: unknown, mask: unknown): unknown {
  if (mask === null) return Array.isArray(first) ? first.map(() => null) : null;
  const isOfForm = Array.isArray(first)
    ? Array.isArray(mask) && mask.length === first.length
    : isDict(first) || isTensor(first) !== Array.isArray(mask);
  const fits = (leaf: unknown) => leaf === null || isTensor(leaf);
  if (isOfForm && flatten(mask as Nested<unknown>).every(fits)) return mask;
  const expected = Array.isArray(first) ? `a list of ${first.length} masks` : "a mask";
  throw layer.problem(`expected ${expected}, or null, received ${inspect(mask)}.`);
}

const isTensor = (leaf: unknown): boolean => isOperand(leaf) || leaf instanceof KerasTensor;
