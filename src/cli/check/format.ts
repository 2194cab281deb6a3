import { askedDialect } from "../../dialects/version.ts";
import { quote } from "../../json/quote.ts";
import type { Io } from "../io.ts";
import { colorsFor } from "../report.ts";
import type { CheckReport } from "./check-file.ts";
import type { NeededVersion } from "./needed-version.ts";
import type { TensorsReport } from "./weights-report.ts";

/** A report for people: one line for each thing there is to say. */
export function formatReport(report: CheckReport, io: Io): string {
  const paint = colorsFor(io.stdout, io);
  const { model, weights, needs } = report;
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
  if (needs) {
    lines.push(["loads in", versionsText(needs)]);
  }
  for (const note of report.notes) lines.push(["note", note]);
  for (const unknown of report.unknown) lines.push(["unknown", paint.yellow(unknown)]);
  for (const problem of report.problems) lines.push(["problem", paint.red(problem)]);
  const verdict = report.usable ? paint.green("usable") : paint.red("not usable");
  return [
    `${report.file}: ${verdict}`,
    ...lines.map(([label, text]) => `  ${label.padEnd(10)}  ${text}`),
  ].join("\n");
}

function versionsText({ version, keys, before }: NeededVersion): string {
  const because = keys.length > 0 ? `, for ${keys.join(", ")}` : "";
  if (before === null) return `Keras ${version} and newer${because}`;
  const isNone = askedDialect("", version) >= askedDialect("", before);
  return isNone
    ? `no Keras: needs ${version}${because}`
    : `Keras ${version} and newer, before ${before}${because}`;
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

/** A text of the file as it is where it is harmless, else in quotes. */
function plain(text: string): string {
  return /^[\w.@:+-]+$/.test(text) ? text : quote(text);
}
