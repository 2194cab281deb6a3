import { command, exitCodes, json, modelFile } from "../command.ts";

export const check = command({
  name: "check",
  description: "Say what is in a file, and whether it can be used: all of it known, undamaged, and fitting.",
  arguments: { FILE: modelFile },
  options: { json },
  examples: ["check model.keras", "check model.keras --json"],
  async run({ args: [file = ""], options, io }) {
    const { checkFile } = await import("../check/check-file.ts");
    const report = await checkFile(file, io);
    if (options.json) io.stdout.write(`${JSON.stringify(report)}\n`);
    else {
      const { formatReport } = await import("../check/format.ts");
      io.stdout.write(`${formatReport(report, io)}\n`);
    }
    return report.usable ? exitCodes.ok : exitCodes.failed;
  },
});
