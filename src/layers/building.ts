import { type CeratopsError, ConfigError } from "../errors.ts";
import { currentReading } from "../fields/reading.ts";
import type { Operation } from "../graph/graph.ts";
import { isDict, mapNested, type Nested } from "../graph/nested.ts";
import type { Argument, Form, Signature } from "../graph/signature.ts";
import { checkLevel } from "../json/depth.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import type { Shape } from "../tensor/shape.ts";
import { running } from "./running.ts";

/** Shapes of a call's tensor arguments by name: `{ input_shape: [null, 3] }`. */
export type Shapes = Readonly<Record<string, Nested<number | null>>>;

/** A layer as far as building needs it. */
interface Built {
  build(shape: unknown, shapes: Shapes): unknown;
}

/** Calls `build` with shapes by their names; gives what it gives, which should be nothing. */
export function buildFrom(layer: Built, shapes: Shapes): unknown {
  const [first] = Object.values(shapes);
  return running(layer, "build", () => layer.build(first, shapes));
}

/** What `build` gets, from the arguments of a call. */
export function shapesFor(signature: Signature, bound: Readonly<Record<string, unknown>>): Shapes {
  const shapes: Record<string, Nested<number | null>> = {};
  for (const name of signature.names) {
    const key = `${name}_shape`;
    if (bound[name] != null && signature.shapes.includes(key)) shapes[key] = shapesOf(bound[name]);
  }
  const [only = "input_shape"] = signature.shapes;
  return Object.keys(shapes).length > 0 ? shapes : { [only]: shapesOf(bound[signature.first]) };
}

function shapesOf(argument: unknown): Nested<number | null> {
  return mapNested(
    argument as Nested<unknown>,
    (leaf) => (leaf as { shape?: Shape } | null)?.shape ?? null,
  ) as Nested<number | null>;
}

/** Complains about what are no shapes by their names. */
export function checkShapes(layer: Operation, shapes: unknown): void {
  check(layer, shapes, wrongOf(layer));
}

/** The shapes of a `build_config` by their names, checked; null where it has none. What is wrong is said at its place. */
export function shapesIn(
  layer: Operation,
  { input_shape: only, shapes_dict: all }: JsonObject,
): Shapes | null {
  const [first = "input_shape"] = layer.constructor.signature.shapes;
  const shapes = only !== undefined ? { [first]: only } : isDict(all) ? all : null;
  if (shapes) check(layer, shapes, wrongIn(only !== undefined ? "input_shape" : "shapes_dict", layer));
  return shapes as Shapes | null;
}

/** Makes the error for shapes; `name` is that of the one that is wrong, if it is one. */
type Wrong = (expected: string, received: unknown, name?: string) => CeratopsError;

function wrongOf(layer: Operation): Wrong {
  return (expected, received, name) =>
    layer.problem(`expected ${name ? `${name} to be ` : ""}${expected}, received ${inspect(received)}.`);
}

function wrongIn(key: "input_shape" | "shapes_dict", layer: Operation): Wrong {
  const reading = currentReading();
  if (!reading) return wrongOf(layer);
  return (expected, received, name) => {
    const place = key === "shapes_dict" && name !== undefined ? joinPath(key, name) : key;
    return new ConfigError(
      `${joinPath(reading.path, "build_config")}.${place}`,
      `expected ${expected}, received ${inspect(received)}.`,
    );
  };
}

function check(layer: Operation, shapes: unknown, wrong: Wrong): void {
  if (!isPlain(shapes)) throw wrong("shapes by their names", shapes);
  const given = shapes as Readonly<Record<string, unknown>>;
  const signature = layer.constructor.signature;
  let alone: string | null = null;
  for (const [place, name] of Object.keys(given).entries()) {
    const shape = given[name];
    const argument = argumentOf(signature, name, place);
    const form = argument?.form;
    const fits = shape === null ? form !== "tensor" || !argument?.required : isShapeOf(shape, form);
    if (!fits) throw wrong(expectedOf(form), shape, name);
    if (form === "tensors" && isShape(shape)) alone ??= name;
  }
  // One shape is a shape all the same, which the layer cannot be built for.
  if (alone !== null) throw wrongOf(layer)(expectedOf("tensors"), given[alone], alone);
  const { arguments: known, names, shapes: wanted } = signature;
  const isMissing = (argument: string) =>
    known[argument]?.isShaped && known[argument].required && given[`${argument}_shape`] == null;
  if (Object.keys(given).length === 0 || (wanted.length > 1 && names.some(isMissing)))
    throw wrong(`shapes by the names ${inspect(wanted)}`, given);
}

/** The argument that a shape is given for by its name; the first is that of the first one, whatever its name. */
function argumentOf(
  { arguments: known, first }: Signature,
  name: string,
  place: number,
): Argument | undefined {
  return (
    known[name.endsWith("_shape") ? name.slice(0, -6) : name] ?? (place === 0 ? known[first] : undefined)
  );
}

function expectedOf(form: Form | undefined): string {
  return form === "tensors" ? "a list of shapes such as [[null, 3]]" : "a shape such as [null, 3]";
}

/** Complains about what is no `build_config`. */
export function checkBuildConfig(layer: Operation, config: unknown): void {
  if (!isPlain(config))
    throw layer.problem(
      `expected a build_config such as { input_shape: [null, 3] }, received ${inspect(config)}.`,
    );
}

/**
 * Whether it is a shape, or where several tensors are taken shapes in a list, or in lists and dicts; null stands for no
 * tensor.
 */
function isShapeOf(shape: unknown, form: Form | undefined, level = 0): boolean {
  checkLevel(level);
  if (isShape(shape)) return true;
  if (form === "tensor") return false;
  if (form === "tensors")
    return Array.isArray(shape) && shape.every((part) => part === null || isShape(part));
  const parts = Array.isArray(shape) ? shape : isPlain(shape) ? Object.values(shape) : [];
  return parts.length > 0 && parts.every((part) => part === null || isShapeOf(part, form, level + 1));
}

/** Whether it is a shape that a tensor may have. */
export function isShape(shape: unknown): shape is Shape {
  return Array.isArray(shape) && shape.every(isSize);
}

function isSize(size: unknown): boolean {
  return size === null || (Number.isSafeInteger(size) && (size as number) >= 0);
}
