import { describe, expect, it } from "vitest";
import { modelFromJson, parsePythonJson } from "../index.ts";
import { archiveBytes } from "./archive-writer.ts";
import { Budget, OverLimit } from "./budget.ts";
import { readNpz } from "./formats/npz.ts";
import { openHdf5 } from "./hdf5/index.ts";
import { planHdf5 } from "./hdf5/plan.ts";
import { hostile, unstored } from "./hostile.fixture.ts";
import { type Limits, loadModel, loadWeights, readMetadata } from "./index.ts";
import { customObjects, twoLayers } from "./layers.fixture.ts";
import { toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

describe("hostile files", () => {
  it.each(hostile)("$name", { timeout: 60_000 }, async ({ make, refused }) => {
    const loaded = loadModel(make());
    const outcome = await loaded.then(
      ({ name }) => `loaded ${name}`,
      (error: unknown) => String(error),
    );
    expect(outcome).toMatch(refused ?? /^loaded m$/);
  });
});

const good = await toBytes(twoLayers());

describe("a limit that is given", () => {
  it.each<[Limits, string]>([
    [{ jsonValues: 50 }, "config.json: expected at most 50 values of JSON"],
    [{ declaredBytes: 60 }, "model.weights.h5 /layers/"],
    [{ objects: 3 }, "model.weights.h5 /"],
    [{ members: 2 }, "archive: expected at most 2 members"],
  ])("%o refuses what asks for more", async (limits, message) => {
    const loaded = loadModel(good, { customObjects, limits });
    await expect(loaded).rejects.toThrow(message);
    await expect(loadModel(good, { customObjects, limits })).rejects.toThrow(OverLimit);
    await expect(loadModel(good, { customObjects, limits })).rejects.toThrow(
      `Raise limits.${Object.keys(limits)[0]} for a file that you trust.`,
    );
  });

  it("raises what a file may ask for", async () => {
    const file = unstored(3, 2 ** 27);
    const open = (limits: Limits) =>
      openHdf5(memorySource(file), { budget: new Budget(file.length, limits) });
    await expect(open({})).rejects.toThrow(/Raise limits\.declaredBytes/);
    const { root } = await open({ declaredBytes: 3 * 2 ** 27 });
    expect(root.children.size).toBe(3);
    await expect(open({ declaredBytes: 3 * 2 ** 27 - 1 })).rejects.toThrow(OverLimit);
    expect((await open({ declaredBytes: Number.POSITIVE_INFINITY })).root.children.size).toBe(3);
  });

  it("is taken by all that opens files", async () => {
    const limits = { members: 1 };
    const message = "expected at most 1 members";
    await expect(loadWeights(twoLayers(), good, { limits })).rejects.toThrow(message);
    await expect(readMetadata(good, { limits })).rejects.toThrow(message);
    const npz = memorySource(
      await archiveBytes(["a", "b"].map((name) => ({ name, size: 0, chunks: () => new Uint8Array() }))),
    );
    await expect(readNpz(npz, "a.npz", { limits })).rejects.toThrow(message);
    const weights = memorySource(planHdf5({ children: [["a", { children: [] }]] }).toBytes());
    await expect(openHdf5(weights, { budget: new Budget(weights.size, { objects: 1 }) })).rejects.toThrow(
      "expected at most 1 groups",
    );
  });

  it.each<[string, object]>([
    ['unknown option "inflated"', { inflated: 1 }],
    ["expected objects to be an integer from 0 on, or Infinity, received -1.", { objects: -1 }],
    ["expected members to be an integer from 0 on, or Infinity, received NaN.", { members: Number.NaN }],
  ])("%s", async (message, limits) => {
    await expect(loadModel(good, { limits })).rejects.toThrow(message);
  });

  it("counts a member that is read again once", async () => {
    const budget = new Budget(1, { inflatedBytes: 5 });
    expect(() => budget.inflatedBytes.take(6, "a")).toThrow(OverLimit);
    budget.inflatedBytes.take(5, "a");
    expect(() => budget.inflatedBytes.expect(1, "b")).toThrow(
      "b: expected at most 5 bytes once inflated from a file of 1 bytes",
    );
  });
});

describe("a text that is handed in", () => {
  const message = "JSON, line 1, column 5: expected at most 2 values, the option maxValues,";

  it("has as many values as it may", () => {
    expect(parsePythonJson("[1, 2]", { maxValues: 3 })).toEqual([1, 2]);
    expect(() => parsePythonJson("[1, 2]", { maxValues: 2 })).toThrow(message);
    expect(() => modelFromJson("[1, 2]", { maxValues: 2 })).toThrow(message);
    expect(() => modelFromJson("[1, 2]", { maxValues: -1 })).toThrow(
      "expected maxValues to be an integer from 0 on",
    );
  });

  it("has 10 million at most unless told otherwise", () => {
    const text = `[${"0,".repeat(10_000_000)}0]`;
    expect(() => parsePythonJson(text)).toThrow("expected at most 10000000 values, the option maxValues,");
    expect(parsePythonJson(text, { maxValues: Number.POSITIVE_INFINITY })).toHaveLength(10_000_001);
  });
});
