import { afterEach, describe, expect, it } from "vitest";
import {
  DTypePolicy,
  DTypePolicyMap,
  FloatDTypePolicy,
  getPolicy,
  globalPolicy,
  QuantizedDTypePolicy,
  QuantizedFloat8DTypePolicy,
  setGlobalPolicy,
} from "../../src/dtype-policies/index.ts";
import { resetNames } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { messageOf } from "./common.ts";

afterEach(() => setGlobalPolicy(null));

const dtypesOf = ({ name, computeDtype, variableDtype }: DTypePolicy) => [name, computeDtype, variableDtype];

describe("dtype_policies/dtype_policy_test.py", () => {
  it.each([
    ["mixed_float16", "float16", "float32"],
    ["mixed_bfloat16", "bfloat16", "float32"],
    ["float32", "float32", "float32"],
  ])("test_initialization_valid_name: %s", (name, compute, variable) => {
    expect(dtypesOf(new DTypePolicy(name))).toEqual([name, compute, variable]);
  });

  it("test_initialization_from_global: no name is the global policy's", () => {
    setGlobalPolicy("mixed_float16");
    expect(dtypesOf(new DTypePolicy())).toEqual(["mixed_float16", "float16", "float32"]);
  });

  it.each(["invalid_name", "mixed_invalid", ""])("test_initialization_invalid_name: %j", (name) => {
    expect(messageOf(() => new DTypePolicy(name))).toBe(
      `DTypePolicy.name: expected "mixed_float16", "mixed_bfloat16" or the name of a dtype such as "float32", received ${JSON.stringify(name)}.`,
    );
  });

  it.each([[123], [true], [[]]])("test_initialization_non_string_name: %j", (name) => {
    expect(messageOf(() => new DTypePolicy({ name: name as never }))).toMatch(
      /^DTypePolicy\.name: expected .*, received /,
    );
  });

  it("test_properties_mixed_float16: its dtypes", () => {
    expect(dtypesOf(new DTypePolicy("mixed_float16"))).toEqual(["mixed_float16", "float16", "float32"]);
  });

  it("test_properties_mixed_bfloat16: its dtypes", () => {
    expect(dtypesOf(new DTypePolicy("mixed_bfloat16"))).toEqual(["mixed_bfloat16", "bfloat16", "float32"]);
  });

  it("test_initialization_with_invalid_name_behaviour: never half a policy", () => {
    expect(() => new DTypePolicy("@mixed_float16!")).toThrow();
    expect(() => DTypePolicy.fromConfig({ name: "invalid_name" })).toThrow("config.name: expected");
    expect(() => DTypePolicy.fromConfig({})).not.toThrow();
  });

  it("test_properties: its name and dtypes, which nobody sets", () => {
    const policy = new DTypePolicy("float16");
    expect(dtypesOf(policy)).toEqual(["float16", "float16", "float16"]);
    for (const key of ["computeDtype", "variableDtype"])
      expect(() => Reflect.set(policy, key, "int8") || expect.fail()).toThrow();
    expect(dtypesOf(policy)).toEqual(["float16", "float16", "float16"]);
  });

  it("test_properties_uint8: a policy of integers", () => {
    expect(dtypesOf(new DTypePolicy("uint8"))).toEqual(["uint8", "uint8", "uint8"]);
  });

  it("test_get_config_from_config: its name", () => {
    const policy = new DTypePolicy("mixed_float16");
    expect(policy.getConfig()).toEqual({ name: "mixed_float16" });
    expect((DTypePolicy.fromConfig(policy.getConfig()) as DTypePolicy).equals(policy)).toBe(true);
  });

  it("test_eq: a policy and the class of before", () => {
    const policy = new DTypePolicy("mixed_bfloat16");
    expect(policy.equals(new DTypePolicy("mixed_bfloat16"))).toBe(true);
    expect(policy.equals(new FloatDTypePolicy("mixed_bfloat16"))).toBe(true);
    expect(policy.equals(new DTypePolicy("float32"))).toBe(false);
    expect(policy.equals("mixed_bfloat16")).toBe(false);
  });

  it.each<readonly [string, unknown, string]>([
    ["test_set_dtype_policy_valid_string", "mixed_float16", "mixed_float16"],
    ["test_set_dtype_policy_valid_string_quantized", "int8_from_mixed_bfloat16", "int8_from_mixed_bfloat16"],
    ["test_set_dtype_policy_valid_policy", new DTypePolicy("mixed_float16"), "mixed_float16"],
    [
      "test_set_dtype_policy_valid_policy_quantized",
      new QuantizedDTypePolicy({ mode: "int8", source_name: "mixed_bfloat16" }),
      "int8_from_mixed_bfloat16",
    ],
    ["test_set_policy_none", null, "float32"],
  ])("%s", (_, given, name) => {
    setGlobalPolicy("bfloat16");
    setGlobalPolicy(given as never);
    expect(globalPolicy().name).toBe(name);
    expect(new Dense({ units: 1 }).dtype_policy.computeDtype).toBe(globalPolicy().computeDtype);
  });

  it.each([["mixed_invalid"], [123]])("test_set_dtype_policy_invalid: %j changes nothing", (given) => {
    expect(() => setGlobalPolicy(given as never)).toThrow();
    expect(globalPolicy().name).toBe("float32");
  });

  it("test_dtype_policy_default: float32", () => {
    expect(globalPolicy().name).toBe("float32");
  });

  it("test_set_policy_multiple_times: the last one", () => {
    setGlobalPolicy("mixed_float16");
    setGlobalPolicy("float32");
    expect(globalPolicy().name).toBe("float32");
  });

  it.each<readonly [string, unknown]>([
    ["a policy", new DTypePolicy("mixed_bfloat16")],
    ["a name", "mixed_bfloat16"],
    ["a config", { class_name: "DTypePolicy", config: { name: "mixed_bfloat16" } }],
  ])("test_get_valid_policy: from %s", (_, given) => {
    expect(getPolicy(given as never).equals(new DTypePolicy("mixed_bfloat16"))).toBe(true);
  });

  it.each<readonly [string, DTypePolicy]>([
    ["int8_from_mixed_bfloat16", new QuantizedDTypePolicy({ mode: "int8", source_name: "mixed_bfloat16" })],
    [
      "float8_from_mixed_float16",
      new QuantizedFloat8DTypePolicy({ mode: "float8", source_name: "mixed_float16" }),
    ],
  ])("test_get_valid_policy_quantized: %s", (name, policy) => {
    expect(getPolicy(name).equals(policy)).toBe(true);
    expect(getPolicy(policy)).toBe(policy);
  });

  it.each(["mixed_bfloat15", ""])("test_get_invalid_policy: %j", (given) => {
    expect(() => getPolicy(given)).toThrow();
  });

  it.each(["int7_from_float32", "int8_from_", "int8_from_mixed_float16"])(
    "test_get_invalid_policy_quantized: %j",
    (given) => {
      expect(() => getPolicy(given)).toThrow();
    },
  );
});

