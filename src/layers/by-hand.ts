import { finished } from "../context.ts";
import { KerasTensor, placeOf, signatureOf } from "../graph/graph.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import { isOperand } from "../ops/operands.ts";
import { checkShapes, type Shapes } from "./building.ts";
import { type Called, prepare } from "./calling.ts";
import { isRunning, running } from "./running.ts";

/** A layer as far as its methods can be called by hand. */
interface Guarded extends Called {
  buildWith(shapes: Shapes): void;
}

type Method = (this: Guarded, first: unknown, second: unknown, third?: unknown) => unknown;

/** Prototypes whose methods are guarded. */
const guarded = new WeakSet<object>();

/**
 * Has `build` and `call` of a class look at what they are given by whoever calls them by hand, as `buildWith` and `apply`
 * do: a call builds the layer first. `base` is the `build` that builds nothing.
 */
export function guardMethods(prototype: object, base: unknown): void {
  for (let one = prototype; one && !guarded.has(one); one = Object.getPrototypeOf(one)) {
    guarded.add(one);
    guard(one, "build", (own) =>
      own === base
        ? function build(shape, shapes) {
            if (!isRunning(this, "build")) checkShapes(this, shapesOf(this, shape, shapes));
          }
        : function build(shape, shapes) {
            if (isRunning(this, "build")) return own.call(this, shape, shapes);
            return this.buildWith(shapesOf(this, shape, shapes) as Shapes);
          },
    );
    guard(
      one,
      "call",
      (own) =>
        function call(first, rest = {}) {
          return isRunning(this, "call") ? own.call(this, first, rest) : calledByHand(this, own, first, rest);
        },
    );
    guard(
      one,
      "computeMask",
      (own) =>
        function computeMask(first, masks, rest = {}) {
          if (!isRunning(this, "call")) checkMasks(this, first, masks, rest);
          return own.call(this, first, masks, rest);
        },
    );
  }
}

function guard(prototype: object, name: string, around: (own: Method) => Method): void {
  const found = Object.getOwnPropertyDescriptor(prototype, name);
  if (typeof found?.value !== "function" || !found.configurable) return;
  Object.defineProperty(prototype, name, { ...found, value: around(found.value) });
}

/** Shapes by their names, of which `build` may be given the first alone. */
function shapesOf(layer: Guarded, shape: unknown, shapes: unknown): unknown {
  const [first = "input_shape"] = signatureOf(layer).shapes;
  return shapes === undefined ? { [first]: shape } : shapes;
}

/** Looks at masks, which are one for each of the first argument's tensors where those are a list. */
function checkMasks(layer: Guarded, first: unknown, masks: unknown, rest: unknown): void {
  checkRest(layer, "computeMask", rest);
  const { first: name, arguments: facts } = signatureOf(layer);
  const isMask = (mask: unknown) => mask === null || isOperand(mask);
  const isListed = facts[name]?.form === "tensors";
  const fits = !isListed || (Array.isArray(masks) && masks.length > 0);
  if (!fits || !flatten((masks ?? null) as Nested<unknown>).every(isMask))
    throw layer.problem(
      `computeMask: expected ${isListed ? "a list of masks" : "a mask"}, received ${inspect(masks)}.`,
    );
  if (isListed && (!Array.isArray(first) || first.length !== (masks as unknown[]).length))
    throw layer.problem(`computeMask: expected a tensor for each mask, received ${inspect(first)}.`);
}

function checkRest(layer: Guarded, method: string, rest: unknown): void {
  if (isPlain(rest)) return;
  throw layer.problem(`${method}: expected the other arguments by their names, received ${inspect(rest)}.`);
}

function calledByHand(layer: Guarded, own: Method, first: unknown, rest: unknown): unknown {
  if (!isPlain(rest))
    throw layer.problem(
      `call: expected the arguments after the first by their names, received ${inspect(rest)}.`,
    );
  const given = { ...(rest as object), [signatureOf(layer).first]: first };
  const bound = mapNested(given as Nested<unknown>, (leaf) =>
    leaf instanceof KerasTensor ? leaf.value : leaf,
  );
  prepare(layer, bound as Record<string, unknown>);
  return finished(
    running(layer, "call", () => own.call(layer, first, rest)),
    () => placeOf(layer),
  );
}
