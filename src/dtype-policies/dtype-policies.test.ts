import { afterEach, describe, expect, it } from "vitest";
import { withDialect } from "../fields/writing.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import { deserialize } from "../registry/deserialize.ts";
import { Registry } from "../registry/registry.ts";
import { serialize } from "../registry/serialize.ts";
import { dtypePolicy } from "./field.ts";
import {
  AWQDTypePolicy,
  classes,
  DTypePolicy,
  DTypePolicyMap,
  FloatDTypePolicy,
  GPTQDTypePolicy,
  getPolicy,
  globalPolicy,
  Int4DTypePolicy,
  type PolicyLike,
  QuantizedDTypePolicy,
  QuantizedFloat8DTypePolicy,
  setGlobalPolicy,
  TernaryDTypePolicy,
} from "./index.ts";

afterEach(() => setGlobalPolicy(null));

const registry = new Registry(classes);
const NAMES = 'expected "mixed_float16", "mixed_bfloat16" or the name of a dtype such as "float32"';

/** A policy after its text was written and read, and that text. */
function reloaded(policy: DTypePolicy): [DTypePolicy, string] {
  const text = stringifyPythonJson(serialize(policy));
  const read = deserialize(parsePythonJson(text), { registry }) as DTypePolicy;
  expect(stringifyPythonJson(serialize(read))).toBe(text);
  return [read, text];
}

describe("DTypePolicy", () => {
  it.each([
    ["mixed_float16", "float16", "float32"],
    ["mixed_bfloat16", "bfloat16", "float32"],
    ["float32", "float32", "float32"],
    ["bfloat16", "bfloat16", "bfloat16"],
    ["uint8", "uint8", "uint8"],
    ["string", "string", "string"],
    ["float8_e4m3fn", "float8_e4m3fn", "float8_e4m3fn"],
  ])("%s computes in %s with variables of %s", (name, compute, variable) => {
    for (const cls of [DTypePolicy, FloatDTypePolicy]) {
      const policy = new cls(name);
      expect([policy.name, policy.computeDtype, policy.variableDtype]).toEqual([name, compute, variable]);
      expect(policy.quantizationMode).toBeNull();
      expect(policy.getConfig()).toEqual({ name });
      expect(cls.fromConfig({ name })).toEqual(policy);
    }
  });

  it("without a name is the global one of that moment", () => {
    setGlobalPolicy("mixed_float16");
    const made = [
      new DTypePolicy(),
      new DTypePolicy(null),
      DTypePolicy.fromConfig({ name: null }) as DTypePolicy,
    ];
    setGlobalPolicy("float32");
    for (const policy of made) expect(policy.name).toBe("mixed_float16");
  });

  it.each(["", "abc", "mixed_bfloat15", "@mixed_float16!", "int8_from_float32", "mixed_float16".repeat(100)])(
    "has no name %j",
    (name) => {
      expect(() => new DTypePolicy(name)).toThrow(
        `DTypePolicy.name: ${NAMES}, received "${name.slice(0, 20)}`,
      );
    },
  );

  it("has a string as its name", () => {
    expect(() => new DTypePolicy({ name: 123 as never })).toThrow(
      `DTypePolicy.name: ${NAMES}, received 123.`,
    );
  });

  it("equals FloatDTypePolicy", () => {
    const policy = new DTypePolicy("mixed_bfloat16");
    expect(policy.equals(new FloatDTypePolicy("mixed_bfloat16"))).toBe(true);
    expect(new FloatDTypePolicy("mixed_bfloat16").equals(policy)).toBe(true);
    expect(policy.equals(new DTypePolicy("mixed_float16"))).toBe(false);
    expect(policy.equals("mixed_bfloat16")).toBe(false);
  });

  it.each([
    [
      new DTypePolicy("mixed_float16"),
      '{"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": null}',
    ],
    [
      new FloatDTypePolicy("float32"),
      '{"module": "keras", "class_name": "FloatDTypePolicy", "config": {"name": "float32"}, "registered_name": null}',
    ],
  ])("is written as Keras writes it: %#", (policy, text) => {
    const [read, written] = reloaded(policy);
    expect(written).toBe(text);
    expect(read.constructor).toBe(policy.constructor);
  });
});

const quantized = (className: string, config: string) =>
  `{"module": "keras.dtype_policies", "class_name": "${className}", "config": ${config}, "registered_name": null}`;

