import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Input } from "../../layers/core/input-layer.ts";
import { Dense, Dropout } from "../../layers/index.ts";
import { Sequential } from "../../models/sequential.ts";
import { summaryData } from "../../models/summary-data.ts";
import { plotModel } from "../../picture/index.ts";
import { loadModel } from "../../saving/load.ts";
import { writeFileAtomic } from "../../saving/node/write-file.ts";
import { saveModel, saveWeights } from "../../saving/save-model.ts";
import { capture } from "../capture.fixture.ts";

const dense = "golden/3.6/files/dense.keras";
const nested = "golden/3.6/files/nested.keras";
const custom = "golden/3.6/files/custom_layer.keras";
let folder = "";
let server: Server;
const asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
  const model = new Sequential([
    Input({ shape: [4] }),
    new Dense({ units: 2, name: "first" }),
    new Dropout({ rate: 0.5, seed: 1, name: "drop" }),
  ]);
  await writeFileAtomic(join(folder, "m.weights.h5"), saveWeights(model));
  await writeFileAtomic(join(folder, "m.keras"), saveModel(model));
  server = createServer(({ url = "", headers }, response) => {
    asked.push(url);
    if (!url.startsWith("/dense.keras")) return response.writeHead(403).end();
    const bytes = readFileSync(dense);
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? "") ?? [];
    const part = bytes.subarray(Number(from), Number(to) + 1);
    return response
      .writeHead(206, { "Content-Range": `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}` })
      .end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
const addressOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;

describe("graph", () => {
  const options = { show_shapes: true, show_layer_names: true, expand_nested: true } as const;

  it("prints a picture", async () => {
    const svg = plotModel(await loadModel(readFileSync(nested)), options);
    expect(await capture(["graph", nested])).toMatchObject({ code: 0, stdout: svg, stderr: "" });
  });

  it.each([
    ["a.svg", "svg"],
    ["a.mmd", "mermaid"],
    ["a.dot", "dot"],
  ] as const)("writes %s as %s", async (name, format) => {
    const picture = plotModel(await loadModel(readFileSync(nested)), { ...options, format });
    const { code, stdout, stderr } = await capture(["graph", nested, "-o", at(name)]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toBe(`${at(name)}: Functional "nested", 3 layers, 41 parameters\n`);
    expect(readFileSync(at(name), "utf8")).toBe(picture);
  });

  it("takes its options", async () => {
    const picture = plotModel(await loadModel(readFileSync(nested)), {
      format: "dot",
      rankdir: "LR",
      show_dtype: true,
      show_trainable: true,
      show_layer_activations: true,
      layer_range: ["inner", "tail"],
    });
    const args =
      "--format dot --rankdir LR --hide-shapes --hide-names --collapse-nested --show-dtype --show-activations --show-trainable --from inner --to tail";
    expect((await capture(["graph", nested, ...args.split(" ")])).stdout).toBe(picture);
  });

  it("shows what is not known, and warns of it", async () => {
    const { code, stdout, stderr } = await capture(["graph", custom]);
    expect(code).toBe(0);
    expect(stdout).toContain('class="layer unknown"');
    expect(stderr).toContain('unknown class "Scale"');
  });
});

describe("inputs", () => {
  it("lists what goes in and comes out", async () => {
    expect((await capture(["inputs", "golden/3.6/files/multi_output.keras"])).stdout).toMatch(
      /^input {3}\S+ +\(None, 4\) +float32\noutput /,
    );
    const { stdout } = await capture(["inputs", dense, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ inputs: [{ name: "x", shape: [null, 4], dtype: "float32" }] });
  });
});

describe("weights", () => {
  it("lists those of a model", async () => {
    expect((await capture(["weights", at("m.keras")])).stdout).toBe(
      [
        "first/kernel  (4, 2)  float32  8",
        "first/bias    (2,)    float32  2",
        "2 tensors, 10 parameters",
        "",
      ].join("\n"),
    );
  });

  it("lists those of unknown classes", async () => {
    const { stdout } = await capture(["weights", custom, "--json"]);
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ parameters: 3, trainable: null }));
  });

  it("lists those of a file of weights, as summary and check do", async () => {
    const { stdout } = await capture(["weights", at("m.weights.h5")]);
    expect(stdout).toContain("2 tensors, 10 parameters\n");
    expect(stdout).toMatch(/^layers\/dense\/vars\/0 {2}\(4, 2\)/);
    const summary = await capture(["summary", at("m.weights.h5")]);
    expect(summary.stdout).toBe(`Weights: ${JSON.stringify(at("m.weights.h5"))}\n${stdout}`);
    expect(await capture(["check", at("m.weights.h5")])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        `${at("m.weights.h5")}: clean, usable
  weights     2 tensors, 10 parameters, 40 bytes
`,
      ),
    });
  });
});

