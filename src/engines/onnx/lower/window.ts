import { EngineError } from "../../../errors.ts";
import { inspect } from "../../../json/inspect.ts";
import type { Padding, Pool } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import { isStatic, sizeOf } from "../../../tensor/shape.ts";
import { transposeConstant } from "./constants.ts";
import type { Lowering } from "./lowering.ts";
import { type Scope, typeOf } from "./scope.ts";
import { upsample } from "./upsample.ts";

/** ONNX has channels first. The transposes cancel out between operators; the runtime removes them. */
function channelsFirst(scope: Scope, name: string, rank: number, compute: (x: string) => string): string {
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i + 1);
  const there = [0, rank - 1, ...spatial];
  const back = [0, ...spatial.map((axis) => axis + 1), 1];
  return scope.transpose(compute(scope.transpose(name, there)), back);
}

function onnxPads(padding: Padding): number[] {
  return [...padding.map(([low]) => low), ...padding.map(([, high]) => high)];
}

/** A kernel with its axes in another order. One that is known is turned now, so that the runtime can fold it. */
function turnedKernel(scope: Scope, kernel: Value, perm: readonly number[]): string {
  const known = scope.known(kernel);
  if (!known) return scope.transpose(scope.name(kernel), perm);
  return scope.shared.transposed(scope.name(kernel), perm, () => transposeConstant(known, perm));
}

const conv: Lowering<"conv"> = (scope, { inputs, attributes }) => {
  const [x, kernel] = inputs as [Value, Value];
  const { strides, padding, dilation, groups } = attributes;
  const spatial = strides.length;
  const window = strides.map((_, i) => i);
  const weights = turnedKernel(scope, kernel, [spatial + 1, spatial, ...window]);
  const options = { strides, pads: onnxPads(padding), dilations: dilation, group: groups };
  return [
    channelsFirst(scope, scope.name(x), spatial + 2, (turned) =>
      scope.compute("Conv", x.dtype, [turned, weights], options),
    ),
  ];
};

const convTranspose: Lowering<"conv_transpose"> = (scope, { inputs, attributes }) => {
  const [x, kernel] = inputs as [Value, Value];
  const { strides, padding, dilation, groups } = attributes;
  const spatial = strides.length;
  const window = strides.map((_, i) => i);
  const weights = turnedKernel(scope, kernel, [spatial + 1, spatial, ...window]);
  const crop: Padding = padding.map(([low, high]) => [Math.max(low, 0), Math.max(high, 0)]);
  const options = { strides, pads: onnxPads(crop), dilations: dilation, group: groups };
  const result = channelsFirst(scope, scope.name(x), spatial + 2, (turned) =>
    scope.compute("ConvTranspose", x.dtype, [turned, weights], options),
  );
  const grow: Padding = padding.map(([low, high]) => [Math.max(-low, 0), Math.max(-high, 0)]);
  if (grow.every(([low, high]) => low === 0 && high === 0)) return [result];
  const pads = scope.int64(onnxPads([[0, 0], ...grow, [0, 0]]));
  return [scope.pad(result, x.dtype, pads, 0)];
};

function poolOptions(op: string, { window, strides, padding }: Pool) {
  if (padding.some(([low, high], i) => Math.max(low, high) >= window[i]!)) {
    throw new EngineError(
      op,
      `expected padding smaller than the window (${window}), received ${inspect(padding)}.`,
    );
  }
  return { kernel_shape: window, strides, pads: onnxPads(padding) };
}

interface Pooling {
  readonly inputs: readonly Value[];
  readonly attributes: Pool;
}

function pool(op: "MaxPool" | "AveragePool") {
  return (scope: Scope, { inputs: [x], attributes }: Pooling): string[] => {
    const options = poolOptions(op, attributes);
    const type = typeOf(x!);
    if (op === "MaxPool") scope.keepPadding(scope.name(x!));
    return [
      channelsFirst(scope, scope.name(x!), x!.shape.length, (turned) =>
        scope.compute(op, type, [turned], options),
      ),
    ];
  };
}

/**
 * MaxPool counts through the whole tensor, so that the place in an image is what is left over the images before.
 * Integers go as floats: the runtime finds no maximum in a window of the least integers (nor of the least floats).
 */
const argmaxPool: Lowering<"argmax_pool"> = (scope, { inputs, attributes }) => {
  const [x] = inputs as [Value];
  const options = poolOptions("MaxPool", attributes);
  const own = typeOf(x);
  const type = isFloat(own) ? own : "float64";
  const image = x.shape.slice(1, -1);
  const points = isStatic(image)
    ? scope.scalar("int64", sizeOf(image))
    : scope.node("ReduceProd", [scope.node("Shape", [scope.name(x)], { start: 1, end: -1 })], {
        keepdims: 0,
      });
  return [
    channelsFirst(scope, scope.cast(scope.name(x), own, type), x.shape.length, (turned) => {
      const [, indices] = scope.split("MaxPool", [turned], 2, options) as [string, string];
      return scope.cast(scope.node("Mod", [indices, points]), "int64", "int32");
    }),
  ];
};

const upsampleImage: Lowering<"upsample"> = (scope, instruction) => {
  const x = instruction.inputs[0]!;
  return [
    upsample(scope, scope.name(x), x, instruction.attributes, (compute) =>
      channelsFirst(scope, scope.name(x), x.shape.length, compute),
    ),
  ];
};

export const windowLowerings = {
  conv,
  conv_transpose: convTranspose,
  max_pool: pool("MaxPool"),
  argmax_pool: argmaxPool,
  avg_pool: pool("AveragePool"),
  upsample: upsampleImage,
};