describe("quantized policies", () => {
  it.each<[DTypePolicy, string, string, string]>([
    [
      new QuantizedDTypePolicy({ mode: "int8", source_name: "mixed_bfloat16" }),
      "int8_from_mixed_bfloat16",
      "int8",
      quantized("QuantizedDTypePolicy", '{"mode": "int8", "source_name": "mixed_bfloat16"}'),
    ],
    [
      new QuantizedDTypePolicy({ mode: "int4" }),
      "int4_from_float32",
      "int4",
      quantized("QuantizedDTypePolicy", '{"mode": "int4", "source_name": "float32"}'),
    ],
    [
      new QuantizedFloat8DTypePolicy({ mode: "float8", source_name: "mixed_float16" }),
      "float8_from_mixed_float16",
      "float8",
      quantized(
        "QuantizedFloat8DTypePolicy",
        '{"mode": "float8", "source_name": "mixed_float16", "amax_history_length": 1024}',
      ),
    ],
    [
      new Int4DTypePolicy({ mode: "int4/64" }),
      "int4/64_from_float32",
      "int4",
      quantized("Int4DTypePolicy", '{"mode": "int4/64", "source_name": "float32"}'),
    ],
    [
      new GPTQDTypePolicy({ mode: "gptq/4/128" }),
      "gptq/4/128_from_float32",
      "gptq",
      quantized("GPTQDTypePolicy", '{"mode": "gptq/4/128", "source_name": "float32"}'),
    ],
    [
      new AWQDTypePolicy({ mode: "awq/4/-1" }),
      "awq/4/-1_from_float32",
      "awq",
      quantized("AWQDTypePolicy", '{"mode": "awq/4/-1", "source_name": "float32"}'),
    ],
    [
      new TernaryDTypePolicy({ mode: "ternary" }),
      "ternary_from_float32",
      "ternary",
      quantized("TernaryDTypePolicy", '{"mode": "ternary", "source_name": "float32"}'),
    ],
  ])("%#: named, written and read as in Keras", (policy, name, mode, text) => {
    expect([policy.name, policy.quantizationMode]).toEqual([name, mode]);
    const [read, written] = reloaded(policy);
    expect(written).toBe(text);
    expect(read.equals(policy)).toBe(true);
    expect(getPolicy(name).equals(policy)).toBe(true);
    expect(getPolicy(name).constructor).toBe(policy.constructor);
  });

  it("have the dtypes of what they are made from", () => {
    const policy = new QuantizedDTypePolicy({ mode: "int8", source_name: "mixed_bfloat16" });
    expect([policy.computeDtype, policy.variableDtype]).toEqual(["bfloat16", "float32"]);
  });

  it("are made from the global one where nothing is said", () => {
    setGlobalPolicy("mixed_bfloat16");
    expect(new QuantizedDTypePolicy({ mode: "int8" }).name).toBe("int8_from_mixed_bfloat16");
    expect(new QuantizedFloat8DTypePolicy({ mode: "float8" }).name).toBe("float8_from_mixed_bfloat16");
  });

  it("differ in all their options", () => {
    const policy = new QuantizedFloat8DTypePolicy({ mode: "float8", amax_history_length: 512 });
    expect(policy.equals(new QuantizedFloat8DTypePolicy({ mode: "float8", amax_history_length: 512 }))).toBe(
      true,
    );
    expect(policy.equals(new QuantizedFloat8DTypePolicy({ mode: "float8" }))).toBe(false);
    expect(policy.equals(new DTypePolicy("float32"))).toBe(false);
  });

  it("tell the parts of their modes", () => {
    const { weightBits, groupSize } = new GPTQDTypePolicy({ mode: "gptq/3/-1" });
    expect([weightBits, groupSize]).toEqual([3, -1]);
    expect(new Int4DTypePolicy({ mode: "int4/None" }).blockSize).toBe(-1);
  });

  it.each<[new (options: never) => DTypePolicy, object, string]>([
    [
      QuantizedDTypePolicy,
      { mode: "int7" },
      'QuantizedDTypePolicy.mode: expected one of "int8", "float8", "int4", "gptq", "awq", received "int7".',
    ],
    [
      QuantizedDTypePolicy,
      {},
      'QuantizedDTypePolicy.mode: expected one of "int8", "float8", "int4", "gptq", "awq", received nothing.',
    ],
    [
      QuantizedDTypePolicy,
      { mode: "int8", source_name: "abc" },
      `QuantizedDTypePolicy.source_name: ${NAMES}, received "abc".`,
    ],
    [
      QuantizedDTypePolicy,
      { mode: "int8", source_name: 1 },
      `QuantizedDTypePolicy.source_name: ${NAMES}, received 1.`,
    ],
    [
      QuantizedDTypePolicy,
      { mode: "int8", source_name: "mixed_float16" },
      'QuantizedDTypePolicy.source_name: expected a policy that does not compute in float16, which int8 does not go with, received "mixed_float16".',
    ],
    [
      QuantizedFloat8DTypePolicy,
      { mode: "float8", amax_history_length: 1.5 },
      "QuantizedFloat8DTypePolicy.amax_history_length: expected an integer, received 1.5.",
    ],
    [
      Int4DTypePolicy,
      { mode: "int4/0" },
      'Int4DTypePolicy.mode: expected "int4/<block size>", received "int4/0".',
    ],
    [
      GPTQDTypePolicy,
      { mode: "gptq/5/1" },
      'GPTQDTypePolicy.mode: expected "gptq/<2, 3, 4 or 8 bits>/<group size>", received "gptq/5/1".',
    ],
    [
      AWQDTypePolicy,
      { mode: "awq/8/128" },
      'AWQDTypePolicy.mode: expected "awq/4/<group size>", received "awq/8/128".',
    ],
    [
      AWQDTypePolicy,
      { mode: "awq/4" },
      'AWQDTypePolicy.mode: expected "awq/4/<group size>", received "awq/4".',
    ],
    [
      AWQDTypePolicy,
      { mode: "awq/4/1.5" },
      'AWQDTypePolicy.mode: expected "awq/4/<group size>", received "awq/4/1.5".',
    ],
  ])("%# are refused", (Class, options, message) => {
    expect(() => new Class(options as never)).toThrow(expect.objectContaining({ message }) as Error);
  });
});

