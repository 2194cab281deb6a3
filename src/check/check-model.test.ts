import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { text, zip } from "../saving/archive.fixture.ts";
import { planHdf5 } from "../saving/hdf5/plan.ts";
import { unstored } from "../saving/hostile.fixture.ts";
import { checkModel } from "./check-model.ts";
import { classOf, functionOf, kerasFile, npyFile } from "./files.fixture.ts";
import type { Verdict } from "./report.ts";
import { type FindingCode, rules, type Severity } from "./rules.ts";

/** A Lambda layer of a function. */
const lambda = (fn: unknown, more: object = {}) => ({
  module: "keras.layers",
  class_name: "Lambda",
  config: { name: "l", trainable: true, dtype: "float32", function: fn, arguments: {}, ...more },
  registered_name: null,
});
const layer = (className: string, options: object) => classOf("keras.layers", className, { config: options });
const adding = (envelope: object) => kerasFile({ edit: ({ config }) => config.layers.push(envelope) });
const activation = (envelope: object) =>
  kerasFile({ edit: (_, dense) => Object.assign(dense.config, { activation: envelope }) });
const compiled = (options: object) =>
  kerasFile({ edit: (model) => Object.assign(model, { compile_config: { loss: "mse", ...options } }) });
const wholeModel = (model: object, more: readonly (readonly [string, string])[] = []) =>
  planHdf5({
    attributes: new Map([["model_config", JSON.stringify(model)], ["keras_version", "2.3.1"], ...more]),
    children: new Map(),
  }).toBytes();
const sequential = (...layers: object[]) => ({ class_name: "Sequential", config: { name: "s", layers } });
const external = new Uint8Array(readFileSync("golden/hdf5/refused-external-latest.h5"));

