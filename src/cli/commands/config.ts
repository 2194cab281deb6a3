import { command, integer, modelFile } from "../command.ts";

export const config = command({
  name: "config",
  description: "Print the config of a model, as it is in the file.",
  arguments: { FILE: modelFile },
  options: {
    indent: integer("spaces", "Print one value a line, indented by so many spaces."),
  },
  examples: ["config model.keras > config.json", "config model.keras --indent 2"],
  async run({ args: [file = ""], options: { indent }, io }) {
    const { withInput } = await import("../files.ts");
    const { abilityFor } = await import("../../saving/formats/format.ts");
    const { configReaders } = await import("../../saving/formats/index.ts");
    const { parsePythonJson } = await import("../../json/parse.ts");
    const { stringifyPythonJson } = await import("../../json/stringify.ts");
    const text = await withInput(file, io, async (source, name) => {
      const read = await abilityFor(configReaders, source);
      return read(source, name, { limits: io.limits });
    });
    const config = parsePythonJson(text, { source: "config.json", maxValues: io.limits.jsonValues });
    io.stdout.write(`${indent === undefined ? text : stringifyPythonJson(config, { indent })}\n`);
    return undefined;
  },
});
