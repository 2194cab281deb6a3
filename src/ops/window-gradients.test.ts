import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { expectClose } from "../engines/expect-close.ts";
import { onnxruntime } from "../engines/onnxruntime/index.ts";
import { reference } from "../engines/reference/index.ts";
import { Builder } from "../program/builder.ts";
import { runCalling } from "../program/calling.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Attributes, Convolution, Padding, Pool } from "../program/primitives.ts";
import { einsumPrim } from "../program/rules/einsum.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { windowPrim } from "../program/rules/window.ts";
import type { Value } from "../program/value.ts";
import { fromNumbers } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { calculate, dimensions, filled, product, reshapeTo } from "./dimensions.ts";
import { asDType } from "./operands.ts";

interface Recorded {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Case {
  readonly primitive: keyof typeof pullbacks;
  readonly label: string;
  readonly attributes: object;
  readonly inputs: readonly Recorded[];
  readonly cotangent: Recorded;
  readonly gradients: readonly Recorded[];
}

/** How the primitives with windows are reversed, as src/program/primitives.ts says. */
const pullbacks = {
  max_pool: ([x], cotangent, attributes: Pool) => {
    const [batch, ...rest] = dimensions(x!);
    const channels = rest.pop()!;
    const flat = (value: Numeric): Numeric => {
      const places = product(dimensions(value).slice(1, -1));
      return reshapeTo(value, [batch!, places, channels]);
    };
    const zeros = filled([batch!, product(rest), channels], 0, x!.dtype);
    const at = flat(windowPrim("argmax_pool", [x!], attributes));
    return [
      reshapeTo(gatherPrim("scatter_along", [zeros, at, flat(cotangent)], { axis: 1 }), dimensions(x!)),
    ];
  },
  avg_pool: ([x], cotangent, { window, strides, padding }: Pool) => {
    const dilation = window.map(() => 1);
    const ones = filled([1, ...x!.shape.slice(1, -1), 1] as number[], 1, x!.dtype);
    const kernel = filled([...window, 1, 1], 1, x!.dtype);
    const counts = windowPrim("conv", [ones, kernel], { strides, padding, dilation, groups: 1 });
    const channels = x!.shape.at(-1) as number;
    const attributes = { strides, dilation, groups: channels };
    const spread = filled([...window, 1, channels], 1, x!.dtype);
    return [backwards(prim("div", [cotangent, counts]), spread, x!, { ...attributes, padding })];
  },
  conv: ([x, kernel], cotangent, attributes: Convolution) => {
    const { strides, padding, dilation, groups } = attributes;
    const spatial = strides.map((_, i) => i + 1);
    const last = strides.length + 1;
    const [batch, ...rest] = dimensions(x!);
    const width = (rest.pop() as number) / groups;
    const split = reshapeTo(x!, [batch!, ...rest, groups, width]);
    const turned = prim("transpose", [split], { perm: [last + 1, ...spatial, last, 0] });
    const image = reshapeTo(turned, [width, ...rest, calculate("mul", groups, batch!)]);
    const filters = prim("transpose", [cotangent], { perm: [...spatial, 0, last] });
    const options = { strides: dilation, padding, dilation: strides, groups };
    const all = windowPrim("conv", [image, filters], options);
    const window = kernel!.shape.slice(0, -2);
    const cut = piecePrim("slice", [all], {
      start: all.shape.map(() => 0),
      stop: [null, ...window, null],
      step: all.shape.map(() => 1),
    });
    return [
      backwards(cotangent, kernel!, x!, attributes),
      prim("transpose", [cut], { perm: [...spatial, 0, last] }),
    ];
  },
  upsample: ([x], cotangent, { factors, method }: Attributes["upsample"]) => [
    factors.reduce((gradient, factor, i) => {
      const size = x!.shape[i + 1] as number;
      const places = prim("iota", [], { length: size, dtype: "int32" });
      const identity = asDType(prim("eq", [reshapeTo(places, [size, 1]), places]), x!.dtype);
      const image = reshapeTo(identity, [1, size, size]);
      const matrix = reshapeTo(windowPrim("upsample", [image], { factors: [factor], method }), [
        size * factor,
        size,
      ]);
      const labels = "abcde".slice(0, x!.shape.length);
      const equation = `${labels},${labels[i + 1]}z->${labels.replace(labels[i + 1]!, "z")}`;
      return einsumPrim("einsum", [gradient, matrix], { equation });
    }, cotangent),
  ],
} satisfies Record<string, (inputs: readonly Numeric[], cotangent: Numeric, attributes: never) => Numeric[]>;

/** The transposed convolution whose result is as large as `x`. */
function backwards(cotangent: Numeric, kernel: Numeric, x: Numeric, options: Convolution): Numeric {
  const { strides, dilation } = options;
  const padding: Padding = options.padding.map(([low], i) => {
    const extent = ((kernel.shape[i] as number) - 1) * dilation[i]! + 1;
    const full = ((cotangent.shape[i + 1] as number) - 1) * strides[i]! + extent;
    return [low, full - low - (x.shape[i + 1] as number)];
  });
  return windowPrim("conv_transpose", [cotangent, kernel], { ...options, padding });
}

const { cases } = JSON.parse(
  readFileSync(new URL("window-gradients.golden.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Case[] };

const toTensor = ({ shape, values }: Recorded): Tensor => fromNumbers("float32", shape, values);

describe.each([reference, onnxruntime({ package: "onnxruntime-node" })])("on $name", (engine) => {
  it.each(cases)("$primitive, $label: as JAX's", async ({ primitive, label, attributes, ...recorded }) => {
    const [x, ...others] = recorded.inputs.map(toTensor);
    const cotangent = toTensor(recorded.cotangent);
    const builder = new Builder();
    const open = ({ shape, dtype }: Tensor): Value =>
      builder.input({ shape: primitive === "upsample" ? shape : [null, ...shape.slice(1)], dtype });
    const inputs = [open(x!), ...others.map((other) => builder.input(other))];
    const given = open(cotangent);
    const pull = () => pullbacks[primitive](inputs, given, attributes as never) as Value[];
    const gradients = runCalling({ within: { builder } }, pull);
    const executable = await engine.compile(builder.finish(gradients));
    const received = await executable.run([x!, ...others, cotangent]);
    for (const [i, expected] of recorded.gradients.entries()) {
      expectClose(received[i]!, toTensor(expected), `${primitive} ${label}, gradient ${i}`, 1e-5);
    }
    await executable.dispose();
  });
});
