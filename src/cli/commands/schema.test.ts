import { expect, it } from "vitest";
import { Dense } from "../../layers/core/dense.ts";
import { configSchema } from "../../schema/index.ts";
import { capture } from "../capture.fixture.ts";

it.each([["Dense"], ["keras.layers.Dense"]])("the schema of %s is printed", async (name) => {
  const { code, stdout } = await capture(["schema", name]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(configSchema(Dense));
});

it("of another version, too", async () => {
  const { stdout } = await capture(["schema", "Dense", "--keras", "3.6"]);
  expect(JSON.parse(stdout)).toEqual(configSchema(Dense, { keras: "3.6" }));
});

it.each([
  [["schema", "Dens"], 'expected the name of a class of Keras, received "Dens". Did you mean "Dense"?', 2],
  [["schema", "Dense", "--keras", "x"], "expected a version of Keras", 1],
] as const)("%j is refused", async (args, message, expected) => {
  const { code, stderr } = await capture([...args]);
  expect([code, stderr]).toEqual([expected, expect.stringContaining(message)]);
});