describe("getPolicy", () => {
  const policy = new DTypePolicy("bfloat16");

  it.each<[string, PolicyLike, string]>([
    ["null", null, "float32"],
    ["a name", "mixed_float16", "mixed_float16"],
    ["a policy", policy, "bfloat16"],
    ["a quantized one's name", "float8_from_float32", "float8_from_float32"],
    [
      "an envelope",
      { module: "keras", class_name: "DTypePolicy", config: { name: "float16" }, registered_name: null },
      "float16",
    ],
    [
      "an envelope without a module",
      { class_name: "FloatDTypePolicy", config: { name: "float16" } },
      "float16",
    ],
    ["a policy of Keras 2", { class_name: "Policy", config: { name: "mixed_float16" } }, "mixed_float16"],
    [
      "a policy of Keras 2 with its module",
      {
        module: "keras.mixed_precision",
        class_name: "Policy",
        config: { name: "float64" },
        registered_name: null,
      },
      "float64",
    ],
  ])("takes %s", (_, identifier, name) => {
    expect(getPolicy(identifier).name).toBe(name);
  });

  it("gives policies back", () => {
    expect(getPolicy(policy)).toBe(policy);
  });

  it.each<[unknown, string]>([
    ["mixed_bfloat15", `dtype policy: ${NAMES}, received "mixed_bfloat15".`],
    [123, "dtype policy: expected a dtype policy or its name, received 123."],
    [{}, "dtype policy: expected a dtype policy or its name, received {}."],
    ["int8", 'dtype policy: expected a policy such as "int8_from_float32", received "int8".'],
    ["int8_abc_", 'dtype policy: expected a policy such as "int8_from_float32", received "int8_abc_".'],
    [
      "int8_from_mixed_bfloat15",
      `dtype policy (QuantizedDTypePolicy).source_name: ${NAMES}, received "mixed_bfloat15".`,
    ],
    ["int8_from_", `dtype policy (QuantizedDTypePolicy).source_name: ${NAMES}, received "".`],
  ])("refuses %j", (identifier, message) => {
    expect(() => getPolicy(identifier as PolicyLike)).toThrow(expect.objectContaining({ message }) as Error);
  });
});

