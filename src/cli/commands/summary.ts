import { quote } from "../../json/quote.ts";
import { command, flag, integer, json, modelFile, text } from "../command.ts";

const widest = 108;

export const summary = command({
  name: "summary",
  description: "Print a table of the layers, their output shapes and parameters, as Keras does.",
  arguments: { FILE: `${modelFile}, or a .weights.h5 file` },
  options: {
    lineLength: integer("characters", "Width of the table. Defaults to that of the terminal, or to 80."),
    expandNested: flag("Show the layers of models inside."),
    showTrainable: flag("Show which layers are trained."),
    from: text("layer", "First layer to show: a name, or a regular expression for its beginning."),
    to: text("layer", "Last layer to show."),
    json,
  },
  examples: ["summary model.keras", "summary model.keras --expand-nested --show-trainable"],
  async run({ args: [file = ""], options, io }) {
    const { withInput } = await import("../files.ts");
    const { openToLook } = await import("../model.ts");
    const { isWeightsFile } = await import("../../saving/weights-file.ts");
    return withInput(file, io, async (source, name) => {
      if (await isWeightsFile(source, name, io.limits)) {
        const { weightsIn, weightsTable } = await import("../weights-table.ts");
        const found = await weightsIn(source, name, io.limits);
        io.stdout.write(
          options.json
            ? `${JSON.stringify({ weights: found })}\n`
            : `Weights: ${quote(name)}\n${weightsTable(found)}`,
        );
        return undefined;
      }
      const model = await openToLook(source, name, io);
      const all = options.from === undefined && options.to === undefined;
      const shown = {
        expand_nested: options.expandNested ?? false,
        ...(!all && { layer_range: [options.from ?? "", options.to ?? ""] as const }),
      };
      if (options.json) {
        const { summaryData } = await import("../../models/summary-data.ts");
        const { snakeKeys } = await import("../snake-keys.ts");
        const { sizes, ...data } = summaryData(model, shown);
        // Of the model itself, as the counts of its layers are.
        const parameters = sizes.total.parameters - sizes.optimizer.parameters;
        const counts = { parameters, trainableParameters: sizes.trainable.parameters, sizes };
        // The outputs of a model may be a dict, whose keys are its own.
        const report = snakeKeys({ ...data, ...counts }, new Set(["outputShape"]));
        io.stdout.write(`${JSON.stringify(report)}\n`);
        return undefined;
      }
      const table = model.summary({
        line_length: options.lineLength ?? Math.min(io.stdout.columns ?? 80, widest),
        show_trainable: options.showTrainable ?? false,
        ...shown,
      });
      io.stdout.write(`${table}\n`);
      return undefined;
    });
  },
});
