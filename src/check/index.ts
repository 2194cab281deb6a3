// What is in a file, and whether it is safe to load

export type { FileFormat } from "../saving/formats/foreign-kind.ts";
export { type CheckOptions, checkModel } from "./check-model.ts";
export { isModelFile } from "./is-model-file.ts";
export type { Loading } from "./loads/index.ts";
export type { NeededVersion } from "./needed-version.ts";
export type { CheckReport, Finding, ModelReport, Verdict } from "./report.ts";
export { type FindingCode, type Rule, rules, type Severity } from "./rules.ts";
export { toSarif } from "./sarif.ts";
export type {
  SarifLevel,
  SarifLocation,
  SarifLog,
  SarifMessage,
  SarifResult,
  SarifRule,
  SarifRun,
} from "./sarif-log.ts";
export { exitCodes, worstVerdict } from "./verdicts.ts";
export type { TensorsReport, WeightsReport } from "./weights-report.ts";
