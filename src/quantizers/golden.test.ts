import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { noteFor, textAspect } from "../../test/tried.ts";
import { builtins } from "../builtins.ts";
import { parseDialect } from "../dialects/version.ts";
import { expectClose } from "../engines/expect-close.ts";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import type { Layer } from "../layers/layer.ts";
import { copyObject } from "../registry/configurable.ts";
import { deserialize } from "../registry/deserialize.ts";
import { serialize } from "../registry/serialize.ts";
import { Tensor } from "../tensor/tensor.ts";
import * as Q from "./index.ts";

useReference();

interface Case {
  readonly kind: "quantizer" | "call" | "fitted";
  readonly id: string;
  readonly config_text?: string;
  readonly weights?: readonly (TensorRecord & { readonly name: string })[];
  readonly inputs?: Readonly<Record<string, TensorRecord>>;
  readonly outputs?: readonly TensorRecord[];
}

type Given = Readonly<Record<string, Tensor>>;
const one = (value: number) => tensor(value);

/** What Python's expressions are here. */
const calls: Readonly<Record<string, (given: Given) => unknown>> = {
  "Q.abs_max_quantize(X, axis=-1)": ({ X }) => Q.absMaxQuantize(X!, { axis: -1 }),
  "Q.abs_max_quantize(X, axis=0)": ({ X }) => Q.absMaxQuantize(X!, { axis: 0 }),
  "Q.abs_max_quantize(X, axis=(0, 1), value_range=(-8, 7))": ({ X }) =>
    Q.absMaxQuantize(X!, { axis: [0, 1], value_range: [-8, 7] }),
  "Q.abs_max_quantize(X, 0, to_numpy=True)": ({ X }) => Q.absMaxQuantize(X!, { axis: 0 }),
  'Q.abs_max_quantize(X, axis=0, value_range=(0, 255), dtype="uint8", epsilon=0.5)': ({ X }) =>
    Q.absMaxQuantize(X!, { axis: 0, value_range: [0, 255], dtype: "uint8", epsilon: 0.5 }),
  "Q.AbsMaxQuantizer(axis=1)(X)": ({ X }) => new Q.AbsMaxQuantizer({ axis: 1 }).call(X!),
  'Q.quantize_and_dequantize(SMALL, 1.0, "float8_e4m3fn", "float32")': ({ SMALL }) =>
    Q.quantizeAndDequantize(SMALL!, 1, "float8_e4m3fn", "float32"),
  'Q.quantize_and_dequantize(SMALL, 1.0, "float8_e5m2", "float32")': ({ SMALL }) =>
    Q.quantizeAndDequantize(SMALL!, 1, "float8_e5m2", "float32"),
  'Q.quantize_and_dequantize(X, np.float32(0.013), "float8_e4m3fn", "float32")': ({ X }) =>
    Q.quantizeAndDequantize(X!, one(0.013), "float8_e4m3fn", "float32"),
  'Q.quantize_and_dequantize(X, 0.25, "float8_e5m2", "float32")': ({ X }) =>
    Q.quantizeAndDequantize(X!, 0.25, "float8_e5m2", "float32"),
  "Q.compute_float8_scale(np.float32(3), np.float32(0.5), np.float32(448))": () =>
    Q.computeFloat8Scale(one(3), one(0.5), one(448)),
  "Q.compute_float8_scale(np.float32(0), np.float32(0.5), np.float32(448), 2)": () =>
    Q.computeFloat8Scale(one(0), one(0.5), one(448), 2),
  'Q.compute_float8_scale(np.float32("inf"), np.float32(0.5), np.float32(448))': () =>
    Q.computeFloat8Scale(one(Number.POSITIVE_INFINITY), one(0.5), one(448)),
  "Q.compute_float8_scale(np.float32(3), np.float32(0.5), np.float32(448), 2)": () =>
    Q.computeFloat8Scale(one(3), one(0.5), one(448), 2),
  "Q.compute_float8_amax_history(X, SMALL)": ({ X, SMALL }) => Q.computeFloat8AmaxHistory(X!, SMALL!),
  "Q.pack_int4(BYTES)": ({ BYTES }) => Q.packInt4(BYTES!)[0],
  "Q.pack_int4(BYTES, axis=1)": ({ BYTES }) => Q.packInt4(BYTES!, { axis: 1 })[0],
  "Q.pack_int4(BYTES, axis=-1)": ({ BYTES }) => Q.packInt4(BYTES!, { axis: -1 })[0],
  "Q.unpack_int4(PACKED, 5)": ({ PACKED }) => Q.unpackInt4(PACKED!, 5),
  "Q.unpack_int4(PACKED, 6, axis=0)": ({ PACKED }) => Q.unpackInt4(PACKED!, 6, { axis: 0 }),
  "Q.unpack_int4(PACKED, 7, axis=1)": ({ PACKED }) => Q.unpackInt4(PACKED!, 7, { axis: 1 }),
  'Q.unpack_int4(UNSIGNED, 8, axis=-1, dtype="uint8")': ({ UNSIGNED }) =>
    Q.unpackInt4(UNSIGNED!, 8, { axis: -1, dtype: "uint8" }),
  "Q.abs_max_quantize_grouped_with_zero_point(WIDE, 3, to_numpy=True)": ({ WIDE }) =>
    Q.absMaxQuantizeGroupedWithZeroPoint(WIDE!, { block_size: 3 }),
  "Q.abs_max_quantize_grouped_with_zero_point(WIDE, 128, to_numpy=True)": ({ WIDE }) =>
    Q.absMaxQuantizeGroupedWithZeroPoint(WIDE!, { block_size: 128 }),
  "Q.fake_quant_with_min_max_vars(X, np.float32(-1), np.float32(2))": ({ X }) =>
    Q.fakeQuantWithMinMaxVars(X!, one(-1), one(2)),
  "Q.fake_quant_with_min_max_vars(X, np.float32(0), np.float32(2), num_bits=4, narrow_range=True)": ({ X }) =>
    Q.fakeQuantWithMinMaxVars(X!, one(0), one(2), { num_bits: 4, narrow_range: true }),
  'Q.fake_quant_with_min_max_vars(X, np.array([-1, -2, 0, -0.5, -3, 0.5], "float32"), np.array([1, 2, 1, 0.5, 1, 2], "float32"), num_bits=3, axis=1)':
    ({ X }) =>
      Q.fakeQuantWithMinMaxVars(X!, tensor([-1, -2, 0, -0.5, -3, 0.5]), tensor([1, 2, 1, 0.5, 1, 2]), {
        num_bits: 3,
      }),
};

