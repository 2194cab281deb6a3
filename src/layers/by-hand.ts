import { computing } from "../context.ts";
import { KerasTensor, placeOf, signatureOf } from "../graph/graph.ts";
import { mapNested, type Nested } from "../graph/nested.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { Shapes } from "./building.ts";
import { type Called, prepare } from "./calling.ts";
import { isRunning, running } from "./running.ts";

/** A layer as far as its methods can be called by hand. */
interface Guarded extends Called {
  buildWith(shapes: Shapes): void;
}

type Method = (this: Guarded, first: unknown, rest: unknown) => unknown;

/** Prototypes whose methods are guarded. */
const guarded = /* @__PURE__ */ new WeakSet<object>();

/**
 * Has `build` and `call` of a class look at what they are given by whoever calls them by hand, as `buildWith` and `apply`
 * do: a call builds the layer first. `base` is the `build` that builds nothing, and takes anything.
 */
export function guardMethods(prototype: object, base: unknown): void {
  for (let one = prototype; one && !guarded.has(one); one = Object.getPrototypeOf(one)) {
    guarded.add(one);
    guard(one, "build", byHandBuild, base);
    guard(one, "call", byHandCall);
  }
}

type ByHand = (layer: Guarded, own: Method, first: unknown, rest: unknown) => unknown;

function guard(prototype: object, name: "build" | "call", byHand: ByHand, base?: unknown): void {
  const found = Object.getOwnPropertyDescriptor(prototype, name);
  const own: Method | undefined = found?.value;
  if (typeof own !== "function" || own === base || !found?.configurable) return;
  const value: Method = function (first, rest) {
    return isRunning(this, name) ? own.call(this, first, rest) : byHand(this, own, first, rest);
  };
  Object.defineProperty(prototype, name, { ...found, value });
}

/** Shapes by their names, of which the first may be given alone. */
function byHandBuild(layer: Guarded, _: Method, shape: unknown, shapes: unknown): void {
  const [first = "input_shape"] = signatureOf(layer).shapes;
  layer.buildWith((shapes === undefined ? { [first]: shape } : shapes) as Shapes);
}

function byHandCall(layer: Guarded, own: Method, first: unknown, rest: unknown = {}): unknown {
  if (!isPlain(rest))
    throw layer.problem(`expected the other arguments by their names, received ${inspect(rest)}.`);
  const given = { ...(rest as object), [signatureOf(layer).first]: first };
  const bound = mapNested(given as Nested<unknown>, (leaf) =>
    leaf instanceof KerasTensor ? leaf.value : leaf,
  );
  prepare(layer, bound as Record<string, unknown>);
  return computing(
    () => placeOf(layer),
    () => running(layer, "call", () => own.call(layer, first, rest)),
  );
}
