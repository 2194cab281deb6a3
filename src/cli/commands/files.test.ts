import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../test/formula.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { readNpz, writeNpz } from "../../saving/formats/npz.ts";
import { loadModel } from "../../saving/load.ts";
import { gather, saveWeights } from "../../saving/save-model.ts";
import { memorySource } from "../../saving/sources.ts";
import { readNpy, writeNpy } from "../../tensor/npy.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { capture } from "../capture.fixture.ts";

const golden = "golden/3.6/files";
const dense = `${golden}/dense.keras`;
let folder = "";
const at = (name: string) => join(folder, name);
const bytesOf = (name: string) => new Uint8Array(readFileSync(at(name)));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface GoldenFile {
  readonly inputs: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs: readonly TensorRecord[];
}

function recordOf(id: string): GoldenFile {
  return JSON.parse(readFileSync(`${golden}/${id}.json`, "utf8"));
}

describe("run", () => {
  it.each(["reference", "onnxruntime"])("from .npy to .npy with %s", async (engine) => {
    const { inputs, outputs } = recordOf("dense");
    writeFileSync(at("x.npy"), writeNpy(recordTensor(inputs[0]!)));
    const args = ["run", dense, "--input", at("x.npy"), "--output", at("y.npy"), "--engine", engine];
    const { code, stdout, stderr } = await capture(args);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/y\.npy: 2 samples, computed by (reference|onnxruntime-node)\n$/);
    expectClose(readNpy(bytesOf("y.npy")), recordTensor(outputs[0]!), "output");
  });

  it.each([
    ["dictionary_inputs", ["aux", "score"]],
    ["multi_output", ["left", "right", "trunk"]],
  ])("from .npz to .npz, by names: %s", async (id, names) => {
    const { inputs, outputs } = recordOf(id);
    const given = inputs.map((input): [string, Tensor] => [input.name, recordTensor(input)]);
    writeFileSync(at("in.npz"), await gather(writeNpz(given.reverse())));
    const args = ["run", `${golden}/${id}.keras`, "--input", at("in.npz"), "--output", at("out.npz")];
    const { code, stdout } = await capture([...args, "--batch-size", "1", "--engine", "reference", "--json"]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ engine: "reference", samples: 2 });
    expect(report.outputs.map(({ name }: { name: string }) => name)).toEqual(names);
    const arrays = await readNpz(memorySource(bytesOf("out.npz")));
    expect([...arrays.keys()]).toEqual(names);
    for (const [i, name] of names.entries()) expectClose(arrays.get(name)!, recordTensor(outputs[i]!), name);
  });

  it("from standard input to standard output, and not to a terminal", async () => {
    const { inputs, outputs } = recordOf("dense");
    const stdin = await gather(writeNpz([["arr_0", recordTensor(inputs[0]!)]]));
    const args = [
      "run",
      dense,
      "--input",
      "-",
      "--output",
      "-",
      "--engine",
      "reference",
      "--batch-size",
      "1",
    ];
    const { code, bytes, stderr } = await capture(args, { stdin });
    expect([code, stderr]).toEqual([0, "standard output: 2 samples, computed by reference\n"]);
    expectClose(readNpy(bytes), recordTensor(outputs[0]!), "output");
    expect(await capture(args, { stdin, isTTY: true })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(
        "expected standard output to be a file or a pipe, received a terminal.",
      ),
    });
  });

  it.each([
    ["in.npz", 'in.npz: expected the arrays ["x"], received ["y"].'],
    ["text.npy", "text.npy: npy: expected the start of a NumPy file, received other bytes."],
  ])("refuses %s", async (name, message) => {
    const { inputs } = recordOf("dense");
    const bytes = { "in.npz": await gather(writeNpz([["y", recordTensor(inputs[0]!)]])), "text.npy": "text" };
    writeFileSync(at(name), bytes[name as keyof typeof bytes]);
    const { code, stderr } = await capture(["run", dense, "--input", at(name), "--output", at("none.npy")]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).not.toContain("none.npy");
  });

  it("refuses fractions where a model takes integers", async () => {
    const { inputs } = recordOf("embedded_masks");
    const floats = inputs.map((input): [string, Tensor] => [
      input.name,
      recordTensor({ ...input, dtype: "float32" }),
    ]);
    writeFileSync(at("floats.npz"), await gather(writeNpz(floats)));
    const args = [
      "run",
      `${golden}/embedded_masks.keras`,
      "--input",
      at("floats.npz"),
      "--output",
      at("y.npy"),
    ];
    expect((await capture(args)).stderr).toMatch(
      /floats\.npz: input "a": expected int32 numbers, received float32\.\n$/,
    );
  });
});

