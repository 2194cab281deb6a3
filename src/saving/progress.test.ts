import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Sequential } from "../models/sequential.ts";
import * as files from "../node.ts";
import type { Progress } from "../progress.ts";
import { asynchronous } from "./hdf5/memory.fixture.ts";
import { loadModel, loadWeights } from "./load.ts";
import { gather, saveModel, saveWeights, toBytes } from "./save-model.ts";

const make = () =>
  new Sequential([Input({ shape: [8] }), ...Array.from({ length: 40 }, () => new Dense({ units: 8 }))]);
const bytes = await toBytes(make());
const weights = await gather(saveWeights(make()));
const reason = new Error("enough");

/** What was told, each stage by its first and its last report. */
function stages(told: readonly Progress[]): unknown[] {
  const names = [...new Set(told.map(({ stage }) => stage))];
  return names.map((name) => {
    const of = told.filter(({ stage }) => stage === name);
    of.forEach(({ done, total }, i) => {
      expect(done).toBeGreaterThanOrEqual(of[i - 1]?.done ?? 0);
      expect(done).toBeLessThanOrEqual(total);
    });
    return [name, of[0]?.done, of.at(-1)?.done === of.at(-1)?.total];
  });
}

type Work = (options: files.ProgressOptions) => Promise<unknown>;
const works: [what: string, work: Work, expected: readonly Progress["stage"][]][] = [
  ["loadModel", (options) => loadModel(bytes, options), ["config", "contents"]],
  ["loadModel by waiting", (options) => loadModel(asynchronous(bytes), options), ["config", "contents"]],
  ["loadWeights of a model", (options) => loadWeights(make(), bytes, options), ["contents"]],
  ["loadWeights", (options) => loadWeights(make(), weights, options), ["contents"]],
  ["load", async (options) => (await loadModel(asynchronous(bytes))).load(options), ["tensors"]],
  ["saveModel", (options) => gather(saveModel(make(), options)), ["tensors"]],
  ["saveWeights", (options) => gather(saveWeights(make(), options)), ["tensors"]],
];

describe.each(works)("%s", (_, work, expected) => {
  it("says how far it has come, by stages", async () => {
    const told: Progress[] = [];
    await work({ onProgress: (progress) => told.push(progress) });
    expect(stages(told)).toEqual(expected.map((stage) => [stage, 0, true]));
  });

  it.each(expected)("is ended in the stage %s", async (stage) => {
    const controller = new AbortController();
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => {
      told.push(progress);
      if (progress.stage === stage) controller.abort(reason);
    };
    await expect(work({ onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(told.filter((progress) => progress.stage === stage)).toHaveLength(1);
  });

  it("does not begin where it is ended before", async () => {
    const told: Progress[] = [];
    const options = {
      onProgress: (progress: Progress) => told.push(progress),
      signal: AbortSignal.abort(reason),
    };
    await expect((async () => work(options))()).rejects.toBe(reason);
    expect(told).toEqual([]);
  });
});

describe("a signal", () => {
  it("ends a read that never comes back", async () => {
    const controller = new AbortController();
    const source = {
      size: 10_000,
      read: () => new Promise<Uint8Array>(() => setTimeout(() => controller.abort(reason))),
    };
    await expect(loadModel(source, { signal: controller.signal })).rejects.toBe(reason);
  });

  it("ends the request to a server", async () => {
    const controller = new AbortController();
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { createServer } = await import("node:http");
    const server = createServer((request) => {
      request.socket.on("close", closed);
      controller.abort(reason);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const url = new URL(`http://127.0.0.1:${port}/m.keras`);
    await expect(loadModel(url, { signal: controller.signal })).rejects.toBe(reason);
    await isClosed;
    server.close();
  });

  it("does nothing to a model that is loaded", async () => {
    const controller = new AbortController();
    const model = await loadModel(asynchronous(bytes), { signal: controller.signal });
    controller.abort(reason);
    await model.load();
    expect(await toBytes(model)).toEqual(bytes);
  });

  it("that ends a save leaves the old file as it was, and no other", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ceratops-"));
    const path = join(folder, "m.keras");
    await files.saveModel(make(), path);
    const before = readFileSync(path);
    const controller = new AbortController();
    const options = { signal: controller.signal, onProgress: () => controller.abort(reason) };
    await expect(files.saveModel(new Sequential([], { name: "other" }), path, options)).rejects.toBe(reason);
    await expect(files.loadModel(path, options)).rejects.toBe(reason);
    expect(Buffer.compare(readFileSync(path), before)).toBe(0);
    expect(readdirSync(folder)).toEqual(["m.keras"]);
    rmSync(folder, { recursive: true });
  });
});

describe("what cannot be told or asked", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ onProgress: 3 }, "onProgress: expected a function, received 3."],
    [{ signal: 3 }, "signal: expected an AbortSignal, received 3."],
    [{ signal: new AbortController() }, "signal: expected an AbortSignal, received AbortController."],
  ];

  it.each(wrong)("%j is an error", async (options, message) => {
    const model = await loadModel(bytes);
    await expect(loadModel(bytes, options)).rejects.toThrow(message);
    await expect(loadWeights(model, bytes, options)).rejects.toThrow(message);
    await expect(files.loadModel("m.keras", options)).rejects.toThrow(message);
    await expect(files.loadWeights(model, "m.keras", options)).rejects.toThrow(message);
    await expect(model.load(options)).rejects.toThrow(message);
    expect(() => saveModel(model, options)).toThrow(message);
    expect(() => saveWeights(model, options)).toThrow(message);
  });

  it("null is nothing", async () => {
    const options = { onProgress: null, signal: null };
    const model = await loadModel(bytes, options);
    await model.load(options);
    expect(await toBytes(model, options)).toEqual(bytes);
  });
});