/** What is put into a file, where it is found, and as what. */
const cases: readonly (readonly [what: string, bytes: Uint8Array, code: FindingCode, path: string])[] = [
  [
    "code of Python",
    adding(lambda({ class_name: "__lambda__", config: { code: "4wEA" } })),
    "python-code",
    "config.config.layers[2].config.function",
  ],
  [
    "code of Python in Keras 2",
    wholeModel(
      sequential({
        class_name: "Lambda",
        config: { function: ["4wEA", null, null], function_type: "lambda" },
      }),
    ),
    "python-code",
    "model_config.config.layers[0].config",
  ],
  [
    "code of Python for a mode of Keras 1",
    wholeModel(sequential({ class_name: "Merge", config: { mode: "4wEA", mode_type: "lambda" } })),
    "python-code",
    "model_config.config.layers[0].config",
  ],
  [
    "a function of a system",
    activation(functionOf("subprocess", "Popen")),
    "system-module",
    "config.config.layers[1].config.activation",
  ],
  [
    "a function that Python always has",
    activation(functionOf("builtins", "exec")),
    "system-module",
    "config.config.layers[1].config.activation",
  ],
  [
    "a class of Python itself",
    kerasFile({
      edit: (_, { config }) => Object.assign(config, { kernel_initializer: classOf("builtins", "exec") }),
    }),
    "system-module",
    "config.config.layers[1].config.kernel_initializer",
  ],
  [
    "a class of a system, registered or not",
    adding(classOf("os", "system", { registered_name: "my>system" })),
    "system-module",
    "config.config.layers[2]",
  ],
  [
    "a class of Python's C code",
    adding(classOf("_io", "FileIO")),
    "system-module",
    "config.config.layers[2]",
  ],
  [
    "a type of TensorFlow that is none",
    kerasFile({
      edit: (model) =>
        Object.assign(model, {
          x: {
            class_name: "__typespec__",
            spec_name: "system",
            module: "os",
            config: [],
            registered_name: null,
          },
        }),
    }),
    "system-module",
    "config.x",
  ],
  [
    "a function of Keras 2 by its module",
    wholeModel(
      sequential({
        class_name: "Lambda",
        config: { function: "system", function_type: "function", module: "posix" },
      }),
    ),
    "system-module",
    "model_config.config.layers[0].config",
  ],
  [
    "a function with a module",
    activation(functionOf("evil_pkg", "relu")),
    "foreign-function",
    "config.config.layers[1].config.activation",
  ],
  [
    "a loss with a module",
    compiled({ loss: functionOf("evil_pkg", "mse") }),
    "foreign-function",
    "config.compile_config.loss",
  ],
  [
    "get_file",
    adding(lambda(functionOf("keras.utils", "get_file"))),
    "keras-gadget",
    "config.config.layers[2].config.function",
  ],
  [
    "get_file by its own module",
    adding(lambda(functionOf("keras.src.utils.file_utils", "get_file"))),
    "keras-gadget",
    "config.config.layers[2].config.function",
  ],
  [
    "get_file with a dot",
    adding(lambda(functionOf("keras", "utils.get_file"))),
    "keras-gadget",
    "config.config.layers[2].config.function",
  ],
  [
    "get_file as a class",
    adding(classOf("keras.utils", "get_file")),
    "keras-gadget",
    "config.config.layers[2]",
  ],
  [
    "the switch of safety",
    adding(lambda(functionOf("keras.config", "enable_unsafe_deserialization"))),
    "keras-gadget",
    "config.config.layers[2].config.function",
  ],
  [
    "load_model",
    adding(lambda(functionOf("keras.models", "load_model"))),
    "keras-gadget",
    "config.config.layers[2].config.function",
  ],
  [
    "deserialize",
    activation(functionOf("builtins", "deserialize")),
    "keras-gadget",
    "config.config.layers[1].config.activation",
  ],
  [
    "a callback",
    adding(lambda(functionOf("keras.callbacks", "CSVLogger"))),
    "keras-gadget",
    "config.config.layers[2].config.function",
  ],
  [
    "a SavedModel",
    adding(layer("TFSMLayer", { filepath: "/models/x" })),
    "opens-file",
    "config.config.layers[2]",
  ],
  [
    "a vocabulary elsewhere",
    adding(layer("StringLookup", { vocabulary: "/etc/passwd" })),
    "opens-file",
    "config.config.layers[2]",
  ],
  [
    "a vocabulary on the web",
    adding(layer("TextVectorization", { vocabulary: "https://x/y" })),
    "opens-file",
    "config.config.layers[2]",
  ],
  [
    "a vocabulary of numbers elsewhere",
    adding(layer("IntegerLookup", { vocabulary: "x" })),
    "opens-file",
    "config.config.layers[2]",
  ],
  [
    "a function of TensorFlow",
    wholeModel(sequential({ class_name: "TFOpLambda", config: { function: "io.read_file" } })),
    "opens-file",
    "model_config.config.layers[0]",
  ],
  [
    "a module of PyTorch",
    adding(layer("TorchModuleWrapper", { module: {} })),
    "pickled-module",
    "config.config.layers[2]",
  ],
  [
    "a layer of JAX",
    adding(layer("JaxLayer", { call_fn: functionOf(null, "f") })),
    "calls-python",
    "config.config.layers[2]",
  ],
  ["a layer of Flax", adding(layer("FlaxLayer", { method: "f" })), "calls-python", "config.config.layers[2]"],
  ["pickled objects", npyFile("'|O'"), "pickled-array", ""],
  [
    "pickled objects in records",
    zip([{ name: "a.npy", bytes: npyFile("[('x', '<f4'), ('y', '|O')]") }]),
    "pickled-array",
    '"a.npy"',
  ],
  [
    "pickled objects in an archive",
    kerasFile({ members: { "model.weights.npz": zip([{ name: "0.npy", bytes: npyFile("'O'") }]) } }),
    "pickled-array",
    '"model.weights.npz" "0.npy"',
  ],
  ["data of another file", external, "external-data", "/a"],
  ["weights of another file", kerasFile({ weights: external }), "external-data", "model.weights.h5 /a"],
  [
    "a name that is a way out",
    kerasFile({ edit: (_, { config }) => Object.assign(config, { name: ".." }) }),
    "leaves-folder",
    "config.config.layers[1]",
  ],
  [
    "a name that is a way out of Windows",
    kerasFile({ edit: (_, dense) => Object.assign(dense, { name: "a\\..\\b" }) }),
    "leaves-folder",
    "config.config.layers[1]",
  ],
  ["a pickle by its name", kerasFile({ members: { "payload.pkl": "x" } }), "code-in-file", '"payload.pkl"'],
  ["what Python runs", kerasFile({ members: { "__main__.py": "x" } }), "code-in-file", '"__main__.py"'],
  [
    "a pickle by its bytes",
    kerasFile({ members: { "notes.txt": Uint8Array.of(0x80, 4, 0x95, 1, 0) } }),
    "code-in-file",
    '"notes.txt"',
  ],
  [
    "a pickle of the oldest kind",
    kerasFile({ members: { notes: "cos\nsystem\n(S'id'\ntR." } }),
    "code-in-file",
    '"notes"',
  ],
  [
    "a program among the files of layers",
    kerasFile({ members: { "assets/layers/x/data": "\u007fELF\u0002" } }),
    "code-in-file",
    '"assets/layers/x/data"',
  ],
  ["an archive inside", kerasFile({ members: { "data.bin": zip([]) } }), "code-in-file", '"data.bin"'],
  [
    "a file of PyTorch",
    zip([{ name: "archive/data.pkl", bytes: text("x") }]),
    "code-in-file",
    '"archive/data.pkl"',
  ],
  [
    "YAML of Python",
    text("class_name: Sequential\nconfig: !!python/object/apply:os.system [id]\n"),
    "yaml-object",
    "config.config",
  ],
  [
    "YAML of Python, deep in a list and by another name",
    text(
      "%TAG !p! tag:yaml.org,2002:python/\n---\nclass_name: Sequential\nconfig:\n- a\n- b: [!p!object/new:os.x {}]\n",
    ),
    "yaml-object",
    "config.config[1].b[0]",
  ],
  [
    "YAML of Python that is broken for others",
    text("class_name: Sequential\nconfig: !!python/object/apply:os.system [id\n"),
    "yaml-object",
    "",
  ],
  ["a script and an archive", new Uint8Array([...text("GIF89a"), ...kerasFile()]), "two-files-in-one", ""],
  [
    "an optimizer of others",
    compiled({ optimizer: classOf("evil_pkg", "Evil") }),
    "foreign-class",
    "config.compile_config.optimizer",
  ],
  [
    "a class in build_config",
    kerasFile({
      edit: (_, dense) =>
        Object.assign(dense, { build_config: { input_shape: [null, 4], x: classOf("evil_pkg", "Evil") } }),
    }),
    "foreign-class",
    "config.config.layers[1].build_config.x",
  ],
  [
    "a class under a key nobody knows",
    kerasFile({ edit: (_, dense) => Object.assign(dense, { nobody: [[classOf("evil_pkg", "Evil")]] }) }),
    "foreign-class",
    "config.config.layers[1].nobody[0][0]",
  ],
  [
    "a class in metadata",
    kerasFile({ metadata: { keras_version: "3.6.0", x: classOf("evil_pkg", "Evil") } }),
    "foreign-class",
    "metadata.x",
  ],
  [
    "a class without a config",
    kerasFile({ edit: (model) => Object.assign(model, { x: { module: "evil_pkg", class_name: "Evil" } }) }),
    "foreign-class",
    "config.x",
  ],
  [
    "a class in training_config",
    wholeModel(sequential(), [["training_config", JSON.stringify({ loss: classOf("evil_pkg", "Evil") })]]),
    "foreign-class",
    "training_config.loss",
  ],
  [
    "a class of this package's own",
    adding(classOf("ceratops", "OpaqueLayer")),
    "foreign-class",
    "config.config.layers[2]",
  ],
  [
    "a class that was registered",
    adding(classOf("my_pkg", "Mine", { registered_name: "My>Mine" })),
    "unknown-class",
    "config.config.layers[2]",
  ],
  [
    "a class of the program",
    adding(classOf("__main__", "Mine", { registered_name: "Mine" })),
    "unknown-class",
    "config.config.layers[2]",
  ],
  [
    "a layer that is not there yet",
    adding(layer("OfTomorrow", {})),
    "unknown-class",
    "config.config.layers[2]",
  ],
  [
    "a layer of Keras 2",
    wholeModel(sequential({ class_name: "Mine", config: {} })),
    "unknown-class",
    "model_config.config.layers[0]",
  ],
  [
    "a function of one's own",
    activation(functionOf("builtins", "swishy")),
    "unknown-function",
    "config.config.layers[1].config.activation",
  ],
  [
    "a key nobody knows",
    kerasFile({ edit: (_, { config }) => Object.assign(config, { nobody: 1 }) }),
    "unknown-key",
    'config (Sequential "m").layers[1] (Dense "d")',
  ],
  [
    "texts for weights",
    planHdf5({ attributes: new Map(), children: new Map() }).toBytes(),
    "other-format",
    "",
  ],
  [
    "a file that Keras does not write",
    kerasFile({ members: { "notes.txt": "x" } }),
    "unknown-member",
    '"notes.txt"',
  ],
  ["a format that is not looked into", text("\u0008\u0008\u0012\u0005keras"), "not-looked-into", ""],
  ["bytes that were changed", changed(kerasFile()), "damaged-bytes", '"model.weights.h5"'],
  [
    "a value that is none",
    kerasFile({ edit: (_, { config }) => Object.assign(config, { units: -1 }) }),
    "damaged-config",
    'config (Sequential "m").layers[1] (Dense "d").units',
  ],
  ["a config that is not JSON", wholeModelOf("{"), "damaged-config", "model_config, line 1, column 2"],
  [
    "weights that do not fit",
    kerasFile({ edit: (_, { config }) => Object.assign(config, { units: 3 }) }),
    "damaged-weights",
    "model.weights.h5 /layers/dense/vars/0",
  ],
  ["nothing", new Uint8Array(), "unreadable", ""],
  ["a cut archive", kerasFile().slice(0, 200), "unreadable", ""],
  ["weights of integers", golden("unknown/quantized_attention"), "unknown-weights", "model.weights.h5"],
  ["calls that were not asked for", golden("files/transformer"), "recorded-training", "config"],
  ["calls that Keras takes for others", kerasFile({ edit: crossed }), "crossed-calls", "config"],
  [
    "a config of too many values",
    zip([{ name: "config.json", bytes: text(`[${"[],".repeat(300_000)}0]`), deflate: true }]),
    "over-limit",
    "config.json",
  ],
  ["weights that are not stored", kerasFile({ weights: unstored(1, 1000) }), "not-stored", ""],
  [
    "files that grow",
    zip(["a", "b"].map((name) => ({ name, bytes: new Uint8Array(40 * 2 ** 20), deflate: true }))),
    "not-compared",
    "",
  ],
];

