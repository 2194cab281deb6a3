import type { Verdict } from "../../check/index.ts";
import { command, exitCodes, json, modelFile } from "../command.ts";

/** How `check` ends; 2 is a wrong command line, as everywhere. */
const codes: Readonly<Record<Verdict, number>> = {
  clean: exitCodes.ok,
  dangerous: exitCodes.failed,
  unknown: 3,
  damaged: 4,
  unreadable: 5,
};

export const check = command({
  name: "check",
  description:
    "Say what is in a file, whether it can be used here, and whether it is safe to load with Python; nothing of it is run.",
  notes:
    "Exit code: 0 where it is clean, 1 dangerous or suspicious, 3 with what is not known, 4 damaged, 5 not to be read.",
  arguments: { FILE: `${modelFile}, or a file of any other format` },
  options: { json },
  examples: ["check model.keras", "check model.keras --json"],
  async run({ args: [file = ""], options, io }) {
    const { checkFile } = await import("../check-file.ts");
    const { checkJson, checkText } = await import("../check-text.ts");
    const report = await checkFile(file, io);
    io.stdout.write(`${options.json ? checkJson(report) : checkText(report, io)}\n`);
    return codes[report.verdict];
  },
});
