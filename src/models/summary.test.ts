import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { goldenObjects } from "../../test/golden-custom.ts";
import { useReference } from "../engines/reference/index.ts";
import { resetNames } from "../graph/naming.ts";
import { Input } from "../layers/core/input-layer.ts";
import { layer } from "../layers/define.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { KeptState, type KeptTensor } from "../program/kept-state.ts";
import { prim } from "../program/prim.ts";
import { modelFromJson } from "../revive.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape, StaticShape } from "../tensor/shape.ts";
import { Functional } from "./functional.ts";
import type { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";
import type { SummaryOptions } from "./summary.ts";

useReference();

interface Golden {
  readonly config_text: string;
  readonly summary: string;
  readonly summary_all?: string;
  readonly optimizer_variables?: readonly { readonly dtype: DType; readonly shape: StaticShape }[];
}

const folder = new URL("../../golden/3.6/models/", import.meta.url);
const names = readdirSync(folder).map((file) => file.replace(".json", ""));

function goldenOf(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
}

function read({ config_text, optimizer_variables }: Golden): Model {
  const model = modelFromJson(config_text, { customObjects: goldenObjects });
  if (optimizer_variables) model.optimizerState = keptState(optimizer_variables);
  return model;
}

function keptState(variables: readonly { readonly dtype: DType; readonly shape: StaticShape }[]): KeptState {
  const data = () => {
    throw new Error("a summary reads no values");
  };
  const tensors = variables.map(({ dtype, shape }, i): [string, KeptTensor] => [
    String(i),
    { dtype, shape, attributes: new Map(), data },
  ]);
  return new KeptState(new Map([["vars", new KeptState(new Map(tensors))]]));
}

describe("the summary Keras prints", () => {
  it.each(names)("of %s", (name) => {
    const golden = goldenOf(name);
    const model = read(golden);
    expect(`${model.summary()}\n`).toBe(golden.summary);
    if (golden.summary_all === undefined) return;
    expect(`${model.summary({ expand_nested: true, show_trainable: true })}\n`).toBe(golden.summary_all);
  });

  interface OptionsCase {
    readonly model: string;
    readonly options: SummaryOptions;
    readonly text: string;
  }
  const cases: readonly OptionsCase[] = JSON.parse(
    readFileSync(new URL("./summary.golden.json", import.meta.url), "utf8"),
  );
  it.each(cases.map(({ model, options, text }) => [model, JSON.stringify(options), options, text] as const))(
    "of %s with %s",
    (name, _, options, text) => {
      expect(`${read(goldenOf(name)).summary(options)}\n`).toBe(text);
    },
  );
});

class Flip extends layer("Flip", {}, { package: "test" }) {
  override call(x: Operand): Numeric {
    return prim("neg", [x]);
  }
}

class Twins extends layer("Twins", {}, { package: "test" }) {
  override call(x: Operand): unknown {
    return { left: prim("neg", [x]), right: [prim("neg", [x]), prim("exp", [x])] };
  }
}

class Weighted extends layer("Weighted", {}, { package: "test" }) {
  override build(shape: Shape): void {
    this.addWeight({ name: "w", shape: shape.slice(1), initializer: "zeros", dtype: "float32" });
  }
  override call(x: Operand): Numeric {
    return prim("neg", [x]);
  }
}

function rowsOf(text: string): string[] {
  return text.split("\n").filter((line) => line.startsWith("│"));
}

describe("summary", () => {
  beforeEach(resetNames);

  it("ends without a line break", () => {
    expect(new Sequential([], { name: "s" }).summary().endsWith("Non-trainable params: 0 (0.00 B)")).toBe(
      true,
    );
  });

  it("prints outputs in their structure", () => {
    const x = Input({ shape: [2] });
    const model = new Functional({ inputs: x, outputs: new Twins().apply(x) });
    expect(rowsOf(model.summary({ line_length: 200 }))[1]).toContain(
      "{left: (None, 2), right: [(None, 2), (None, 2)]}",
    );
  });

  it("asks a layer that was built and not called", () => {
    const flip = new Weighted({ name: "lone" });
    const model = new Sequential([flip]);
    expect(rowsOf(model.summary())[0]).toMatch(/lone \(Weighted\) +│ \? +│ +0 \(unbuilt\) │/);
    flip.buildWith({ input_shape: [null, 1000] });
    expect(rowsOf(model.summary())[0]).toMatch(/lone \(Weighted\) +│ \(None, 1000\) +│ +1,000 │/);
  });

  it.each([
    [1664, "1.62 KB"],
    [1152, "1.12 KB"],
    [1408, "1.38 KB"],
    [1500, "1.46 KB"],
    [1020, "1020.00 B"],
    [1024 ** 2, "1.00 MB"],
  ])("rounds %i bytes as Python does", (bytes, text) => {
    const model = new Sequential([Input({ shape: [bytes / 4] }), new Weighted()]);
    expect(model.summary()).toContain(`(${text})`);
  });

  it("escapes what could garble a terminal", () => {
    const model = new Sequential([Input({ shape: [1] }), new Flip({ name: "a\u001b[2Jb" })], {
      name: "x\ny",
    });
    const text = model.summary();
    expect(text).toContain('Model: "x\\u000ay"');
    expect(text).toContain("a\\u001b[2Jb (Flip)");
  });

  it("takes names with brackets in layer_range", () => {
    const model = new Sequential([Input({ shape: [1] }), new Flip({ name: "a" }), new Flip({ name: "b[" })]);
    expect(rowsOf(model.summary({ layer_range: ["b[", "b["] }))).toHaveLength(1);
  });

  it("prints a chain of 20,000 layers", () => {
    let x = Input({ shape: [1] });
    const inputs = x;
    for (let i = 0; i < 20_000; i++) x = new Flip().apply(x);
    const model = new Functional({ inputs, outputs: x });
    expect(rowsOf(model.summary())).toHaveLength(20_001);
  });

  const model = new Sequential([Input({ shape: [1] }), new Flip({ name: "flip" })]);
  it.each([
    [
      { line_length: 10 },
      "summary: expected line_length to be a width that has room for 3 columns, received 10.",
    ],
    [
      { line_length: Number.NaN },
      "summary: expected line_length to be a width that has room for 3 columns, received NaN.",
    ],
    [{ layer_range: ["a"] }, 'summary: expected layer_range to be two names, received ["a"].'],
    [
      { layer_range: ["flip", "flop"] },
      'summary: expected layer_range to name layers of the model, received "flop", which none has.',
    ],
  ])("refuses %j", (options, message) => {
    expect(() => model.summary(options as never)).toThrow(message);
  });
});
