import {
  choice,
  command,
  flag,
  integer,
  json,
  keepUnknown,
  modelFile,
  text,
  UsageError,
} from "../command.ts";

export const clone = command({
  name: "clone",
  description: "Write a model like the one in a file, with new weights unless told to copy them.",
  arguments: { FILE: modelFile, OUT: "the .keras file to write, or - for standard output" },
  options: {
    weights: choice(
      "kind",
      ["copy", "fresh"],
      "The clone's weights: those of FILE, or newly initialized ones.",
    ),
    seed: integer("number", "Draw the weights from this number, so that the same ones come out each time."),
    name: text("name", "Name of the clone. Defaults to that of the model."),
    keepUnknown,
    force: flag("Allow OUT to be FILE itself."),
    json,
  },
  examples: [
    "clone model.keras fresh.keras --seed 1337",
    "clone model.keras renamed.keras --weights copy --name teacher",
  ],
  async run({ args: [file = "", out = ""], options, io }) {
    const { checkNotSame, nameOf, standard, writeOutput } = await import("../files.ts");
    if (options.json && out === standard)
      throw new UsageError("expected one of --json and OUT on standard output, received both.");
    if (!options.force) await checkNotSame(file, out, "Pass --force to replace it.");
    const { describe, withModel } = await import("../model.ts");
    const { cloneModel } = await import("../../models/clone-model.ts");
    const { saveModel } = await import("../../saving/save-model.ts");
    const weights = options.weights ?? "fresh";
    return withModel(file, io, options.keepUnknown ?? false, async (model) => {
      const hasState = model.optimizerState !== null;
      const optimizer = weights === "copy" && hasState ? "copy" : "fresh";
      const clone = cloneModel(model, {
        weights,
        optimizer,
        name: options.name,
        seed: options.seed,
      });
      await writeOutput(out, io, saveModel(clone));
      if (options.json) {
        const { name, layers } = clone;
        const report = {
          file: nameOf(out),
          name,
          layers: layers.length,
          parameters: clone.countParams(),
          weights,
          ...(hasState && { optimizer }),
        };
        io.stdout.write(`${JSON.stringify(report)}\n`);
      } else
        io.stderr.write(
          `${nameOf(out)}: ${describe(clone)}, ${weights === "copy" ? "the same" : "fresh"} weights${stateNote(hasState, optimizer)}\n`,
        );
      return undefined;
    });
  },
});

/** What became of the optimizer's state, where the file has one. */
function stateNote(hasState: boolean, optimizer: "fresh" | "copy"): string {
  if (!hasState) return "";
  return optimizer === "copy" ? " and optimizer state" : "; the optimizer's state is left out";
}
