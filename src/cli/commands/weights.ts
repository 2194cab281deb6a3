import { command, json } from "../command.ts";

export const weights = command({
  name: "weights",
  description: "List the weights of a model or of a file of weights: names, shapes, dtypes and counts.",
  arguments: { FILE: "a .keras or .weights.h5 file, or the address of one" },
  options: { json },
  examples: ["weights model.keras", "weights model.weights.h5 --json"],
  async run({ args: [file = ""], options, io }) {
    const { withInput } = await import("../files.ts");
    const { openToLook } = await import("../model.ts");
    const { isWeightsFile } = await import("../../saving/weights-file.ts");
    const { weightsIn, weightsOf, weightsTable } = await import("../weights-table.ts");
    return withInput(file, io, async (source, name) => {
      const found = (await isWeightsFile(source, name, io.limits))
        ? await weightsIn(source, name, io.limits)
        : weightsOf(await openToLook(source, name, io));
      io.stdout.write(options.json ? `${JSON.stringify(found)}\n` : weightsTable(found));
      return undefined;
    });
  },
});
