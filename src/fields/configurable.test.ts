import { expect, it } from "vitest";
import { Dense } from "../layers/core/dense.ts";

it("what a field refuses does not reach the class's own setter: all problems are said, each where it is", () => {
  const config = { name: {}, units: 2, trainable: null };
  expect(() => Dense.fromConfig(config as never)).toThrow(
    /^config\.name: expected .*, received \{\}\.\nconfig\.trainable: expected true or false, received null\.$/,
  );
});