describe("the global policy", () => {
  it("is float32 until it is set", () => {
    expect(globalPolicy().name).toBe("float32");
    setGlobalPolicy("mixed_float16");
    expect(globalPolicy().name).toBe("mixed_float16");
    setGlobalPolicy("int8_from_mixed_bfloat16");
    expect(globalPolicy()).toBeInstanceOf(QuantizedDTypePolicy);
    const policy = new QuantizedFloat8DTypePolicy({ mode: "float8", source_name: "float32" });
    setGlobalPolicy(policy);
    expect(globalPolicy()).toBe(policy);
    setGlobalPolicy(null);
    expect(globalPolicy().name).toBe("float32");
  });

  it("stays when it cannot be set", () => {
    setGlobalPolicy("float64");
    expect(() => setGlobalPolicy(12345 as never)).toThrow(
      "dtype policy: expected a dtype policy or its name, received 12345.",
    );
    expect(globalPolicy().name).toBe("float64");
  });
});

const fields = { dtype: dtypePolicy() };

abstract class HolderBase extends Configurable {
  static override readonly className = "Holder";
  static override readonly fields = fields;
  declare readonly dtype_policy: DTypePolicy;
}
const Holder = class extends HolderBase {} as unknown as Constructor<typeof fields, HolderBase>;

describe("a field of a policy", () => {
  it("is the global one where it is not given", () => {
    setGlobalPolicy("mixed_float16");
    expect(new Holder({}).dtype_policy.name).toBe("mixed_float16");
    expect(new Holder({ dtype: null }).dtype_policy).toBe(globalPolicy());
  });

  it("is written as its envelope from Keras 3.4 on, else as its name", () => {
    const made = new Holder({ dtype: "mixed_float16" });
    expect(stringifyPythonJson(made.getConfig())).toBe(
      '{"dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": null}}',
    );
    expect(withDialect(303, () => stringifyPythonJson(made.getConfig()))).toBe('{"dtype": "mixed_float16"}');
  });

  it.each([
    '{"dtype": "float16"}',
    '{"dtype": {"class_name": "Policy", "config": {"name": "float16"}}}',
    '{"dtype": null}',
  ])("is written back as it was: %s", (text) => {
    const holder = Holder.fromConfig(parsePythonJson(text) as object);
    expect(stringifyPythonJson(holder.getConfig())).toBe(text);
    expect(holder.dtype_policy.name).toBe(text.includes("float16") ? "float16" : "float32");
  });

  it("reads names of quantized policies where their classes are registered", () => {
    const holder = Holder.fromConfig({ dtype: "int8_from_float32" }, { registry });
    expect(holder.dtype_policy).toBeInstanceOf(QuantizedDTypePolicy);
    expect(() => new Holder({ dtype: "int8_from_float32" })).toThrow(
      `Holder.dtype: ${NAMES}, received "int8_from_float32". Give a quantized policy as an object: ` +
        'new QuantizedDTypePolicy({ mode: "int8", source_name: "float32" }).',
    );
  });

  it("says where a policy is wrong", () => {
    const read = () => Holder.fromConfig({ dtype: "nope" }, { path: "config.layers[1]" });
    expect(read).toThrow(`config.layers[1].dtype: ${NAMES}, received "nope".`);
    expect(() => new Holder({ dtype: 3 as never })).toThrow(
      "Holder.dtype: expected a dtype policy or its name, received 3.",
    );
  });
});

