import { describe, expect, it } from "vitest";
import { positiveInt } from "../../src/fields/shorthands.ts";
import { builtins, deserialize, serialize } from "../../src/index.ts";
import type { Dense } from "../../src/layers/core/dense.ts";
import { layer } from "../../src/layers/define.ts";
import { L2 } from "../../src/regularizers/index.ts";
import { messageOf } from "./common.ts";

class TestClass extends layer("TestClass", { value: positiveInt() }, { package: "Custom" }) {}
class Renamed extends layer("CustomName", { val: positiveInt() }, { package: "TestPackage" }) {}

function custom_fn(): number {
  return 42;
}

describe("saving/object_registration_test.py", () => {
  it("test_custom_object_scope: custom objects are an argument, and known to that reading only", () => {
    class CustomClass extends L2 {
      static override readonly className = "CustomClass" as never;
    }
    const config = {
      module: "keras.layers",
      class_name: "Dense",
      config: { units: 1, activation: "custom_fn" },
      registered_name: null,
    };
    const regularizer = {
      module: null,
      class_name: "CustomClass",
      config: {},
      registered_name: "CustomClass",
    };
    const customObjects = { custom_fn, CustomClass };
    const dense = deserialize(config, { customObjects }) as Dense;
    expect(dense.activation).toBe(custom_fn);
    expect(deserialize(regularizer, { customObjects })).toBeInstanceOf(CustomClass);
    expect(messageOf(() => deserialize(config))).toBe(
      'config (Dense).activation: unknown activation "custom_fn".',
    );
    expect(messageOf(() => deserialize(regularizer))).toMatch(/^config\.class_name: unknown custom class/);
    const registry = builtins.with(customObjects);
    expect(registry.function("custom_fn")).toBe(custom_fn);
    expect(builtins.function("custom_fn")).toBeUndefined();
  });

  it("test_serialize_custom_class_with_default_name: Custom>TestClass", () => {
    expect(TestClass.registeredName).toBe("Custom>TestClass");
    const config = serialize(new TestClass({ value: 10 })) as { class_name: string };
    expect(config.class_name).toBe("TestClass");
    const plain = JSON.parse(JSON.stringify(config)) as object;
    const again = deserialize(plain, { customObjects: { "Custom>TestClass": TestClass } }) as TestClass;
    expect(again).toBeInstanceOf(TestClass);
    expect(again.value).toBe(10);
  });

  it("test_serialize_custom_class_with_custom_name: TestPackage>CustomName", () => {
    expect(Renamed.registeredName).toBe("TestPackage>CustomName");
    const config = JSON.parse(JSON.stringify(serialize(new Renamed({ val: 5 })))) as object;
    for (const customObjects of [{ "TestPackage>CustomName": Renamed }, { Renamed }]) {
      expect((deserialize(config, { customObjects }) as Renamed).val).toBe(5);
    }
    expect(builtins.with({ Renamed }).customClass("TestPackage>CustomName")).toBe(Renamed);
  });

  it("test_serialize_custom_function: by its name, with and without its package", () => {
    const config = serialize(custom_fn);
    expect(config).toMatchObject({ class_name: "function", config: "custom_fn" });
    const plain = JSON.parse(JSON.stringify(config)) as object;
    const customObjects = { "Custom>custom_fn": custom_fn };
    expect(deserialize(plain, { customObjects })).toBe(custom_fn);
    expect(builtins.with(customObjects).function("Custom>custom_fn")).toBe(custom_fn);
  });

  it("test_serialize_custom_class_without_get_config_fails: what has no config cannot be serialized", () => {
    class NoConfig {}
    expect(messageOf(() => serialize(new NoConfig()))).toBe(
      "serialize: expected a value with getConfig(), a function, a tensor or plain data, received NoConfig.",
    );
    const config = { module: null, class_name: "NoConfig", config: {}, registered_name: "NoConfig" };
    expect(messageOf(() => deserialize(config, { customObjects: { NoConfig: NoConfig as never } }))).toMatch(
      /^config\.class_name: unknown custom class "NoConfig"/,
    );
  });
});
