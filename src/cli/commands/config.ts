import { command, integer } from "../command.ts";

export const config = command({
  name: "config",
  description: "Print the config of a model, as it is in the file.",
  arguments: { FILE: "a .keras file" },
  options: {
    indent: integer("spaces", "Print one value a line, indented by so many spaces."),
  },
  examples: ["config model.keras > config.json", "config model.keras --indent 2"],
  async run({ args: [file = ""], options: { indent }, io }) {
    const { readConfigText } = await import("../config-text.ts");
    const { parsePythonJson } = await import("../../json/parse.ts");
    const { stringifyPythonJson } = await import("../../json/stringify.ts");
    const text = await readConfigText(file, io);
    const config = parsePythonJson(text, { source: "config.json" });
    io.stdout.write(`${indent === undefined ? text : stringifyPythonJson(config, { indent })}\n`);
    return undefined;
  },
});