describe("clone", () => {
  it("writes fresh weights, the same for the same seed", async () => {
    for (const name of ["a.keras", "b.keras"]) {
      const { code, stderr } = await capture(["clone", dense, at(name), "--seed", "7"]);
      expect([code, stderr.replace(folder, "")]).toEqual([
        0,
        `/${name}: Functional "dense", 3 layers, 43 parameters, fresh weights\n`.replace(
          "/",
          stderr[folder.length]!,
        ),
      ]);
    }
    expect(readFileSync(at("a.keras"))).toEqual(readFileSync(at("b.keras")));
    const clone = await loadModel(readFileSync(at("a.keras")));
    expect(clone.toJson()).toBe((await loadModel(readFileSync(dense))).toJson());
    expect(clone.getWeights()).not.toEqual((await loadModel(readFileSync(dense))).getWeights());
  });

  it("copies weights, and names the clone", async () => {
    const args = ["clone", dense, at("c.keras"), "--weights", "copy", "--name", "teacher", "--json"];
    const { code, stdout } = await capture(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: at("c.keras"),
      name: "teacher",
      layers: 3,
      parameters: 43,
      weights: "copy",
    });
    const clone = await loadModel(readFileSync(at("c.keras")));
    expect(clone.name).toBe("teacher");
    expect(clone.getWeights()).toEqual((await loadModel(readFileSync(dense))).getWeights());
  });

  it("seeds the layers of models inside", async () => {
    for (const name of ["d.keras", "e.keras"]) {
      await capture(["clone", `${golden}/nested.keras`, at(name), "--seed", "7"]);
    }
    expect(readFileSync(at("d.keras"))).toEqual(readFileSync(at("e.keras")));
  });

  it("replaces its own file with --force only", async () => {
    copyFileSync(dense, at("own.keras"));
    const before = readFileSync(at("own.keras"));
    const args = ["clone", at("own.keras"), at("own.keras"), "--weights", "copy", "--name", "other"];
    expect((await capture(args)).code).toBe(1);
    expect(readFileSync(at("own.keras"))).toEqual(before);
    expect((await capture([...args, "--force"])).code).toBe(0);
    expect((await loadModel(readFileSync(at("own.keras")))).name).toBe("other");
  });

  it("goes to standard output", async () => {
    const { code, bytes } = await capture(["clone", "-", "-", "--weights", "copy"], {
      stdin: readFileSync(dense),
    });
    expect(code).toBe(0);
    expect((await loadModel(bytes)).toJson()).toBe((await loadModel(readFileSync(dense))).toJson());
  });
});

describe("addresses of files on this machine", () => {
  const address = (path: string) => pathToFileURL(path).href;

  it("are read and written as paths are", async () => {
    const { inputs } = recordOf("dense");
    writeFileSync(at("from url.npy"), writeNpy(recordTensor(inputs[0]!)));
    const read = ["--input", address(at("from url.npy"))];
    const run = await capture(["run", address(dense), ...read, "--output", address(at("to url.npy"))]);
    expect(run.stderr).toContain("to url.npy: 2 samples");
    expect(readNpy(bytesOf("to url.npy")).shape[0]).toBe(2);
    expect((await capture(["clone", address(dense), address(at("cloned.keras"))])).code).toBe(0);
    expect((await capture(["export", address(dense), address(at("url.onnx"))])).code).toBe(0);
    expect((await capture(["graph", address(dense), "-o", address(at("url.svg"))])).code).toBe(0);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["cloned.keras", "url.onnx", "url.svg"]));
  });

  it.each([
    ["summary", "file://elsewhere/model.keras"],
    ["clone", dense, "file:///a%2Fb.keras"],
  ])("%s says which is none: %s %s", async (...args) => {
    const { code, stderr } = await capture(args);
    const wrong = JSON.stringify(args.at(-1));
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`expected the address of a file on this machine, received ${wrong}.`),
    ]);
  });
});

it.each(["run", "graph", "config", "inputs"])("%s of weights alone says what reads them", async (name) => {
  const model = await loadModel(memorySource(new Uint8Array(readFileSync(dense))));
  writeFileSync(at("alone.weights.h5"), await gather(saveWeights(model)));
  const { code, stderr } = await capture([name, at("alone.weights.h5")]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    "alone.weights.h5: expected a .keras file, received the weights of a model, without the model (.weights.h5). Make the model, and call loadWeights with it and this file; ceratops weights lists what it holds.",
  );
});
