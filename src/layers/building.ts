import type { Operation } from "../graph/graph.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import type { Argument, Form, Signature } from "../graph/signature.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { Shape } from "../tensor/shape.ts";

/** Shapes of a call's tensor arguments by name: `{ input_shape: [null, 3] }`. */
export type Shapes = Readonly<Record<string, Nested<number | null>>>;

/** A layer as far as building needs it. */
interface Built {
  build(shape: unknown, shapes: Shapes): unknown;
}

/** Calls `build` with shapes by their names; gives what it gives, which should be nothing. */
export function buildFrom(layer: Built, shapes: Shapes): unknown {
  const [first] = Object.values(shapes);
  return layer.build(first, shapes);
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
  if (!isPlain(shapes)) throw layer.problem(`expected shapes by their names, received ${inspect(shapes)}.`);
  const { arguments: known, first, names, shapes: wanted } = layer.constructor.signature;
  const given = Object.entries(shapes);
  for (const [place, [name, shape]] of given.entries()) {
    const { form, required }: Partial<Argument> =
      known[name.replace(/_shape$/, "")] ?? (place === 0 ? known[first] : undefined) ?? {};
    if (shape === null ? form !== "tensor" || !required : isShape(shape, form)) continue;
    throw layer.problem(`expected ${name} to be a shape such as [null, 3], received ${inspect(shape)}.`);
  }
  const isMissing = (name: string) =>
    known[name]?.isShaped && known[name].required && (shapes as Shapes)[`${name}_shape`] == null;
  if (given.length === 0 || (wanted.length > 1 && names.some(isMissing)))
    throw layer.problem(`expected shapes by the names ${inspect(wanted)}, received ${inspect(shapes)}.`);
}

/** Complains about what is no `build_config`. */
export function checkBuildConfig(layer: Operation, config: unknown): void {
  if (!isPlain(config))
    throw layer.problem(
      `expected a build_config such as { input_shape: [null, 3] }, received ${inspect(config)}.`,
    );
}

function isShape(shape: unknown, form: Form | undefined): boolean {
  if (Array.isArray(shape)) return (form === "tensor" ? shape : flatten(shape)).every(isSize);
  return form !== "tensor" && isPlain(shape) && flatten(shape as Nested<unknown>).every(isSize);
}

function isSize(size: unknown): boolean {
  return size === null || (Number.isSafeInteger(size) && (size as number) >= 0);
}