describe("summary and check", () => {
  it.each([
    dense,
    nested,
    custom,
    "golden/3.6/files/fitted_adam.keras",
    "golden/3.6/files/transformer.keras",
  ])("agree on the parameters of %s", async (path) => {
    const checked = JSON.parse((await capture(["check", path, "--json"])).stdout);
    const shown = JSON.parse((await capture(["summary", path, "--json"])).stdout);
    expect(checked.weights.layers.parameters).toBe(shown.parameters);
  });

  it("show the weights of unknown classes", async () => {
    const { stdout } = await capture(["summary", custom]);
    expect(stdout).toContain(" Total params: 18 (72.00 B)\n Trainable params: 12 (48.00 B)\n");
    expect(stdout).toContain(" Unknown params: 6 (24.00 B)\n");
    const model = await loadModel(readFileSync(custom), { onUnknown() {} });
    expect(summaryData(model).layers.map(({ parameters }) => parameters)).toEqual([0, 3, 12, 3]);
  });
});

describe("files on the web", () => {
  it("are read by their addresses", async () => {
    const { code, stdout, stderr } = await capture(["summary", addressOf("dense.keras?sig=secret")]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe((await capture(["summary", dense])).stdout);
    expect(asked).toContain("/dense.keras?sig=secret");
  });

  it.each([
    ["summary", "absent.keras?sig=secret"],
    ["check", "dense.keras?sig=secret"],
    ["weights", "dense.keras#secret"],
    ["export", "absent.keras?sig=secret", "out.onnx"],
    ["run", "absent.keras?sig=secret", "--debug"],
  ])("keep their secrets: %s %s", async (command, path, ...more) => {
    const { stdout, stderr } = await capture([command, addressOf(path), ...more]);
    expect(stdout + stderr).not.toContain("secret");
    if (path.startsWith("absent"))
      expect(stderr).toContain(
        `${addressOf("absent.keras")}: expected status 206 or 200, received 403 Forbidden.`,
      );
  });

  it("keep them where nobody answers", async () => {
    const { code, stderr } = await capture(["summary", "http://127.0.0.1:1/m.keras?sig=secret", "--debug"]);
    expect(code).toBe(1);
    expect(stderr).toContain("http://127.0.0.1:1/m.keras: expected an answer");
    expect(stderr).not.toContain("secret");
  });
});

describe("run without --input", () => {
  it("draws one, the same each time", async () => {
    const first = await capture(["run", dense, "--engine", "reference"]);
    expect(first).toMatchObject({
      code: 0,
      stderr: "ceratops: no --input: one sample was drawn, numbers from 0 to 1, the same each time.\n",
    });
    expect(first.stdout).toMatch(/^\S+ \(1, 3\) float32:( -?[\d.e-]+){3}\n$/);
    expect(await capture(["run", dense, "--engine", "reference"])).toEqual(first);
  });
});

describe("--keep-unknown", () => {
  it("clones what is not known", async () => {
    expect((await capture(["clone", custom, at("c.keras"), "--weights", "copy"])).code).toBe(1);
    const { code, stderr } = await capture([
      "clone",
      custom,
      at("c.keras"),
      "--weights",
      "copy",
      "--keep-unknown",
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain("warning");
    const again = await capture(["weights", at("c.keras"), "--json"]);
    expect(again.stdout).toBe((await capture(["weights", custom, "--json"])).stdout);
  });
});

it("a file that is no file of weights is told by its bytes", async () => {
  writeFileSync(at("text.h5"), "no");
  expect((await capture(["weights", at("text.h5")])).stderr).toContain("text.h5: expected a zip archive");
});
