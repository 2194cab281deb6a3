// What is in a file, and whether it is safe to load

export type { FileFormat } from "../saving/formats/foreign-kind.ts";
export { type CheckOptions, checkModel } from "./check-model.ts";
export type { NeededVersion } from "./needed-version.ts";
export type { CheckReport, Finding, ModelReport, Verdict } from "./report.ts";
export { type FindingCode, type Rule, rules, type Severity } from "./rules.ts";
export type { TensorsReport, WeightsReport } from "./weights-report.ts";