function wholeModelOf(model: string): Uint8Array {
  return planHdf5({ attributes: new Map([["model_config", model]]), children: new Map() }).toBytes();
}

/** With one bit of a weight turned. */
function changed(bytes: Uint8Array): Uint8Array {
  const at = new TextDecoder("latin1").decode(bytes).indexOf("HDF");
  return bytes.with(at + 3000, (bytes[at + 3000] ?? 0) ^ 1);
}

/** A model whose layer is called in a model inside, too. */
function crossed(model: JsonObject): void {
  const call = (...history: JsonValue[]) => [
    { args: [{ class_name: "__keras_tensor__", config: { keras_history: history } }], kwargs: {} },
  ];
  const entry = (class_name: string, name: string, config: JsonObject, inbound_nodes: JsonValue = []) => ({
    module: "keras",
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes,
  });
  const dense = (from: string) => ({ ...entry("Dense", "d", {}, call(from, 0, 0)), shared_object_id: 7 });
  const graph = (name: string, from: string, out: JsonValue, ...layers: JsonObject[]) => ({
    layers: [entry("InputLayer", from, {}), dense(from), ...layers],
    input_layers: [from, 0, 0],
    output_layers: out,
    name,
  });
  const inner = entry("Functional", "inner", graph("inner", "x", ["d", 0, 0]), call("d", 0, 0));
  Object.assign(model, entry("Functional", "outer", graph("outer", "y", ["inner", 1, 0], inner)));
}

