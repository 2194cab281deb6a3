import { command, flag, integer, json, modelFile, text } from "../command.ts";

const widest = 108;

export const summary = command({
  name: "summary",
  description: "Print a table of the layers, their output shapes and parameters, as Keras does.",
  arguments: { FILE: modelFile },
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
    const { withAnyModel } = await import("../model.ts");
    return withAnyModel(file, io, async (model) => {
      if (options.json) {
        const { layersOf } = await import("../layers-report.ts");
        io.stdout.write(`${JSON.stringify(layersOf(model, options.expandNested ?? false))}\n`);
        return undefined;
      }
      const all = options.from === undefined && options.to === undefined;
      const table = model.summary({
        line_length: options.lineLength ?? Math.min(io.stdout.columns ?? 80, widest),
        expand_nested: options.expandNested ?? false,
        show_trainable: options.showTrainable ?? false,
        ...(!all && { layer_range: [options.from ?? "", options.to ?? ""] as const }),
      });
      io.stdout.write(`${table}\n`);
      return undefined;
    });
  },
});
