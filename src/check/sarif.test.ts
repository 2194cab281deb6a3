import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { zip } from "../saving/archive.fixture.ts";
import { checkModel } from "./check-model.ts";
import { classOf, functionOf, kerasFile } from "./files.fixture.ts";
import type { Finding } from "./report.ts";
import { rules } from "./rules.ts";
import { toSarif } from "./sarif.ts";
import type { SarifResult } from "./sarif-log.ts";
import { exitCodes, worstVerdict } from "./verdicts.ts";

const schema = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv as never);
const fits = ajv.compile(schema);

function expectToFit(log: unknown): void {
  expect(fits(log), JSON.stringify(fits.errors)).toBe(true);
}

const popen = kerasFile({
  edit: (model, { config }) => {
    config.activation = functionOf("subprocess", "Popen");
    model.x = [classOf("evil_pkg", "Evil"), classOf("os", "system")];
  },
  members: { "notes.txt": "x" },
});
const clean = await checkModel(kerasFile(), { name: "models/good.keras" });
const bad = await checkModel(popen, { name: "./models/a b#1?.keras" });
const flipped = kerasFile();
const place = Buffer.from(flipped).indexOf("HDF") + 2000;
flipped[place] = (flipped[place] ?? 0) ^ 1;
const broken = await checkModel(zip([]), { name: "/data/é.keras" });

/** A report of one finding. */
const reportOf = (finding: Partial<Finding>, file = "a.keras") => ({
  file,
  verdict: "dangerous" as const,
  findings: [
    { code: "system-module", severity: "dangerous", path: "", message: "is bad.", ...finding } as Finding,
  ],
});
const resultOf = (finding: Partial<Finding>, file?: string) =>
  toSarif([reportOf(finding, file)]).runs[0].results[0] as SarifResult;