describe("DTypePolicyMap", () => {
  const int8 = new QuantizedDTypePolicy({ mode: "int8", source_name: "mixed_bfloat16" });

  it("takes policies and names for paths", () => {
    const map = new DTypePolicyMap()
      .set("a", "mixed_float16")
      .set("b", int8)
      .set("c", new FloatDTypePolicy("float64"));
    expect(map.size).toBe(3);
    expect([...map].map(([path, policy]) => [path, policy.name])).toEqual([
      ["a", "mixed_float16"],
      ["b", "int8_from_mixed_bfloat16"],
      ["c", "float64"],
    ]);
    expect([map.has("a"), map.has("d")]).toEqual([true, false]);
  });

  it("refuses a second policy for a path, and what is no policy", () => {
    const map = new DTypePolicyMap({ policy_map: { a: "float16" } });
    expect(() => map.set("a", "float32")).toThrow(
      'DTypePolicyMap: expected a path without a policy, received "a". Delete its entry first.',
    );
    expect(() => map.set("b", 123 as never)).toThrow(
      "dtype policy: expected a dtype policy or its name, received 123.",
    );
    expect(map.size).toBe(1);
  });

  it("gives the policy of a path, of an expression for all of it, or its default", () => {
    const policy_map = { "layer/dense": "mixed_bfloat16", "encoder/.*": int8, "decoder/(a|b)": "float64" };
    const map = new DTypePolicyMap({ policy_map });
    expect(map.get("layer/dense").name).toBe("mixed_bfloat16");
    expect(map.get("encoder/layer/0")).toBe(int8);
    expect(map.get("decoder/a").name).toBe("float64");
    expect(map.get("decoder/ab").name).toBe("float32");
    expect(map.get("layer/dense_1").name).toBe("float32");
    expect(map.get("my/encoder/layer").name).toBe("float32");
  });

  it("does not choose among expressions", () => {
    const map = new DTypePolicyMap({ policy_map: { "a/.*": "float16", ".*/b": "float64" } });
    expect(() => map.get("a/b")).toThrow(
      'DTypePolicyMap: expected at most one entry that matches "a/b", received "a/.*" and ".*/b".',
    );
    const broken = new DTypePolicyMap({ policy_map: { "[": "float64" } });
    expect(broken.get("[").name).toBe("float64");
    expect(() => broken.get("a")).toThrow(
      'DTypePolicyMap.policy_map["["]: expected a regular expression with a bracket that closes, received another before character 2.',
    );
  });

  it("gives up entries", () => {
    const map = new DTypePolicyMap({ policy_map: { a: "float16" } });
    expect([map.delete("a"), map.delete("a"), map.size]).toEqual([true, false, 0]);
  });

  it("without a default follows the global policy, also when it was written and read", () => {
    const map = new DTypePolicyMap();
    expect([map.name, map.get("x").name]).toEqual(["map_float32", "float32"]);
    setGlobalPolicy("mixed_float16");
    expect([map.name, map.computeDtype, map.variableDtype]).toEqual([
      "map_mixed_float16",
      "float16",
      "float32",
    ]);
    const [read] = reloaded(map);
    setGlobalPolicy("int8_from_float32");
    expect([read.name, read.quantizationMode]).toEqual(["map_int8_from_float32", "int8"]);
  });

  it("is left alone by getConfig", () => {
    const map = new DTypePolicyMap({ policy_map: { a: "float16", b: int8 } });
    const text = stringifyPythonJson(serialize(map));
    expect(text).toBe(
      quantized(
        "DTypePolicyMap",
        `{"default_policy": null, "policy_map": {"a": ${stringifyPythonJson(serialize(new DTypePolicy("float16")))}, "b": ${stringifyPythonJson(serialize(int8))}}}`,
      ),
    );
    expect([...map].map(([, policy]) => policy.name)).toEqual(["float16", "int8_from_mixed_bfloat16"]);
    expect(int8.name).toBe("int8_from_mixed_bfloat16");
    const [read] = reloaded(map);
    expect(read.equals(map)).toBe(true);
  });

  it("reads the null names that Keras writes, and writes them back", () => {
    const text = quantized(
      "DTypePolicyMap",
      `{"default_policy": null, "policy_map": {"a": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": null}, "registered_name": null}, "b": ${quantized("QuantizedDTypePolicy", '{"mode": "int8", "source_name": null}')}}}`,
    );
    setGlobalPolicy("bfloat16");
    const map = deserialize(parsePythonJson(text), { registry }) as DTypePolicyMap;
    expect([...map].map(([, policy]) => policy.name)).toEqual(["bfloat16", "int8_from_bfloat16"]);
    expect(stringifyPythonJson(serialize(map))).toBe(text);
  });

  it("is written with what was changed since it was read", () => {
    const [read] = reloaded(new DTypePolicyMap({ default_policy: "float16", policy_map: { a: "float64" } }));
    (read as DTypePolicyMap).set("b", "float64");
    expect(stringifyPythonJson(serialize(read))).toContain(
      '"b": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float64"}',
    );
  });

  it.each<[object, string]>([
    [
      { default_policy: new DTypePolicyMap() },
      "DTypePolicyMap.default_policy: expected a dtype policy that is no map, its name or null, received DTypePolicyMap.",
    ],
    [{ default_policy: "x" }, `DTypePolicyMap.default_policy: ${NAMES}, received "x".`],
    [
      { policy_map: 123 },
      "DTypePolicyMap.policy_map: expected an object of dtype policies by paths of layers, received 123.",
    ],
    [
      { policy_map: { "a/b": 1 } },
      'DTypePolicyMap.policy_map["a/b"]: expected a dtype policy or its name, received 1.',
    ],
  ])("refuses %#", (options, message) => {
    expect(() => new DTypePolicyMap(options)).toThrow(expect.objectContaining({ message }) as Error);
  });
});