describe("dtype_policies/dtype_policy_map_test.py", () => {
  const bfloat16 = new DTypePolicy("bfloat16");
  const int8 = new QuantizedDTypePolicy({ mode: "int8", source_name: "mixed_bfloat16" });

  it("test_add: policies and their names; no path twice", () => {
    const map = new DTypePolicyMap();
    map.set("layer/dense_0", bfloat16).set("layer/dense_1", int8);
    map.set(
      "layer/dense_2",
      new QuantizedFloat8DTypePolicy({ mode: "float8", source_name: "mixed_float16" }),
    );
    expect(map.size).toBe(3);
    expect(map.get("layer/dense_0").name).toBe("bfloat16");
    expect(map.get("layer/dense_1").equals(int8)).toBe(true);
    expect(map.get("layer/dense_2").quantizationMode).toBe("float8");
    expect(messageOf(() => map.set("layer/dense_0", "float32"))).toBe(
      'DTypePolicyMap: expected a path without a policy, received "layer/dense_0". Delete its entry first.',
    );
    expect(() => map.set("layer/dense_3", 123 as never)).toThrow("received 123");
    expect(map.size).toBe(3);
  });

  it("test_get: the path itself, an expression for the whole of it, the default", () => {
    const map = new DTypePolicyMap()
      .set("model/encoder/layer_0/dense", bfloat16)
      .set("model/encoder/attention/query", int8)
      .set("model/decoder/.*", "float32")
      .set("model/decoder/attention/.*", "float16");
    expect(map.get("model/encoder/layer_0/dense").name).toBe("bfloat16");
    expect(map.get("model/encoder/attention/query").equals(int8)).toBe(true);
    expect(map.get("model/decoder/layer_0").name).toBe("float32");
    expect(map.get("model/encoder/attention/query_norm").equals(map.defaultPolicy)).toBe(true);
    map.set("model/decoder", bfloat16);
    expect(map.get("model/decoder/layer_0").name).toBe("float32");
    expect(map.get("model/decoder").name).toBe("bfloat16");
    expect(map.get("model/embedding").equals(map.defaultPolicy)).toBe(true);
    expect(messageOf(() => map.get("model/decoder/attention/output"))).toMatch(
      /expected at most one entry that matches "model\/decoder\/attention\/output", received /,
    );
  });

  it("test_delete: an entry, once", () => {
    const map = new DTypePolicyMap().set("layer/dense_0", bfloat16);
    expect([map.delete("layer/dense_0"), map.delete("layer/dense_0")]).toEqual([true, false]);
    expect(map.get("layer/dense_0").equals(map.defaultPolicy)).toBe(true);
    expect(map.size).toBe(0);
  });

  it("test_default_policy: null follows the global policy, also after reading", () => {
    const named = new DTypePolicyMap({ default_policy: "mixed_bfloat16" });
    const open = new DTypePolicyMap();
    const reloaded = DTypePolicyMap.fromConfig(open.getConfig()) as DTypePolicyMap;
    setGlobalPolicy("bfloat16");
    expect(named.get("x").name).toBe("mixed_bfloat16");
    expect(open.get("x").name).toBe("bfloat16");
    expect(reloaded.get("x").name).toBe("bfloat16");
    expect(open.getConfig()).toMatchObject({ default_policy: null });
  });

  it.each<readonly [unknown, RegExp]>([
    [{ policy_map: 123 }, /policy_map: expected an object of dtype policies/],
    [{ policy_map: ["float32"] }, /policy_map: expected an object of dtype policies/],
    [{ policy_map: { a: 1 } }, /policy_map\.a: expected /],
    [{ default_policy: 123 }, /default_policy: expected /],
  ])("test_invalid_policy_map: %j", (options, message) => {
    expect(messageOf(() => new DTypePolicyMap(options as never))).toMatch(message);
  });
});

describe("backend/common/global_state_test.py", () => {
  it("test_clear_session: names count anew, the global policy is the default", () => {
    resetNames();
    expect([new Dense({ units: 1 }).name, new Dense({ units: 1 }).name]).toEqual(["dense", "dense_1"]);
    setGlobalPolicy("mixed_float16");
    resetNames();
    setGlobalPolicy(null);
    const layer = new Dense({ units: 1 });
    expect([layer.name, layer.dtype_policy.name]).toEqual(["dense", "float32"]);
  });
});