describe("toSarif", () => {
  it.each([
    ["nothing", []],
    ["a good file", [clean]],
    ["files of all kinds", [clean, bad, broken]],
    ["a file twice", [bad, bad]],
    ["an odd name", [reportOf({}, "a\u001b\n\ud800\u202e/..//b")]],
  ])("fits the schema: %s", (_, reports) => expectToFit(toSarif(reports)));

  it("has a schema that refuses", () => {
    const { runs, ...rest } = toSarif([bad]);
    expect(fits({ ...rest, runs: [{ ...runs[0], results: [{ ruleId: "x", level: "bad" }] }] })).toBe(false);
  });

  it("has a rule for each kind of finding", () => {
    const { rules: written } = toSarif([]).runs[0].tool.driver;
    expect(written.map(({ id }) => id)).toEqual(Object.keys(rules));
    expect(written.find(({ id }) => id === "system-module")).toEqual({
      id: "system-module",
      name: "SystemModule",
      shortDescription: { text: rules["system-module"].meaning },
      fullDescription: { text: `${rules["system-module"].meaning} ${rules["system-module"].help}` },
      help: {
        text: rules["system-module"].help,
        markdown: `${rules["system-module"].meaning}\n\n${rules["system-module"].help}`,
      },
      defaultConfiguration: { level: "error" },
      properties: {
        severity: "dangerous",
        precision: "high",
        tags: ["model", "security"],
        "security-severity": "9.5",
      },
    });
    const ofDamage = written.find(({ id }) => id === "damaged-bytes");
    expect(ofDamage?.properties).toEqual({
      severity: "damaged",
      precision: "high",
      tags: ["model"],
      "problem.severity": "error",
    });
  });

  it("says what was found, where, and by what it is known again", () => {
    const result = resultOf(
      {
        path: "config.layers[1].activation",
        message: "is bad.",
        module: "os",
        className: "system",
        keras: "3.0 to 3.8",
      },
      "models/a b.keras",
    );
    const mark = "3d5507511072d7d8:1";
    expect(result).toEqual({
      ruleId: "system-module",
      ruleIndex: Object.keys(rules).indexOf("system-module"),
      level: "error",
      message: { text: "config.layers[1].activation: is bad." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "models/a%20b.keras", index: 0 },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          },
          logicalLocations: [{ fullyQualifiedName: "config.layers[1].activation", kind: "object" }],
        },
      ],
      partialFingerprints: { "ceratops/v1": mark, primaryLocationLineHash: mark },
      properties: { severity: "dangerous", module: "os", class: "system", keras: "3.0 to 3.8" },
    });
  });

  it("ends as the command does for the worst of all files, and names them all", () => {
    const [run] = toSarif([clean, bad, broken]).runs;
    expect(run.invocations).toEqual([
      {
        executionSuccessful: true,
        exitCode: 1,
        exitCodeDescription: "dangerous",
        toolExecutionNotifications: [],
      },
    ]);
    expect(run.artifacts.map(({ location }) => location.uri)).toEqual([
      "models/good.keras",
      "models/a%20b%231%3F.keras",
      "file:///data/%C3%A9.keras",
    ]);
    expect(run.results.every(({ ruleIndex, ruleId }) => Object.keys(rules)[ruleIndex] === ruleId)).toBe(true);
  });

  it.each([
    ["a/b.keras", "a/b.keras"],
    ["./a.keras", "a.keras"],
    ["../a.keras", "../a.keras"],
    ["a:b%.keras", "a%3Ab%25.keras"],
    ["a\\b", "a%5Cb"],
    ["a\u001b\ud800.keras", "a%1B%EF%BF%BD.keras"],
    ["//server/a", "file:///server/a"],
    ["C:\\models\\a.keras", "file:///C%3A/models/a.keras"],
    ["https://user:pass@host/a b.keras?sig=secret#x", "host/a%20b.keras", "https://host/a%20b.keras"],
    ["http://host:8080/a.keras", "host%3A8080/a.keras", "http://host:8080/a.keras"],
    ["standard input", "standard%20input"],
  ])("the address of %j is %s", (file, uri, text?: string) => {
    const location = text === undefined ? { uri } : { uri, description: { text } };
    expect(toSarif([{ ...clean, file }]).runs[0].artifacts).toEqual([{ location }]);
  });

  it.each([
    ["control characters", "a\u001b[31m\u009b\u202eb\nc", "a\\u001b[31m\\u009b\\u202eb c"],
    ["secrets", 'reads "https://me:pw@host/x?sig=1".', 'reads "https://host/x".'],
    ["links", "click [here](https://evil)", "click [here] (https://evil)"],
  ])("no text has %s", (_, text, shown) => {
    const result = resultOf({ path: text, message: text, module: text, className: text });
    expect(result.message.text).toBe(`${shown}: ${shown}`);
    expect(result.locations[0]?.logicalLocations?.[0]?.fullyQualifiedName).toBe(shown);
    expect(result.properties).toMatchObject({ module: shown, class: shown });
  });

  it("tells results apart that differ in nothing but words, and keeps marks when words change", () => {
    const [a, b, c] = ["one", "two", "three"].map((message) => reportOf({ message }).findings[0] as Finding);
    const marks = (...findings: Finding[]) =>
      toSarif([{ ...reportOf({}), findings }]).runs[0].results.map((each) => each.partialFingerprints);
    const [first, second] = marks(a as Finding, b as Finding);
    expect(first).not.toEqual(second);
    expect(marks(c as Finding)[0]).toEqual(first);
    expect(resultOf({}, "b.keras").partialFingerprints).not.toEqual(resultOf({}).partialFingerprints);
    expect(resultOf({ path: "x" }).partialFingerprints).not.toEqual(resultOf({}).partialFingerprints);
  });

  it("has what GitHub's code scanning asks for, within its limits", async () => {
    const long = "\u4e00\ud83d\ude00\u009b".repeat(1000);
    const worst = Array.from({ length: 6000 }, (_, i) =>
      reportOf({ path: `${i}${long}`, message: `${long}${i}`, module: long, className: long, keras: "3.0" }),
    );
    const log = toSarif([...worst, bad, broken, { ...clean, file: "https://host/a.keras" }]);
    expectToFit(log);
    const [{ tool, results, artifacts }] = log.runs;
    expect(gzipSync(JSON.stringify(log)).length).toBeLessThan(10_000_000);
    expect(results.length).toBeGreaterThan(1000);
    expect(results.length).toBeLessThanOrEqual(5000);
    const { rules: written, name, semanticVersion } = tool.driver;
    expect(name).toMatch(/./);
    expect(semanticVersion).toMatch(/^\d+\.\d+\.\d+/);
    for (const { id, name, shortDescription, fullDescription, help, properties, ...rule } of written) {
      for (const text of [id, help.text, help.markdown]) expect(text).toMatch(/./);
      expect(name).toMatch(/^.{1,255}$/);
      for (const { text } of [shortDescription, fullDescription]) expect(text).toMatch(/^.{1,1024}$/);
      expect(["note", "warning", "error"]).toContain(rule.defaultConfiguration.level);
      expect(["very-high", "high", "medium", "low"]).toContain(properties.precision);
      expect(properties.tags?.length).toBeLessThanOrEqual(10);
      const score = properties["security-severity"];
      expect(properties.tags?.includes("security")).toBe(score !== undefined);
      if (score !== undefined) expect(Number(score) > 0 && Number(score) <= 10).toBe(true);
      else expect(["error", "warning", "recommendation"]).toContain(properties["problem.severity"]);
    }
    // An address of another scheme than that of the checkout, which is "file", has the whole upload refused.
    for (const { location } of artifacts) expect(location.uri).toMatch(/^(?:file:\/\/\/|[^:]+$)/);
    const marks = new Set<string>();
    for (const { ruleId, ruleIndex, level, message, locations, partialFingerprints } of results) {
      expect(written[ruleIndex]?.id).toBe(ruleId);
      expect(["note", "warning", "error"]).toContain(level);
      expect(message.text).toMatch(/^.{1,2000}$/);
      expect(locations).toHaveLength(1);
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/./);
      expect(Object.values(locations[0]?.physicalLocation.region ?? {})).toEqual([1, 1, 1, 1]);
      marks.add(`${ruleId} ${partialFingerprints.primaryLocationLineHash}`);
    }
    expect(marks.size).toBe(results.length);
  });

  it("knows a finding again whatever its file was called on the way", async () => {
    const marks = async (name: string) => {
      const { findings, verdict } = await checkModel(flipped, { name });
      return toSarif([{ file: "a.keras", findings, verdict }]).runs[0].results.map(
        (each) => each.partialFingerprints,
      );
    };
    expect(await marks("/models/a.keras")).toEqual(await marks("a.keras"));
    expect(await marks("a.keras")).toHaveLength(1);
  });

  it("writes as many as code hosts show, the worst first, and says how many are left", () => {
    const harmless = { code: "other-format", severity: "harmless", path: "", message: "is old." } as const;
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...harmless, path: `config[${i}]` }));
    const log = toSarif([{ ...clean, findings: many }, bad]);
    const [{ results, invocations }] = log.runs;
    expectToFit(log);
    expect(results).toHaveLength(5000);
    expect(results[0]?.level).toBe("error");
    expect(invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe(
      `${bad.findings.length} more findings, none worse than these: check fewer files at once to see them.`,
    );
  });
});

describe("worstVerdict", () => {
  it.each([
    [[], "clean", 0],
    [["clean", "unknown"], "unknown", 3],
    [["damaged", "unknown", "clean"], "damaged", 4],
    [["damaged", "unreadable", "unknown"], "unreadable", 5],
    [["clean", "dangerous", "unreadable"], "dangerous", 1],
  ] as const)("of %j is %s", (verdicts, worst, code) => {
    expect(worstVerdict(verdicts)).toBe(worst);
    expect(exitCodes[worstVerdict(verdicts)]).toBe(code);
  });
});
