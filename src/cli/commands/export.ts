import { command, keepUnknown, modelFile } from "../command.ts";

export const exportCommand = command({
  name: "export",
  description: "Write a model as an ONNX file, for any number of samples at once.",
  arguments: { FILE: modelFile, OUT: "the .onnx file to write, or - for standard output" },
  options: { keepUnknown },
  examples: ["export model.keras model.onnx"],
  async run({ args: [file = "", out = ""], options, io }) {
    const { checkNotSame, nameOf, writeOutput } = await import("../files.ts");
    await checkNotSame(file, out, "An ONNX file cannot take its place.");
    const { describe, withModel } = await import("../model.ts");
    return withModel(file, io, options.keepUnknown ?? false, async (model) => {
      await writeOutput(out, io, await model.export());
      io.stderr.write(`${nameOf(out)}: ${describe(model)}\n`);
      return undefined;
    });
  },
});
