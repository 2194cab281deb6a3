import type { Outcome } from "./outcome.ts";
import { type Reported, reported } from "./reported.ts";

const head = `# What is known of holes in Keras, and what becomes of such files here

Public reports of 2024 to 2026. For each that concerns a model file, a test makes a file that asks for what the report
describes (\`test/cves/samples.ts\`), and looks at it and loads it in a process in which no file, no program and no address
can be reached. \`ceratops check\` says what is in it for whoever reads it next; \`loadModel\` runs nothing of it, with
\`onUnknown\` too. The versions of Keras are those of the source; what was tried with real Keras is in the findings.

This page is written by \`npx vitest run test/cves -u\`, and compared by the same test without \`-u\`.

| report | Keras | what happens there | sample | \`ceratops check\` | \`loadModel\` |
|---|---|---|---|---|---|
`;

/** The page of all reports. */
export function pageOf(outcomes: Readonly<Record<string, Outcome>>): string {
  return `${head}${reported.map((each) => `| ${cellsOf(each, outcomes).map(cell).join(" | ")} |\n`).join("")}`;
}

function cellsOf(each: Reported, outcomes: Readonly<Record<string, Outcome>>): readonly string[] {
  const { id, keras, there, source, sample } = each;
  const start = [`[${id}](${source})`, keras, there];
  if (typeof sample !== "string")
    return [...start, "none", "not a model file", `nothing here does that. ${sample.none}`];
  const outcome = outcomes[sample];
  if (!outcome) throw new Error(`expected an outcome of ${sample}, received none.`);
  const { exitCode, verdict, findings, error, running } = outcome;
  const [worst] = findings;
  start.push(`\`${sample}\``);
  const found = `${verdict}, exit code ${exitCode}: \`${worst?.code}\`, ${worst?.message}`;
  if (error !== null) return [...start, found, `refuses: ${error}`];
  return [
    ...start,
    found,
    running === null
      ? "loads, and does nothing of it."
      : `loads, and keeps it as data. To compute: ${running}`,
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
