import { ConfigError } from "../errors.ts";
import { inspect, isIterable } from "../json/inspect.ts";
import { printableLine } from "../json/printable.ts";
import { isWebAddress, nameOf, withoutSecrets } from "../saving/address.ts";
import { VERSION } from "../version.ts";
import { fileUri } from "./file-uri.ts";
import { fingerprint } from "./fingerprint.ts";
import type { CheckReport, Finding } from "./report.ts";
import { rules, type Severity } from "./rules.ts";
import type { SarifLevel, SarifLocation, SarifLog, SarifMessage, SarifResult } from "./sarif-log.ts";
import { levels, sarifRules } from "./sarif-rules.ts";
import { exitCodes, worstVerdict } from "./verdicts.ts";

/** As many as code hosts show of one run. */
const mostResults = 5000;
/** Packed, a log may have 10 MB; hardly any text is longer packed than unpacked. */
const mostBytes = 9_000_000;
const longestText = 1000;

/** What is written first where not all can be. */
const order: readonly Severity[] = ["dangerous", "suspicious", "damaged", "unknown", "harmless"];

/** Files have no lines: hosts want one all the same. */
const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** What is needed of a report. */
type Scanned = Pick<CheckReport, "file" | "verdict" | "findings">;

function isReport(value: Scanned | null): value is Scanned {
  return typeof value?.file === "string" && Array.isArray(value.findings) && value.verdict in exitCodes;
}

/**
 * Reports as SARIF 2.1.0, which code hosts show: a rule for each kind of finding, a result for each finding. Files are
 * relative addresses where their reports have relative paths or addresses on the web. No text has control characters, or
 * what may be secret in an address. Of more than 5,000 findings, or 9 MB of them, the worst are written, and how many there
 * are besides.
 *
 * @example
 * const report = await checkModel(await toBytes(model), { name: "models/a.keras" });
 * const { runs } = toSarif([report]);
 * runs[0].results.length; // 0
 * runs[0].invocations[0]?.exitCode; // 0
 */
export function toSarif(reports: Iterable<Scanned>): SarifLog {
  const all = isIterable(reports) ? [...reports] : [null];
  if (!all.every(isReport))
    throw new ConfigError("toSarif", `expected reports of checkModel, received ${inspect(reports)}.`);
  const uris = all.map(({ file }) => fileUri(file));
  // A file that was looked at twice is one all the same.
  const files = new Map(all.map(({ file }, at) => [uris[at] ?? "", file]));
  const indexes = new Map([...files.keys()].map((uri, index) => [uri, index]));
  const found = all.flatMap(({ findings }, at) => findings.map((finding) => ({ finding, at })));
  const worstFirst = order.flatMap((severity) =>
    found.filter(({ finding }) => finding.severity === severity),
  );
  const verdict = worstVerdict(all.map((report) => report.verdict));
  const seen = new Map<string, number>();
  const results: SarifResult[] = [];
  let size = 0;
  for (const { finding, at } of worstFirst.slice(0, mostResults)) {
    const result = resultOf(finding, uris[at] ?? "", indexes, seen);
    size += new TextEncoder().encode(JSON.stringify(result)).length;
    if (size > mostBytes) break;
    results.push(result);
  }
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "ceratops", version: VERSION, semanticVersion: VERSION, rules: sarifRules() },
        },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: exitCodes[verdict],
            exitCodeDescription: verdict,
            toolExecutionNotifications: notesOf(found.length - results.length),
          },
        ],
        artifacts: [...files].map(([uri, file]) => ({ location: { uri, ...describedFile(file) } })),
        results,
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

/** A file on the web as it is found; of others their address says it. */
function describedFile(file: string): { description?: SarifMessage } {
  return isWebAddress(file) ? { description: { text: shown(nameOf(file)) } } : {};
}

function notesOf(left: number): readonly { level: SarifLevel; message: SarifMessage }[] {
  if (left === 0) return [];
  const text = `${left} more findings, none worse than these: check fewer files at once to see them.`;
  return [{ level: "warning", message: { text } }];
}

/** `seen` counts what is alike but for its words. */
function resultOf(
  finding: Finding,
  uri: string,
  indexes: ReadonlyMap<string, number>,
  seen: Map<string, number>,
): SarifResult {
  const { code, severity, path, message, module, className, keras } = finding;
  const mark = fingerprint(code, uri, path, module ?? "", className ?? "");
  const nth = (seen.get(mark) ?? 0) + 1;
  seen.set(mark, nth);
  const more = { module, class: className, keras };
  const known = Object.entries(more).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return {
    ruleId: code,
    ruleIndex: Object.keys(rules).indexOf(code),
    level: levels[severity],
    message: { text: shown(path === "" ? message : `${path}: ${message}`) },
    locations: [locationOf(path, uri, indexes.get(uri) ?? -1)],
    // The second is the one that GitHub tells results apart by.
    partialFingerprints: { "ceratops/v1": `${mark}:${nth}`, primaryLocationLineHash: `${mark}:${nth}` },
    properties: { severity, ...Object.fromEntries(known.map(([key, value]) => [key, shown(value)])) },
  };
}

function locationOf(path: string, uri: string, index: number): SarifLocation {
  const physicalLocation = { artifactLocation: { uri, index }, region };
  if (path === "") return { physicalLocation };
  const kind = /^\w*(?:config|metadata)\b/.test(path) ? "object" : "resource";
  return { physicalLocation, logicalLocations: [{ fullyQualifiedName: shown(path), kind }] };
}

/** A text as others may show it: without links that are none of ours, secrets and what moves a cursor. */
function shown(text: string): string {
  return printableLine(withoutSecrets(text), longestText).replaceAll("](", "] (");
}
