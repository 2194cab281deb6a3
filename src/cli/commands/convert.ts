import { quote } from "../../json/quote.ts";
import { choice, command, flag, json, keepUnknown, modelFile, text, UsageError } from "../command.ts";
import type { Io } from "../io.ts";

export const convert = command({
  name: "convert",
  description:
    "Write the model of a file, whichever Keras or TensorFlow.js wrote it, as a file of another kind or for another Keras.",
  arguments: {
    FILE: modelFile,
    OUT: "the file to write: .keras, .h5, model.json (TensorFlow.js), .weights.h5 or .weights.json (in several files), .json (its config) or .onnx",
  },
  options: {
    to: text(
      "kind",
      "What to write: keras, h5, tfjs, weights, json or onnx, or the Keras that is to read it, keras-3.6 or keras-2.9. OUT's ending says the kind, too.",
    ),
    keras: text("version", "The version of Keras to write for, such as 3.6 or 2.9."),
    quantizeWeights: choice(
      "dtype",
      ["float16", "uint8", "uint16"],
      "Fewer bits for the weights of a model for TensorFlow.js.",
    ),
    unfold: flag(
      "Write what that Keras does not have out with what it has, instead of refusing it. The result computes the same outside of training.",
    ),
    drop: choice(
      "what",
      ["optional"],
      "Leave out what that Keras has no word for where predictions and weights stay the same: optional.",
    ),
    noCompile: flag("Leave out how the model was compiled, and what its optimizer has learned."),
    keepUnknown,
    json,
  },
  notes:
    "FILE may be a folder, too: a SavedModel, or a model of TensorFlow.js. A file that is there is replaced.",
  examples: [
    "convert model.h5 model.keras",
    "convert model.keras model.h5 --to keras-2.9",
    "convert model.keras web --to tfjs --quantize-weights float16",
    "convert old-lstm.h5 model.keras --unfold",
  ],
  async run({ args: [file = "", out = ""], options, io }) {
    const { checkNotSame, standard } = await import("../files.ts");
    if (out === standard) throw new UsageError("expected the path of a file to write, received -.");
    const { mainFileAt } = await import("../../saving/node/folder.ts");
    await checkNotSame(mainFileAt(file), out, "A model is converted into another file.");
    const { convert } = await import("../../convert.ts");
    const { isTarget, targetNames } = await import("../../conversion/target.ts");
    const { to } = options;
    if (to !== undefined && !isTarget(to))
      throw new UsageError(`expected --to to be one of ${targetNames}, received ${quote(to)}.`);
    const done = await convert(await inputOf(file, io), out, {
      to,
      keras: options.keras,
      quantizeWeights: options.quantizeWeights,
      unfold: options.unfold ?? false,
      drop: options.drop,
      compile: !options.noCompile,
      keepUnknown: options.keepUnknown ?? false,
      limits: io.limits,
      onProgress: ({ done, total }) =>
        io.status.say(() => `${out}: ${Math.floor((100 * done) / total)} % converted`),
    });
    const { reportWarning } = await import("../report.ts");
    for (const issue of done.issues) reportWarning(issue, io);
    if (options.json) {
      const plain = (_: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);
      io.stdout.write(`${JSON.stringify(done, plain)}\n`);
      return undefined;
    }
    const { changeLines } = await import("../change-lines.ts");
    const { class_name: className, name, layers } = done.model;
    const size = `${layers} layers, ${done.parameters.toLocaleString("en-US")} parameters`;
    const way = `${sideOf(done.from)} → ${sideOf(done.to)}`;
    io.stderr.write(`${done.target}: ${className} ${quote(name)}, ${size}, ${way}\n`);
    for (const { path, message } of done.unfolded) io.stderr.write(`  ${path}: ${message}\n`);
    for (const line of changeLines(done.changes)) io.stderr.write(`  ${line}\n`);
    return undefined;
  },
});

/** A path or an address as it is; `-` is what comes from standard input. */
async function inputOf(file: string, io: Io): Promise<string | Uint8Array> {
  const { readAll, standard } = await import("../files.ts");
  return file === standard ? readAll(io.stdin) : file;
}

function sideOf({ format, keras }: { readonly format: string; readonly keras: string | null }): string {
  return keras === null ? format : `${format} (Keras ${keras})`;
}
