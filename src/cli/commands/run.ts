import { choice, command, file, integer, json, keepUnknown, modelFile, UsageError } from "../command.ts";

export const run = command({
  name: "run",
  description: "Compute a model's outputs for arrays in NumPy files.",
  arguments: { FILE: modelFile },
  options: {
    input: file(
      "A .npy file, or a .npz file with an array for each input, by its name. Without it one sample is drawn.",
    ),
    output: file(
      "The .npy file to write, or a .npz file with an array for each output. Without it the first numbers are printed.",
    ),
    batchSize: integer("samples", "How many samples are computed at once. Defaults to 32.", 1),
    engine: choice(
      "name",
      ["reference", "onnxruntime"],
      "What computes. Defaults to ONNX Runtime where it is installed.",
    ),
    keepUnknown,
    json,
  },
  examples: [
    "run model.keras",
    "run model.keras --input x.npy --output y.npy",
    "run model.keras --input inputs.npz --output outputs.npz --batch-size 256",
  ],
  async run({ args: [path = ""], options, io }) {
    const { input, output } = options;
    const { checkNotSame, checkOneStandard, standard } = await import("../files.ts");
    checkOneStandard(path, input);
    if (options.json && output === standard)
      throw new UsageError("expected one of --json and --output on standard output, received both.");
    for (const read of [path, input]) {
      if (read !== undefined && output !== undefined)
        await checkNotSame(read, output, "Outputs need a file of their own.");
    }
    const { withModel } = await import("../model.ts");
    const { loadEngine } = await import("../engines.ts");
    const { predictFiles } = await import("../predict-files.ts");
    return withModel(path, io, options.keepUnknown ?? false, async (model) => {
      const engine = await loadEngine(options.engine);
      const { batchSize } = options;
      const { report, outputs } = await predictFiles(model, { input, output, engine, batchSize }, io);
      const { samples } = report;
      if (input === undefined)
        io.stderr.write(
          "ceratops: no --input: one sample was drawn, numbers from 0 to 1, the same each time.\n",
        );
      if (options.json) io.stdout.write(`${JSON.stringify(report)}\n`);
      else if (outputs) {
        const { tensorText } = await import("../tensor-text.ts");
        for (const [i, tensor] of outputs.entries())
          io.stdout.write(`${tensorText(report.outputs[i]?.name ?? "", tensor)}\n`);
      } else {
        const count = `${samples} ${samples === 1 ? "sample" : "samples"}`;
        io.stderr.write(`${report.file}: ${count}, computed by ${report.engine}\n`);
      }
      return undefined;
    });
  },
});
