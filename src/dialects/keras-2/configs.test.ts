import { expect, it } from "vitest";
import type { JsonObject } from "../../json/json.ts";
import { readConfig } from "./configs.ts";

const numpy = (value: number) => ({ class_name: "__numpy__", config: { value, dtype: "float32" } });
const unsaid = 956888297470;

it.each<[className: string, config: JsonObject, read: JsonObject]>([
  [
    "ReLU",
    { max_value: numpy(6), negative_slope: { type: "ndarray", value: 0.5 } },
    { max_value: 6, negative_slope: 0.5 },
  ],
  ["Hashing", { dtype: "float32", salt: [unsaid, unsaid] }, { dtype: "int64", salt: null }],
  ["Hashing", { dtype: "int32", salt: [1, unsaid] }, { dtype: "int32", salt: [1, unsaid] }],
  ["Hashing", { dtype: "float32", output_mode: "count" }, { dtype: "float32", output_mode: "count" }],
])("a config of Keras 2 is read: %s %j", (className, config, expected) => {
  expect(readConfig(config, { module: "keras.layers", className })).toEqual(expected);
});
