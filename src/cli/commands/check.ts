import { command, flag, json, modelFile, UsageError } from "../command.ts";

export const check = command({
  name: "check",
  description:
    "Say what is in files, whether they can be used here, and whether they are safe to load with Python; nothing of them is run. Of a folder, all model files in it and below are looked at.",
  notes: `Exit code: 0 where all are clean, else that of the worst, in this order: 1 one is dangerous or suspicious, 5 one
cannot be read, 4 one is damaged, 3 one has what is not known.`,
  arguments: { "FILE...": `${modelFile}, a file of any other format, or a folder` },
  options: { json, sarif: flag("Print findings for code hosts, as SARIF 2.1.0.") },
  examples: ["check model.keras", "check model.keras --json", "check models --sarif > ceratops.sarif"],
  async run({ args, options, io }) {
    if (options.json && options.sarif) throw new UsageError("expected --json or --sarif, received both.");
    const { checkFiles } = await import("../check-files.ts");
    return checkFiles(args, options.sarif ? "sarif" : options.json ? "json" : "text", io);
  },
});
