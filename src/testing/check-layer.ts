import { runProgram, useReference } from "../engines/reference/index.ts";
import { ModelError } from "../errors.ts";
import { KerasTensor } from "../graph/keras-tensor.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import type { Layer } from "../layers/layer.ts";
import { openValue, trace } from "../models/trace.ts";
import { serializeObject } from "../registry/serialize.ts";
import { toNumbers } from "../tensor/cast.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

export interface CheckOptions {
  /** What the layer is called on: a tensor, or a list or dict of them, the batch first. */
  readonly inputs: Nested<Tensor>;
  /** How far eager and traced values may be apart, relative to 1 plus their size. Defaults to 1e-5. */
  readonly tolerance?: number;
}

/**
 * Checks a layer of one's own as every built-in one is checked: its config is text that makes the same layer again,
 * a clone has the same config and weights of the same shapes, the shapes it promises are those it gives, and its
 * values are the same computed at once and as a program with an open batch. Throws a {@link ModelError} that says
 * what does not hold.
 *
 * @example
 * checkLayer(() => new Scale({ factor: 2 }), { inputs: tensor([[1, 2]], { dtype: "float32" }) });
 */
export function checkLayer(make: () => Layer, { inputs, tolerance = 1e-5 }: CheckOptions): void {
  useReference();
  const layer = make();
  const copy = checkConfig(layer);
  const symbolic = layer.apply<Nested<KerasTensor>>(
    mapNested(inputs, ({ shape, dtype }) => new KerasTensor(openValue(shape, dtype))) as KerasTensor,
  );
  copy.apply(inputs as Tensor);
  const shapes = (of: Layer) => of.weights.map(({ shape }) => formatShape(shape)).join(", ");
  expectEqual(layer, "the weights of a copy", shapes(copy), shapes(layer));
  copy.setWeights(layer.getWeights());

  const eager = flatten(layer.apply<Nested<Tensor>>(inputs as Tensor));
  const promised = flatten(symbolic);
  expectEqual(layer, "the number of outputs", eager.length, promised.length);
  for (const [i, { shape, dtype }] of promised.entries()) {
    const given = eager[i]!.shape.map((n, axis) => (shape[axis] === null ? null : n));
    expectEqual(
      layer,
      `output ${i}`,
      `${eager[i]!.dtype} ${formatShape(given)}`,
      `${dtype} ${formatShape(shape)}`,
    );
  }
  const { program } = trace(
    layer,
    mapNested(inputs, ({ shape, dtype }) => openValue(shape, dtype)),
  );
  expectClose(layer, "a program", runProgram(program, flatten(inputs)), eager, tolerance);
  expectClose(
    layer,
    "a copy with the same weights",
    flatten(copy.apply<Nested<Tensor>>(inputs as Tensor)),
    eager,
    tolerance,
  );
}

/** The layer's text makes a layer of the same text. */
function checkConfig(layer: Layer): Layer {
  const before = stringifyPythonJson(layer.getConfig());
  const copy = layer.constructor.fromConfig(parsePythonJson(before) as object);
  expectEqual(
    layer,
    "the config of a layer made from its config",
    stringifyPythonJson(copy.getConfig()),
    before,
  );
  const { class_name: className } = serializeObject(layer);
  expectEqual(layer, "class_name", className, layer.constructor.className);
  return copy;
}

function expectClose(
  layer: Layer,
  what: string,
  got: readonly Tensor[],
  want: readonly Tensor[],
  tolerance: number,
): void {
  for (const [i, expected] of want.entries()) {
    const [a, b] = [toNumbers(got[i]!), toNumbers(expected)];
    for (let j = 0; j < b.length; j++) {
      const isClose = Object.is(a[j], b[j]) || Math.abs(a[j]! - b[j]!) <= tolerance * (1 + Math.abs(b[j]!));
      if (!isClose) fail(layer, `element ${j} of output ${i} of ${what}`, a[j], b[j]);
    }
  }
}

function expectEqual(layer: Layer, what: string, received: unknown, expected: unknown): void {
  if (received !== expected) fail(layer, what, received, expected);
}

function fail(layer: Layer, what: string, received: unknown, expected: unknown): never {
  throw new ModelError([
    {
      path: `checkLayer: ${layer.constructor.className}`,
      message: `${what}: expected ${String(expected)}, received ${String(received)}.`,
    },
  ]);
}