function golden(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`golden/3.6/${name}.keras`));
}

describe("checkModel finds", () => {
  it.each(cases)("%s", async (_, bytes, code, path) => {
    const { findings, verdict, usable } = await checkModel(bytes);
    const found = findings.find((finding) => finding.code === code && finding.path === path);
    expect(found, JSON.stringify(findings)).toBeDefined();
    expect(found?.severity).toBe(rules[code].severity);
    expect(verdicts[rules[code].severity]).toContain(verdict);
    if (verdict !== "clean" && verdict !== "unknown") expect(usable).toBe(false);
  });

  it("each thing that there is a rule for", () => {
    expect([...new Set(cases.map(([, , code]) => code))].sort()).toEqual(Object.keys(rules).sort());
  });
});

/** What a file can be called that has a finding of this severity, and maybe others. */
const verdicts: Readonly<Record<Severity, readonly Verdict[]>> = {
  dangerous: ["dangerous"],
  suspicious: ["dangerous"],
  damaged: ["damaged", "unreadable"],
  unknown: ["unknown", "damaged"],
  harmless: ["clean", "unknown", "damaged", "unreadable"],
};

describe("checkModel", () => {
  it("says what is named, by its parts, and which Keras follows it", async () => {
    const { findings } = await checkModel(activation(functionOf("subprocess", "Popen")));
    expect(findings[0]).toEqual({
      code: "system-module",
      severity: "dangerous",
      path: "config.config.layers[1].config.activation",
      message: 'names the function "Popen" of the module "subprocess", which is no part of any model.',
      module: "subprocess",
      className: "Popen",
      keras: "3.0 to 3.8",
    });
  });

  it("finds a good file clean and usable", async () => {
    expect(await checkModel(kerasFile(), { name: "good.keras" })).toMatchObject({
      file: "good.keras",
      format: "keras",
      verdict: "clean",
      usable: true,
      findings: [],
      model: { name: "m", class_name: "Sequential", layers: 1 },
    });
  });

  it("lets nothing hide behind what is broken", async () => {
    const bytes = kerasFile({
      edit: (model, { config }) => {
        config.units = -1;
        model.compile_config = { optimizer: classOf("os", "x") };
      },
      weights: new Uint8Array(3),
    });
    expect((await checkModel(bytes)).verdict).toBe("dangerous");
  });

  it("knows what is given to it, and an own loss does no harm to who does not train", async () => {
    const bytes = compiled({
      loss: functionOf("builtins", "mine"),
      optimizer: classOf("keras.optimizers", "Adam"),
    });
    expect(await checkModel(bytes)).toMatchObject({ verdict: "unknown", usable: true });
    expect(await checkModel(bytes, { customObjects: { mine: () => 0 } })).toMatchObject({ verdict: "clean" });
  });

  it("lists a hundred of a kind, and says how many more there are", async () => {
    const many = Array.from({ length: 150 }, () => classOf("os", "system"));
    const { findings } = await checkModel(kerasFile({ edit: (model) => Object.assign(model, { many }) }));
    const found = findings.filter(({ code }) => code === "system-module");
    expect(found).toHaveLength(101);
    expect(found.at(-1)?.message).toBe("50 more of this kind.");
  });

  it("needs no room for what a list holds", async () => {
    const vocabulary = Array.from({ length: 200_000 }, (_, i) => `w${i}`);
    expect((await checkModel(adding(layer("Vocabulary", { vocabulary })))).verdict).toBe("unknown");
  });

  it("makes the model of a config that is text, too", async () => {
    const config = (units: unknown) =>
      text(
        JSON.stringify({
          ...classOf("keras", "Sequential", {
            config: { name: "s", layers: [layer("Dense", { name: "d", units })] },
          }),
        }),
      );
    expect(await checkModel(config(2))).toMatchObject({
      verdict: "clean",
      usable: false,
      model: { class_name: "Sequential", name: "s", layers: 1 },
    });
    const { verdict, findings } = await checkModel(config("x"));
    expect(verdict).toBe("damaged");
    expect(findings.find(({ code }) => code === "damaged-config")?.path).toBe(
      'config (Sequential "s").layers[0] (Dense "d").units',
    );
  });

  it("ends where its signal says so", async () => {
    const signal = AbortSignal.abort();
    await expect(checkModel(kerasFile(), { signal })).rejects.toBe(signal.reason);
  });
});
