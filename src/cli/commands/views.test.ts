import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openArchive } from "../../saving/archive.ts";
import { loadModel } from "../../saving/load.ts";
import { memorySource } from "../../saving/sources.ts";
import { capture } from "../capture.fixture.ts";

const dense = "golden/3.6/files/dense.keras";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of stored members with some bytes of its text replaced by others. */
function writeChanged(name: string, from: string, to: string): string {
  const bytes = readFileSync(dense);
  const at = bytes.indexOf(from);
  bytes.write(to, at);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe("summary", () => {
  it("prints the table", async () => {
    const model = await loadModel(readFileSync(dense));
    expect(await capture(["summary", dense])).toEqual(
      expect.objectContaining({ code: 0, stdout: `${model.summary()}\n`, stderr: "" }),
    );
  });

  it("takes its options", async () => {
    const path = "golden/3.6/files/nested.keras";
    const model = await loadModel(readFileSync(path));
    const args = [
      "summary",
      path,
      "--line-length",
      "100",
      "--expand-nested",
      "--show-trainable",
      "--from",
      "inner",
    ];
    const table = model.summary({
      line_length: 100,
      expand_nested: true,
      show_trainable: true,
      layer_range: ["inner", "tail"],
    });
    expect((await capture(args)).stdout).toBe(`${table}\n`);
  });

  it("reads standard input", async () => {
    const { code, stdout } = await capture(["summary", "-"], { stdin: readFileSync(dense) });
    expect([code, stdout.split("\n", 1)[0]]).toEqual([0, 'Model: "dense"']);
  });

  it("reports to programs", async () => {
    const { stdout } = await capture([
      "summary",
      "golden/3.6/files/nested.keras",
      "--expand-nested",
      "--json",
    ]);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ name: "nested", class_name: "Functional", parameters: 41 });
    expect(report).toMatchObject({
      trainable_parameters: 41,
      sizes: { total: { parameters: 41, bytes: 164 }, non_trainable: { parameters: 0 } },
    });
    expect(report.layers[1]).toMatchObject({
      name: "inner",
      class_name: "Functional",
      output_shape: [null, 3],
      parameters: 15,
      trainable: true,
      connected_to: ["x"],
      layers: [{ name: "inner_in" }, { name: "inner_dense", parameters: 15, connected_to: ["inner_in"] }],
    });
  });
});

describe("config", () => {
  it("prints the text of the file", async () => {
    const { members } = await openArchive(memorySource(readFileSync(dense)));
    const text = new TextDecoder().decode(await members.get("config.json")?.read());
    expect(await capture(["config", dense])).toMatchObject({ code: 0, stdout: `${text}\n`, stderr: "" });
  });

  it("indents it, and keeps its numbers as they are", async () => {
    const { stdout } = await capture(["config", "golden/3.6/files/transformer.keras", "--indent", "2"]);
    expect(stdout.startsWith('{\n  "module": "keras')).toBe(true);
    expect(stdout).toContain('"epsilon": 1e-06,\n');
  });

  it("shows classes nobody knows", async () => {
    const { code, stdout } = await capture(["config", "golden/3.6/files/custom_layer.keras"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).class_name).toBe("Functional");
  });
});

