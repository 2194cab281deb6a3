import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Input, Sequential } from "../../index.ts";
import { SpatialDropout2D } from "../../layers/index.ts";
import { loadModel, saveModel } from "../../node.ts";
import { eachInFolder } from "../../saving/node/folder.fixture.ts";
import { capture } from "../capture.fixture.ts";

const source = "golden/2.9/models/seq_input.h5";
let folder: string;
eachInFolder((each) => {
  folder = each;
});
const at = (name: string) => join(folder, name);

describe("convert", () => {
  it("says what was written, for which Keras, and what is otherwise", async () => {
    const { code, stdout, stderr } = await capture(["convert", source, at("a.keras"), "--to", "keras-3.6"]);
    expect([code, stdout]).toEqual([0, ""]);
    const [first, ...lines] = stderr.replace(folder, "").split("\n");
    expect(first).toMatch(
      /a\.keras: Sequential "sequential", 2 layers, 26 parameters, h5 \(Keras 2\.9\.0\) → keras \(Keras 3\.6\.0\)$/,
    );
    expect(lines).toContain('  dtype: "float32" → DTypePolicy "float32", 2 times');
    expect(lines).toContain('  batch_input_shape: [null, 3] → none, layer "input_1"');
    expect((await loadModel(at("a.keras"))).layers).toHaveLength(2);
  });

  it("gives the whole report to programs", async () => {
    const args = ["convert", "-", at("web"), "--to", "tfjs", "--quantize-weights", "uint8", "--json"];
    const { code, stdout, stderr } = await capture(args, { stdin: readFileSync(source) });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      from: { format: "h5", keras: "2.9.0" },
      to: { format: "tfjs", keras: "2.9.0" },
      target: `${at("web")}/model.json`,
      parameters: 26,
      changes: [{ path: 'layer "input_1"' }, { path: 'layer "input_1"', key: "ragged", from: false }],
      issues: [],
    });
    expect(readdirSync(at("web"))).toEqual(["group1-shard1of1.bin", "model.json"]);
  });

  it("writes out what the other Keras does not have", async () => {
    const args = ["convert", "golden/1.2/models/recurrent_tensorflow.h5", at("a.keras")];
    const refused = await capture(args);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("hard_sigmoid")]);
    const { code, stderr } = await capture([...args, "--unfold"]);
    const [, first] = stderr.split("\n");
    expect([code, first]).toEqual([
      0,
      '  layer "lstm_1": its hard_sigmoid is that of Keras 3 now, and the weights in front of it are multiplied by 1.2.',
    ]);
  });

  it("leaves out what only training needs where that is asked for, and names the flag where it is not", async () => {
    const model = new Sequential([
      Input({ shape: [2, 3, 4] }),
      new SpatialDropout2D({ rate: 0.5, data_format: "channels_first", name: "d" }),
    ]);
    await saveModel(model, at("a.keras"));
    const args = ["convert", at("a.keras"), at("b.h5")];
    const message =
      'expected a key that Keras 2 has, or a value that changes nothing, received "channels_first".';
    const refused = await capture(args);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      `ceratops: error: layer "d".data_format: ${message} --drop optional leaves it out.\n`,
    ]);
    const { code, stderr } = await capture([...args, "--drop", "optional"]);
    expect(code).toBe(0);
    expect(stderr).toContain(`ceratops: warning: layer "d".data_format: left out: ${message}\n`);
    expect((await loadModel(at("b.h5"))).layers).toHaveLength(1);
  });

  it.each([
    [["--to", "pb"], "x.h5", 2, 'expected --to to be one of "keras", "h5"'],
    [[], "-", 2, "expected the path of a file to write, received -."],
    [
      [],
      "x.txt",
      1,
      "expected a path that ends in .keras or .h5 or .hdf5 or model.json or .weights.h5 or .weights.json or .json or .onnx",
    ],
    [
      ["--keras", "2.7"],
      "x.h5",
      1,
      'expected a version of Keras from 2.9 to 2.15 or 3.0 to 3.16, received "2.7".',
    ],
    [["--limit", "jsonValues=10"], "x.keras", 1, "jsonValues"],
  ] as const)("%j into %s is refused", async (options, name, code, message) => {
    const out = name === "-" ? name : at(name);
    const done = await capture(["convert", source, out, ...options]);
    expect([done.code, done.stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("writes into no folder that it reads", async () => {
    await capture(["convert", source, at("web"), "--to", "tfjs"]);
    const { code, stderr } = await capture(["convert", at("web"), at("web/model.json")]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("expected another file than the one that is read."),
    ]);
  });
});

it.each([source, "golden/3.6/files/dense.keras"])("config prints that of %s", async (path) => {
  const { code, stdout } = await capture(["config", path]);
  expect([code, JSON.parse(stdout).class_name]).toEqual([
    0,
    expect.stringMatching(/^(Sequential|Functional)$/),
  ]);
});
