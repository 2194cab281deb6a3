import { quote } from "../../json/quote.ts";
import { choice, command, file, flag, modelFile, type Option, text, UsageError } from "../command.ts";

const endings = {
  ".svg": "svg",
  ".mmd": "mermaid",
  ".mermaid": "mermaid",
  ".dot": "dot",
  ".gv": "dot",
} as const;
const output: Option<string> = {
  ...file(`The file to write: ${Object.keys(endings).join(", ")}. Defaults to standard output.`),
  letter: "o",
};

export const graph = command({
  name: "graph",
  description: "Draw a model: its layers, the shapes between them, models inside as boxes.",
  arguments: { FILE: modelFile },
  options: {
    output,
    format: choice(
      "format",
      ["svg", "mermaid", "dot"],
      "What is written. Defaults to what the output's name says, or to svg.",
    ),
    rankdir: choice(
      "direction",
      ["TB", "LR", "BT", "RL"],
      "Which way the model runs: from top to bottom, left to right, or the other way.",
    ),
    hideShapes: flag("Leave out the shapes."),
    hideNames: flag("Leave out the names of layers."),
    collapseNested: flag("Draw models inside as one layer each."),
    showDtype: flag("Show dtypes."),
    showActivations: flag("Show activations."),
    showTrainable: flag("Show which layers are trained."),
    from: text("layer", "First layer to show: a name, or a regular expression for its beginning."),
    to: text("layer", "Last layer to show."),
  },
  examples: ["graph model.keras -o graph.svg", "graph model.keras --format mermaid --collapse-nested"],
  async run({ args: [path = ""], options, io }) {
    const { standard, writeOutput, nameOf, checkNotSame } = await import("../files.ts");
    const out = options.output ?? standard;
    const ending = /\.[^./\\]*$/.exec(out)?.[0] ?? "";
    const format = options.format ?? (out === standard ? "svg" : endings[ending as keyof typeof endings]);
    if (format === undefined) {
      throw new UsageError(
        `--output: expected a name that ends in ${Object.keys(endings).join(", ")}, or --format, received ${quote(out)}.`,
      );
    }
    await checkNotSame(path, out, "A picture cannot take its place.");
    const { describe, withAnyModel } = await import("../model.ts");
    const { plotModel } = await import("../../picture/plot-model.ts");
    return withAnyModel(path, io, async (model) => {
      const isPart = options.from !== undefined || options.to !== undefined;
      const picture = plotModel(model, {
        format,
        rankdir: options.rankdir ?? "TB",
        show_shapes: !options.hideShapes,
        show_layer_names: !options.hideNames,
        expand_nested: !options.collapseNested,
        show_dtype: options.showDtype ?? false,
        show_layer_activations: options.showActivations ?? false,
        show_trainable: options.showTrainable ?? false,
        layer_range: isPart ? [options.from ?? "", options.to ?? ""] : undefined,
      });
      if (out === standard) io.stdout.write(picture);
      else {
        await writeOutput(out, io, new TextEncoder().encode(picture));
        io.stderr.write(`${nameOf(out)}: ${describe(model)}\n`);
      }
      return undefined;
    });
  },
});
