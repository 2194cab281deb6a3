import { command, keepUnknown, modelFile } from "../command.ts";

export const exportCommand = command({
  name: "export",
  description: "Write a model as an ONNX file, for any number of samples at once.",
  arguments: { FILE: modelFile, OUT: "the .onnx file to write, or - for standard output" },
  options: { keepUnknown },
  examples: ["export model.keras model.onnx"],
  async run({ args: [file = "", out = ""], options, io }) {
    const { checkNotSame, nameOf, standard, writeOutput } = await import("../files.ts");
    await checkNotSame(file, out, "An ONNX file cannot take its place.");
    const { describe, withModel } = await import("../model.ts");
    return withModel(file, io, options.keepUnknown ?? false, async (model) => {
      if (out === standard) await writeOutput(out, io, await model.export());
      else {
        const { exportOnnx } = await import("../../saving/export-onnx.ts");
        const { writeOnnxFiles } = await import("../../saving/node/onnx-files.ts");
        const [, beside] = await writeOnnxFiles(
          out,
          () => exportOnnx(model),
          (path, data, placeOf) => writeOutput(path, io, data, placeOf),
        );
        if (beside !== undefined)
          io.stderr.write(`${nameOf(beside)}: the weights, which have to stay beside the model\n`);
      }
      io.stderr.write(`${nameOf(out)}: ${describe(model)}\n`);
      return undefined;
    });
  },
});
