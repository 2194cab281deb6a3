import { expect, it } from "vitest";
import { modelFromJson } from "../revive.ts";

it.each(["Mine", "Function\u0000al"])(
  "a model of the class %j that is no graph is written as it stood",
  (class_name) => {
    const config = { name: "m", layers: [], input_layers: [["x", 0, 0]], output_layers: [["only", 0, 0]] };
    const model = modelFromJson(JSON.stringify({ class_name, config }), { onUnknown: () => {} });
    expect(model.constructor.className).toBe("OpaqueModel");
    expect(JSON.parse(model.toJson())).toEqual({ class_name, config });
  },
);
