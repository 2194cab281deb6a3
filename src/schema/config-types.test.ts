import { describe, expect, expectTypeOf, it } from "vitest";
import type { JsonObject } from "../json/json.ts";
import * as aliases from "../layers/aliases.ts";
import * as layers from "../layers/index.ts";
import { type Conv2D, Dense, type StackedRNNCells } from "../layers/index.ts";
import type { Huber } from "../losses/index.ts";
import { classesOf } from "../registry/registry.ts";
import { serialize } from "../registry/serialize.ts";
import type {
  ConfigOf,
  Envelope,
  InitializerEnvelope,
  LayerEnvelope,
  LossEnvelope,
  MetricEnvelope,
  OptimizerEnvelope,
  PolicyEnvelope,
  RegularizerEnvelope,
  ScheduleEnvelope,
} from "./config-types.ts";

// The compiler tries these; running them only tries what is run.

describe("a config's type", () => {
  it("follows from the fields", () => {
    expectTypeOf<ConfigOf<typeof Dense>["units"]>().toEqualTypeOf<number>();
    expectTypeOf<ConfigOf<typeof Dense>["use_bias"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Envelope>().toExtend<ConfigOf<typeof Dense>["kernel_initializer"]>();
    expectTypeOf<"he_normal">().toExtend<ConfigOf<typeof Dense>["kernel_initializer"]>();
    expectTypeOf<null>().toExtend<ConfigOf<typeof Dense>["bias_regularizer"]>();
    expectTypeOf<readonly number[]>().toExtend<ConfigOf<typeof Conv2D>["kernel_size"]>();
    expectTypeOf<readonly Envelope[]>().toExtend<ConfigOf<typeof StackedRNNCells>["cells"]>();
    expectTypeOf<ConfigOf<typeof Huber>["delta"]>().toEqualTypeOf<number | undefined>();
  });

  it("refuses what is none", () => {
    const config: ConfigOf<typeof Dense> = { units: 4, activation: "relu" };
    // @ts-expect-error: a number is expected
    const wrong: ConfigOf<typeof Dense> = { units: "4" };
    // @ts-expect-error: there are units
    const missing: ConfigOf<typeof Dense> = {};
    // @ts-expect-error: there is no such key
    const unknown: ConfigOf<typeof Dense> = { units: 4, unit: 4 };
    // @ts-expect-error: a config has an envelope in place of a function
    const fn: ConfigOf<typeof Dense> = { units: 4, activation: (x: number) => x };
    expect(Dense.fromConfig(config).units).toBe(4);
    for (const each of [wrong, missing, unknown]) expect(() => Dense.fromConfig(each)).toThrow();
    expect(fn.units).toBe(4);
  });
});

describe("an envelope's type", () => {
  it("is told by the name of its class", () => {
    const envelope = serialize(new Dense({ units: 3 })) as unknown as LayerEnvelope;
    if (envelope.class_name !== "Dense")
      throw new Error(`expected a Dense, received a ${envelope.class_name}.`);
    expectTypeOf(envelope.config).toEqualTypeOf<ConfigOf<typeof Dense>>();
    expect(envelope.config.units).toBe(3);
  });

  it("has the names that layers are exported by", () => {
    const { Layer, ...named } = layers;
    const names = Object.keys(named).filter(
      (name) => !(name in aliases) && classesOf({ [name]: named[name as never] }).length > 0,
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => (named[name as never] as typeof Layer).className !== name)).toEqual([
      "GroupedQueryAttention",
    ]);
    expectTypeOf<LayerEnvelope["class_name"]>().extract<"GroupedQueryAttention">().toEqualTypeOf<never>();
  });

  it("knows the classes of each family and no others", () => {
    expectTypeOf<"Dense" | "LSTM" | "RandomFlip" | "GroupQueryAttention">().toExtend<
      LayerEnvelope["class_name"]
    >();
    expectTypeOf<"GlorotUniform">().toExtend<InitializerEnvelope["class_name"]>();
    expectTypeOf<RegularizerEnvelope["class_name"]>().toEqualTypeOf<
      "L1" | "L2" | "L1L2" | "OrthogonalRegularizer"
    >();
    expectTypeOf<"Huber">().toExtend<LossEnvelope["class_name"]>();
    expectTypeOf<"AUC">().toExtend<MetricEnvelope["class_name"]>();
    expectTypeOf<"Adam">().toExtend<OptimizerEnvelope["class_name"]>();
    expectTypeOf<"CosineDecay">().toExtend<ScheduleEnvelope["class_name"]>();
    expectTypeOf<"DTypePolicyMap">().toExtend<PolicyEnvelope["class_name"]>();
    expectTypeOf<"Mine">().not.toExtend<LayerEnvelope["class_name"]>();
    expectTypeOf<JsonObject>().not.toExtend<LayerEnvelope>();
  });
});