function casesOf(version: string): readonly Case[] {
  const path = new URL(`../../golden/${version}/quantizers.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly quantizers: readonly Case[] }).quantizers;
}

/** The public name of what a Python expression makes or calls. */
function nameOf(id: string): string {
  return `quantizers.${/^[\w.]*?([A-Za-z_0-9]+)\(/.exec(id)![1]}`;
}

/** Outputs that a newer version has as the first has them are not written again. */
const baseline = new Map(casesOf("3.6").map(({ id, outputs }) => [id, outputs]));

for (const version of ["3.6", "3.15"]) {
  const cases = casesOf(version).map((each) => ({ ...each, outputs: each.outputs ?? baseline.get(each.id) }));
  const kind = (name: Case["kind"]) => cases.filter((each) => each.kind === name);
  const options = { registry: builtins, dialect: parseDialect(version)! };

  describe(`quantizers of Keras ${version}`, () => {
    it.for(kind("quantizer"))("$id", ({ id, config_text: text = "" }, context) => {
      const found = deserialize(parsePythonJson(text), options) as Q.AbsMaxQuantizer;
      noteFor(
        context,
        nameOf(id),
        "quantizers.deserialize",
        "quantizers.serialize",
      )(textAspect(version), () => {
        for (const each of [found, copyObject(found)])
          expect(stringifyPythonJson(serialize(each))).toBe(text);
      });
    });

    it.for(kind("call"))("$id", ({ id, inputs = {}, outputs = [] }, context) => {
      const given = Object.fromEntries(
        Object.entries(inputs).map(([name, each]) => [name, recordTensor(each)]),
      );
      const found = [calls[id]?.(given)].flat() as Tensor[];
      const tensors = found.filter((each) => each instanceof Tensor);
      expect(outputs.length).toBeGreaterThan(0);
      expect(tensors).toHaveLength(outputs.length);
      noteFor(context, nameOf(id))("values", () => {
        for (const [i, expected] of outputs.entries())
          expectClose(tensors[i]!, recordTensor(expected), id, 2e-7);
      });
    });

    it.each(kind("fitted"))("$id", ({ config_text: text = "", weights = [], inputs = {}, outputs = [] }) => {
      const layer = deserialize(parsePythonJson(text), options) as Layer;
      layer.buildOn([4, 6]);
      expect(layer.weights.map(({ name }) => name)).toEqual(weights.map(({ name }) => name));
      layer.setWeights(weights.map(recordTensor));
      const found = layer.apply(recordTensor(Object.values(inputs)[0]!)) as Tensor;
      expectClose(found, recordTensor(outputs[0]!), text);
      expect(stringifyPythonJson(serialize(layer))).toBe(text);
    });
  });
}
