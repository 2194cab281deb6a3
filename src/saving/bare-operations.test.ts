import { expect, it } from "vitest";
import { nameModules } from "./bare-operations.ts";

it("an operation has a module again, a layer of the same name has none", () => {
  const layer = { class_name: "Multiply", config: { name: "a", trainable: true, dtype: "float32" } };
  const inner = {
    class_name: "Functional",
    config: { name: "f", layers: [{ class_name: "Add", config: {} }] },
  };
  const config = { layers: [layer, { class_name: "Multiply", config: { name: "b" } }, inner] };
  nameModules(config);
  const op = { module: "keras.src.ops.numpy", class_name: "Multiply", config: { name: "b" } };
  const add = { module: "keras.src.ops.numpy", class_name: "Add", config: {} };
  const outer = { class_name: "Functional", config: { name: "f", layers: [add] } };
  expect(config).toEqual({ layers: [layer, op, outer] });
});
