import type { CheckReport, Finding, Severity, TensorsReport } from "../check/index.ts";
import { printable } from "../json/printable.ts";
import { quote } from "../json/quote.ts";
import type { Io } from "./io.ts";
import { loadingLines } from "./loading-lines.ts";
import { colorsFor } from "./report.ts";

/** The order in which findings are listed, the worst where the eye ends. */
const order: readonly Severity[] = ["harmless", "unknown", "damaged", "suspicious", "dangerous"];

/** A report for programs: as it is, and as lists of lines, which it had before it had findings. */
export function checkJson(report: CheckReport): string {
  const linesOf = (...severities: Severity[]) =>
    report.findings.filter(({ severity }) => severities.includes(severity)).map(lineOf);
  return JSON.stringify({
    ...report,
    problems: linesOf("damaged"),
    unknown: linesOf("unknown", "suspicious", "dangerous"),
    notes: linesOf("harmless"),
  });
}

/** A report for people: one line for each thing there is to say. */
export function checkText(report: CheckReport, io: Io): string {
  const paint = colorsFor(io.stdout, io);
  const { model, weights, loads, verdict } = report;
  const lines: (readonly [label: string, text: string])[] = [];
  if (report.keras_version !== null) {
    const date = report.date_saved === null ? "" : `, ${plain(report.date_saved)}`;
    lines.push(["written by", `Keras ${plain(report.keras_version)}${date}`]);
  }
  if (model) {
    const layers = `${model.layers} ${model.layers === 1 ? "layer" : "layers"}`;
    lines.push(["model", `${model.class_name} ${quote(model.name)}, ${layers}`]);
  }
  if (weights) {
    lines.push(["weights", tensorsText(weights.layers)]);
    if (weights.optimizer.tensors > 0) lines.push(["optimizer", tensorsText(weights.optimizer)]);
    if (weights.seeds.tensors > 0) lines.push(["seeds", tensorsText(weights.seeds)]);
  }
  for (const line of loadingLines(loads)) lines.push(line);
  for (const severity of order) {
    const color = severity === "harmless" ? plainly : severity === "unknown" ? paint.yellow : paint.red;
    for (const finding of report.findings)
      if (finding.severity === severity) lines.push([labels[severity], color(findingText(finding))]);
  }
  const heading = `${verdict}, ${report.usable ? "usable" : "not usable"}`;
  const isGood = verdict === "clean" && report.usable;
  const color = isGood
    ? paint.green
    : verdict === "clean" || verdict === "unknown"
      ? paint.yellow
      : paint.red;
  return [
    `${headed(report.file)}: ${color(heading)}`,
    ...lines.map(([label, text]) => `  ${label.padEnd(10)}  ${text}`),
  ].join("\n");
}

const labels: Readonly<Record<Severity, string>> = {
  harmless: "note",
  unknown: "unknown",
  damaged: "damaged",
  suspicious: "suspicious",
  dangerous: "dangerous",
};

function plainly(text: string): string {
  return text;
}

function findingText(finding: Finding): string {
  const { code, keras } = finding;
  return `${lineOf(finding)}${keras === undefined ? "" : ` (Keras ${keras})`} [${code}]`;
}

function lineOf({ path, message }: Finding): string {
  return path === "" ? message : `${path}: ${message}`;
}

function tensorsText({ tensors, parameters, bytes }: TensorsReport): string {
  return [
    `${count(tensors)} ${tensors === 1 ? "tensor" : "tensors"}`,
    `${count(parameters)} parameters`,
    `${count(bytes)} bytes`,
  ].join(", ");
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** The name of a file, in quotes where it could be taken for a part of its report. */
function headed(file: string): string {
  return printable(file) === file && !/"|: /.test(file) ? file : quote(file, 1000);
}

/** A text of the file as it is where it is harmless, else in quotes. */
function plain(text: string): string {
  return /^[\w.@:+-]+$/.test(text) ? text : quote(text);
}
