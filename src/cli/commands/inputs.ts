import { command, json, modelFile } from "../command.ts";

export const inputs = command({
  name: "inputs",
  description: "List what a model takes and gives: names as .npz files have them, shapes and dtypes.",
  arguments: { FILE: modelFile },
  options: { json },
  examples: ["inputs model.keras"],
  async run({ args: [file = ""], options, io }) {
    const { printable } = await import("../../json/printable.ts");
    const { withAnyModel } = await import("../model.ts");
    const { tensorNames } = await import("../../models/tensor-names.ts");
    const { formatShape } = await import("../../tensor/shape.ts");
    const { listing } = await import("../listing.ts");
    return withAnyModel(file, io, async (model) => {
      const named = (names: readonly string[], tensors: typeof model.inputs) =>
        tensors.map(({ shape, dtype }, i) => ({ name: names[i] ?? "", shape, dtype }));
      const report = {
        inputs: named(tensorNames(model.input), model.inputs),
        outputs: named(tensorNames(model.output), model.outputs),
      };
      if (options.json) io.stdout.write(`${JSON.stringify(report)}\n`);
      else {
        const rows = (kind: string, tensors: typeof report.inputs) =>
          tensors.map(({ name, shape, dtype }) => [kind, printable(name), formatShape(shape), dtype]);
        io.stdout.write(listing([...rows("input", report.inputs), ...rows("output", report.outputs)]));
      }
      return undefined;
    });
  },
});