describe("check", () => {
  it.each([
    [
      "golden/3.6/files/dense.keras",
      `: clean, usable
  written by  Keras 3.6.0, 2024-01-02@03:04:05
  model       Functional "dense", 3 layers
  weights     4 tensors, 43 parameters, 172 bytes
  loads in    Keras 3.0 to 3.16
  not in      tf.keras 2.9 to 2.15: a .keras file of Keras 3, whose modules and inputs Keras 2 does not know
  not in      TensorFlow.js 4.22: a .keras file: it opens a model.json
`,
    ],
    [
      "golden/3.15/files/fitted_adam.keras",
      `: clean, usable
  written by  Keras 3.15.1, 2024-01-02@03:04:05
  model       Functional "compiled", 3 layers
  weights     4 tensors, 20 parameters, 80 bytes
  optimizer   10 tensors, 42 parameters, 168 bytes
  loads in    Keras 3.15 to 3.16
  not in      Keras 3.0 to 3.14: GlorotUniform.input_axes, which Keras has since 3.15 (and 3 more)
  not in      tf.keras 2.9 to 2.15: a .keras file of Keras 3, whose modules and inputs Keras 2 does not know
  not in      TensorFlow.js 4.22: a .keras file: it opens a model.json
`,
    ],
    [
      "golden/3.6/files/transformer.keras",
      `: clean, usable
  written by  Keras 3.6.0, 2024-01-02@03:04:05
  model       Functional "transformer", 10 layers
  weights     18 tensors, 627 parameters, 2,508 bytes
  loads in    Keras 3.4 to 3.16
  not in      Keras 3.0 to 3.3: layer "mha": MultiHeadAttention.seed, which Keras has since 3.4
  not in      tf.keras 2.9 to 2.15: a .keras file of Keras 3, whose modules and inputs Keras 2 does not know
  not in      TensorFlow.js 4.22: a .keras file: it opens a model.json
  note        config: 1 call has a "training" that Keras before 3.16 wrote unasked. From 3.16 on it is taken literally: dropout stays off, augmentation on. "ceratops clone --weights copy" leaves it out. [recorded-training]
`,
    ],
  ])("finds %s usable", async (path, text) => {
    expect(await capture(["check", path])).toMatchObject({ code: 0, stdout: path + text, stderr: "" });
  });

  it.each([
    [
      "golden/3.6/files/custom_layer.keras",
      3,
      "unknown",
      '  unknown     config.config.layers[1]: names the class "Scale" of the module "cases.custom", which Keras may import. (Keras 3.0 to 3.8) [unknown-class]\n',
    ],
    [
      "golden/3.6/files/python_lambda.keras",
      1,
      "dangerous",
      "  dangerous   config.config.layers[2].config.function: holds code of Python. (Keras 3.0 and newer with safe_mode=False, 2.12 and older always) [python-code]\n",
    ],
  ])("says what is in %s", async (path, expected, verdict, line) => {
    const { code, stdout } = await capture(["check", path]);
    expect(code).toBe(expected);
    expect(stdout).toContain(`${path}: ${verdict}, not usable\n`);
    expect(stdout).toContain(line);
  });

  it("compares checksums", async () => {
    const { code, stdout } = await capture([
      "check",
      writeChanged("flipped.keras", '"units": 5', '"units": 6'),
    ]);
    expect(code).toBe(4);
    expect(stdout).toContain('damaged     "config.json": expected the bytes that were written');
  });

  it("says what a file is that is none", async () => {
    writeFileSync(join(folder, "text.keras"), "{}");
    const path = join(folder, "text.keras");
    expect(await capture(["check", path])).toMatchObject({
      code: 5,
      stdout: `${path}: unreadable, not usable\n  damaged     is JSON text. It holds no model. [unreadable]\n`,
    });
    expect(await capture(["check", "absent.keras"])).toMatchObject({
      code: 5,
      stdout:
        "absent.keras: unreadable, not usable\n  damaged     cannot be read: no such file or directory. [unreadable]\n",
      stderr: "",
    });
  });

  it("reports to programs", async () => {
    const { stdout } = await capture(["check", dense, "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      file: dense,
      format: "keras",
      verdict: "clean",
      usable: true,
      findings: [],
      keras_version: "3.6.0",
      date_saved: "2024-01-02@03:04:05",
      model: { name: "dense", class_name: "Functional", layers: 3 },
      weights: {
        layers: { tensors: 4, parameters: 43, bytes: 172 },
        optimizer: { tensors: 0, parameters: 0, bytes: 0 },
        seeds: { tensors: 0, parameters: 0, bytes: 0 },
      },
      needs: { version: "3.6", keys: [], before: null },
      loads: [
        {
          program: "keras",
          versions: Array.from({ length: 17 }, (_, minor) => `3.${minor}`),
          loads: true,
          against: [],
        },
        {
          program: "tf_keras",
          versions: ["2.9", "2.10", "2.11", "2.12", "2.13", "2.14", "2.15"],
          loads: false,
          against: ["a .keras file of Keras 3, whose modules and inputs Keras 2 does not know"],
        },
        {
          program: "tensorflow.js",
          versions: ["4.22"],
          loads: false,
          against: ["a .keras file: it opens a model.json"],
        },
      ],
      problems: [],
      unknown: [],
      notes: [],
    });
  });
});

describe("the program", () => {
  const start = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], { encoding: "utf8" });

  it("gives its exit code and streams to the shell", () => {
    expect(start("check", dense)).toMatchObject({ status: 0, stderr: "" });
    expect(start("summary", "absent.keras")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "ceratops: error: absent.keras: cannot be read: no such file or directory.\n",
    });
    expect(start("summary").status).toBe(2);
  });
});
