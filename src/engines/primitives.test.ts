import { describe, expect, it } from "vitest";
import { Builder } from "../program/builder.ts";
import type { PrimitiveName, Program } from "../program/primitives.ts";
import { specRules } from "../program/spec-rules.ts";
import type { Value } from "../program/value.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Engine } from "./engine.ts";
import { expectClose } from "./expect-close.ts";
import { onnxruntime } from "./onnxruntime/index.ts";
import { type PrimitiveCase, primitiveCases, trials } from "./primitive-cases.ts";
import { evaluate } from "./reference/index.ts";

const names = Object.keys(trials) as PrimitiveName[];
const allCases = primitiveCases();
const cases = new Map(names.map((name) => [name, allCases.filter(({ primitive }) => primitive === name)]));

/** Which operands of a case a program takes as inputs, and with which shapes; the others are constants. */
type Mode = "all inputs" | "constants" | "open dimensions";

function toProgram(group: readonly PrimitiveCase[], mode: Mode): { program: Program; feeds: Tensor[] } {
  const builder = new Builder();
  const feeds: Tensor[] = [];
  const outputs = group.flatMap(({ primitive, inputs, attributes }) => {
    const values = inputs.map((tensor, i): Value => {
      if (mode === "constants" && i > 0) return builder.constant(tensor);
      feeds.push(tensor);
      const shape = mode === "open dimensions" ? tensor.shape.map(() => null) : tensor.shape;
      return builder.input({ shape, dtype: tensor.dtype });
    });
    const specs = specRules[primitive](values, attributes as never);
    return builder.append(primitive, attributes as never, values, specs);
  });
  return { program: builder.finish(outputs), feeds };
}

const native = onnxruntime({ package: "onnxruntime-node" });
const web = onnxruntime({ package: "onnxruntime-web" });

async function compare(
  group: readonly PrimitiveCase[],
  mode: Mode,
  tolerance?: number,
  engine: Engine = native,
): Promise<void> {
  const { program, feeds } = toProgram(group, mode);
  const executable = await engine.compile(program);
  const received = await executable.run(feeds);
  await executable.dispose();
  let next = 0;
  for (const { primitive, label, inputs, attributes } of group) {
    for (const expected of evaluate(primitive, inputs, attributes as never)) {
      expectClose(received[next++]!, expected, `${primitive} ${label}`, tolerance);
    }
  }
  expect(next).toBe(received.length);
}

describe("ONNX Runtime agrees with the reference engine", () => {
  it.each(names)("%s", (name) => compare(cases.get(name)!, "all inputs"));
});

describe("and so does its WebAssembly build", () => {
  it.each(names)("%s", (name) => compare(cases.get(name)!, "all inputs", undefined, web));
});

describe("with later operands as constants", () => {
  it.each(names.filter((name) => cases.get(name)!.some(({ inputs }) => inputs.length > 1)))("%s", (name) =>
    compare(cases.get(name)!, "constants"),
  );
});

/** The weights of these resizes depend on sizes, and so do the bodies of the loops. */
function needsSizes({ primitive, label }: PrimitiveCase): boolean {
  return label.startsWith("lanczos") || primitive === "scan";
}

describe("with no dimension known before it runs", () => {
  const open = allCases.filter((one) => !needsSizes(one));
  it.each(names.filter((name) => open.some(({ primitive }) => primitive === name)))("%s", (name) =>
    compare(
      open.filter(({ primitive }) => primitive === name),
      "open dimensions",
    ),
  );
});

const floats: readonly DType[] = ["float16", "bfloat16", "float64"];
const integers: readonly DType[] = ["int8", "int16", "int64", "uint8", "uint16", "uint32", "uint64"];

/** Primitives whose operands do not all have one dtype, or that have none. */
const fixed: ReadonlySet<PrimitiveName> = new Set([
  "cast",
  "dim",
  "iota",
  "scan",
  "random_bits",
  "random_gamma",
  "random_binomial",
  "cond",
  "while",
  "bitcast",
]);

/** Primitives with operands that are int32, whatever the others are. */
const indexed: ReadonlySet<PrimitiveName> = new Set([
  "gather",
  "gather_along",
  "scatter_add",
  "scatter_along",
]);

/** float64 is computed as float32 by these: ONNX Runtime has nothing better. */
const single: ReadonlySet<PrimitiveName> = new Set([
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "asinh",
  "acosh",
  "atanh",
  "erf",
  "atan2",
  "leaky_relu",
  "conv",
  "conv_transpose",
  "avg_pool",
  "upsample",
]);

/** The cases on operands of `from`, with operands of `to`. */
function casted(name: PrimitiveName, from: DType, to: DType): PrimitiveCase[] {
  const result: PrimitiveCase[] = [];
  for (const one of cases.get(name)!) {
    const operand = one.inputs.find(({ dtype }) => dtype !== "bool")?.dtype;
    if (operand !== from || /dynamic/.test(one.label)) continue;
    const inputs = one.inputs.map((tensor) => {
      if (tensor.dtype !== from) return tensor;
      const positive = to.startsWith("u") ? evaluate("abs", [tensor], {})[0]! : tensor;
      return evaluate("cast", [positive], { dtype: to })[0]!;
    });
    result.push({ ...one, inputs });
  }
  return result;
}

describe.each([...floats, ...integers])("in %s", (dtype) => {
  const from = isFloat(dtype) ? "float32" : "int32";
  const some = names.filter(
    (name) =>
      !(name === "clamp" && dtype.endsWith("int64")) &&
      !fixed.has(name) &&
      !(indexed.has(name) && !isFloat(dtype)) &&
      casted(name, from, dtype).length > 0,
  );
  it.each(some)("%s", (name) => {
    const group = casted(name, from, dtype);
    return compare(group, "all inputs", dtype === "float64" && single.has(name) ? 1e-5 : undefined);
  });
});
