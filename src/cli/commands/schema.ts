import { command, text, UsageError } from "../command.ts";

export const schema = command({
  name: "schema",
  description: "Print the JSON Schema of the config of a class of Keras.",
  arguments: { CLASS: "the name of a class, such as Dense or keras.initializers.HeNormal" },
  options: {
    keras: text("version", "Describe the keys that this version of Keras has; else the newest."),
  },
  examples: ["schema Dense > dense.schema.json", "schema keras.layers.LSTM --keras 3.6"],
  async run({ args: [given = ""], options: { keras }, io }) {
    const { builtins } = await import("../../builtins.ts");
    const { homeOf } = await import("../../dialects/architectures.ts");
    const { didYouMean } = await import("../../json/suggest.ts");
    const { quote } = await import("../../json/quote.ts");
    const { configSchema } = await import("../../schema/config-schema.ts");
    const dot = given.lastIndexOf(".");
    const name = given.slice(dot + 1);
    const found = builtins.builtin(dot < 0 ? homeOf(name) : given.slice(0, dot), name);
    if (!found) {
      throw new UsageError(
        `expected the name of a class of Keras, received ${quote(given)}.${didYouMean(name, builtins.names())}`,
      );
    }
    io.stdout.write(`${JSON.stringify(configSchema(found, { keras }), null, 2)}\n`);
    return undefined;
  },
});
