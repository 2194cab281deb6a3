/**
 * Writes the public API of every entry point to etc/, from the declarations in dist/. With `--check` it writes
 * nothing and fails where etc/ says something else.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { Checks } from "./closing-line.ts";
import { ROOT } from "./doors.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  name: string;
  exports: Record<string, string | { types: string }>;
};
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [{ path, file: reportName(path), types: join(ROOT, target.types) }],
);
const committed = join(ROOT, "etc");
const fresh = mkdtempSync(join(tmpdir(), "api-"));
const checks = new Checks();
try {
  const configs = entries.map(({ file, types }) => extractorConfig(file, types));
  const first = configs[0];
  if (first === undefined) throw new Error("package.json: expected exports, received none.");
  const compilerState = CompilerState.create(first, {
    additionalEntryPoints: entries.map(({ types }) => types),
  });
  for (const [i, { path, file }] of entries.entries()) {
    const config = configs[i];
    if (config === undefined) continue;
    await checks.run(manifest.name + path.slice(1), () => {
      report(config, compilerState);
      const text = readFileSync(join(fresh, file), "utf8");
      if (!values.check) write(file, text);
      else if (text !== read(file))
        throw new Error(`etc/${file} is not up to date: run npm run build && npm run api.`);
    });
  }
  const known = new Set(entries.map(({ file }) => file));
  for (const file of existsSync(committed) ? readdirSync(committed) : []) {
    if (!known.has(file)) await checks.run(file, () => stale(file));
  }
} finally {
  rmSync(fresh, { recursive: true });
  checks.finish();
}

function reportName(path: string): string {
  return `${[manifest.name, ...path.split("/").slice(1)].join("-")}.api.md`;
}

function extractorConfig(file: string, types: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, "package.json"),
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: types,
      newlineKind: "lf",
      compiler: { tsconfigFilePath: join(ROOT, "tsconfig.json"), skipLibCheck: true },
      apiReport: {
        enabled: true,
        reportFileName: file,
        reportFolder: fresh,
        reportTempFolder: fresh,
        includeForgottenExports: true,
      },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.None },
        },
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

function report(config: ExtractorConfig, compilerState: CompilerState): void {
  const problems: string[] = [];
  Extractor.invoke(config, {
    compilerState,
    localBuild: true,
    messageCallback(message) {
      message.handled = true;
      if (message.logLevel === "error" || message.logLevel === "warning") problems.push(message.text);
    },
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

function read(file: string): string {
  const path = join(committed, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function write(file: string, text: string): void {
  mkdirSync(committed, { recursive: true });
  writeFileSync(join(committed, file), text);
}

function stale(file: string): void {
  if (values.check) throw new Error(`etc/${file} belongs to no entry point.`);
  rmSync(join(committed, file));
}
