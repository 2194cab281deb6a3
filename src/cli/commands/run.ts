import { choice, command, integer, json, modelFile, requiredText, UsageError } from "../command.ts";

export const run = command({
  name: "run",
  description: "Compute a model's outputs for arrays in NumPy files.",
  arguments: { FILE: modelFile },
  options: {
    input: requiredText("file", "A .npy file, or a .npz file with an array for each input, by its name."),
    output: requiredText("file", "The .npy file to write, or a .npz file with an array for each output."),
    batchSize: integer("samples", "How many samples are computed at once. Defaults to 32.", 1),
    engine: choice(
      "name",
      ["reference", "onnxruntime"],
      "What computes. Defaults to ONNX Runtime where it is installed.",
    ),
    json,
  },
  examples: [
    "run model.keras --input x.npy --output y.npy",
    "run model.keras --input inputs.npz --output outputs.npz --batch-size 256",
  ],
  async run({ args: [file = ""], options, io }) {
    const { input = "", output = "" } = options;
    const { checkNotSame, checkOneStandard, nameOf, standard } = await import("../files.ts");
    checkOneStandard(file, input);
    if (options.json && output === standard)
      throw new UsageError("expected one of --json and --output on standard output, received both.");
    for (const read of [file, input]) await checkNotSame(read, output, "Outputs need a file of their own.");
    const { withModel } = await import("../model.ts");
    const { loadEngine } = await import("../engines.ts");
    const { predictFiles } = await import("../predict-files.ts");
    return withModel(file, io, async (model) => {
      const engine = await loadEngine(options.engine);
      const report = await predictFiles(model, { input, output, engine, batchSize: options.batchSize }, io);
      if (options.json) io.stdout.write(`${JSON.stringify(report)}\n`);
      else io.stderr.write(`${nameOf(output)}: ${report.samples} samples, computed by ${report.engine}\n`);
      return undefined;
    });
  },
});
