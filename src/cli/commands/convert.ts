import { quote } from "../../json/quote.ts";
import { choice, command, flag, json, keepUnknown, modelFile, text } from "../command.ts";

export const convert = command({
  name: "convert",
  description:
    "Write the model of a file, whichever Keras or TensorFlow.js wrote it, as a file of another kind.",
  arguments: {
    IN: modelFile,
    OUT: "the file to write: .keras, .h5, model.json (TensorFlow.js), .weights.h5, .json (its config) or .onnx",
  },
  options: {
    to: choice(
      "kind",
      ["keras", "h5", "tfjs", "weights", "json", "onnx"],
      "What to write; the ending of OUT says it, too.",
    ),
    keras: text("version", "The version of Keras to write for, such as 3.6 or 2.9."),
    quantizeWeights: choice(
      "dtype",
      ["float16", "uint8", "uint16"],
      "Fewer bits for the weights of a model for TensorFlow.js.",
    ),
    noCompile: flag("Leave out how the model was compiled."),
    keepUnknown,
    json,
  },
  examples: [
    "convert model.h5 model.keras",
    "convert model.keras model.h5 --keras 2.9",
    "convert model.keras web/model.json",
  ],
  async run({ args: [file = "", out = ""], options, io }) {
    const { checkNotSame } = await import("../files.ts");
    await checkNotSame(file, out, "A model is converted into another file.");
    const { convert } = await import("../../convert.ts");
    const { reportWarning } = await import("../report.ts");
    const done = await convert(file, out, {
      to: options.to,
      keras: options.keras,
      quantizeWeights: options.quantizeWeights,
      compile: !options.noCompile,
      keepUnknown: options.keepUnknown ?? false,
      limits: io.limits,
    });
    for (const issue of done.issues) reportWarning(issue, io);
    if (options.json) io.stdout.write(`${JSON.stringify(done)}\n`);
    else {
      const { class_name: className, name, layers } = done.model;
      io.stderr.write(
        `${out}: ${className} ${quote(name)}, ${layers} layers, ${done.parameters.toLocaleString("en-US")} parameters\n`,
      );
    }
    return undefined;
  },
});
