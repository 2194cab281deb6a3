import { type Rule, rules, type Severity } from "./rules.ts";
import type { SarifLevel, SarifRule } from "./sarif-log.ts";

/** How loud a finding of a severity is. */
export const levels: Readonly<Record<Severity, SarifLevel>> = {
  dangerous: "error",
  suspicious: "error",
  damaged: "error",
  unknown: "warning",
  harmless: "note",
};

/** Points of 10, of which code hosts make "critical", "high" and "medium"; what is no matter of security has none. */
const points: Readonly<Partial<Record<Severity, string>>> = {
  dangerous: "9.5",
  suspicious: "7.5",
  unknown: "4.0",
};

/** The same of what is no matter of security, as code hosts sort it. */
const weights: Readonly<Record<SarifLevel, string>> = {
  error: "error",
  warning: "warning",
  note: "recommendation",
};

/** All rules, in their order. */
export function sarifRules(): readonly SarifRule[] {
  return Object.entries(rules).map(([code, rule]) => sarifRule(code, rule));
}

function sarifRule(code: string, { severity, meaning, help }: Rule): SarifRule {
  const score = points[severity];
  return {
    id: code,
    name: code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: meaning },
    fullDescription: { text: `${meaning} ${help}` },
    help: { text: help, markdown: `${meaning}\n\n${help}` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      severity,
      precision: severity === "unknown" ? "medium" : "high",
      tags: score === undefined ? ["model"] : ["model", "security"],
      ...(score === undefined
        ? { "problem.severity": weights[levels[severity]] }
        : { "security-severity": score }),
    },
  };
}
