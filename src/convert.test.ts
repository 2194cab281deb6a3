import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nestedTensors, tfKerasModels } from "../test/golden-tf-keras.ts";
import { capture } from "./cli/capture.fixture.ts";
import { convert } from "./convert.ts";
import { flatten } from "./graph/nested.ts";
import { loadModel } from "./node.ts";

const folder = mkdtempSync(join(tmpdir(), "ceratops-"));
afterAll(() => rmSync(folder, { recursive: true }));
const record = tfKerasModels("2.9").find(({ id }) => id === "seq_input");
const source = record?.file ?? "";

describe("a model of Keras 2.9", () => {
  it.each(["of-3.keras", "of-2.h5", "web/model.json"])("as %s computes the same", async (name) => {
    const done = await convert(source, join(folder, name));
    expect(done).toMatchObject({ model: { class_name: "Sequential" }, issues: [] });
    const model = await loadModel(join(folder, name));
    const outputs = flatten(await model.predict(nestedTensors(record!.inputs!)));
    const expected = flatten(nestedTensors(record!.outputs!));
    for (const [i, { data }] of outputs.entries())
      for (const [j, value] of [...data].entries())
        expect(Number(value)).toBeCloseTo(Number(expected[i]!.data[j]), 5);
  });

  it("goes through Keras 3 and back with its text", async () => {
    await convert(source, join(folder, "there.keras"), { keras: "3.6" });
    await convert(join(folder, "there.keras"), join(folder, "back.h5"), { keras: "2.9" });
    expect((await loadModel(join(folder, "back.h5"))).toJson()).toBe(record!.to_json);
  });
});

it.each([
  [{ to: "h5" as const }, "x.keras", 'expected the path of a file of kind "h5"'],
  [{}, "x.txt", "expected the path that says what to write"],
])("%j and %s do not fit", async (options, name, message) => {
  await expect(convert(source, join(folder, name), options)).rejects.toThrow(message);
});

it("is a command", async () => {
  const out = join(folder, "command.keras");
  const { code, stderr } = await capture(["convert", source, out, "--keras", "3.6"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('Sequential "sequential"')]);
  expect((await loadModel(out)).layers).toHaveLength(2);
});
