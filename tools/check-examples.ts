/**
 * Compiles every example of the sources and the documents as a user's program would be, and runs it.
 *
 * An example is a module of its own. It may leave out imports of public names (the first entry point of package.json
 * that has the name is meant) and use the names of example-names.ts. A comment such as `// [null, 4]` behind a statement
 * says the shape of a KerasTensor, or a value. An example that names a URL is compiled and not run. The others run in
 * processes and folders of their own, so that none lives on what another one left.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { saveModel } from "../src/node.ts";
import { browserBuild } from "./bundle.ts";
import { Checks } from "./closing-line.ts";
import { doors, ROOT } from "./doors.ts";
import * as given from "./example-names.ts";
import { type Example, gatherExamples, moduleOf } from "./examples.ts";
import { runAlone } from "./run-alone.ts";

const NAMES = join(ROOT, "tools/example-names.ts");

/** An example as a module in a file. */
interface Module extends Example {
  readonly path: string;
}

const folder = mkdtempSync(join(tmpdir(), "examples-"));
const checks = new Checks();
try {
  const options = compilerOptions();
  const homes = homesOfNames(ts.createProgram([...doors.values()], options));
  const modules = gatherExamples(ROOT).map((example, i): Module => {
    const path = join(folder, `example-${i}.mts`);
    writeFileSync(path, moduleOf(example, homes));
    return { ...example, path };
  });
  const program = ts.createProgram(
    modules.map(({ path }) => path),
    options,
  );
  await saveModel(given.model, join(folder, "model.keras"));
  const outputs = await bundle(modules.filter(({ code }) => !code.includes("://")));
  const waiting = modules.values();
  const lane = async (): Promise<void> => {
    for (const module of waiting) {
      await checks.run(`${module.file}:${module.line}`, async () => {
        const problems = problemsOf(program, module);
        if (problems.length > 0) throw new Error(problems.join("\n"));
        const output = outputs.get(module);
        if (output !== undefined) await runAlone(output, folderOf(module));
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
} finally {
  rmSync(folder, { recursive: true });
  checks.finish();
}

/** The project's own options; public names are found in the sources. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { rootDir: _, ...options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
  return {
    ...options,
    verbatimModuleSyntax: false,
    isolatedModules: false,
    paths: Object.fromEntries([...doors].map(([name, source]) => [name, [source]])),
    typeRoots: [join(ROOT, "node_modules/@types")],
  };
}

/** Which module each name comes from that an example may use without importing it. */
function homesOfNames(program: ts.Program): Map<string, string> {
  const homes = new Map(Object.keys(given).map((name) => [name, NAMES]));
  const checker = program.getTypeChecker();
  for (const [door, path] of doors) {
    const source = program.getSourceFile(path);
    const symbol = source && checker.getSymbolAtLocation(source);
    if (symbol === undefined) throw new Error(`package.json: "${door}" has no source ${path}.`);
    for (const { name } of checker.getExportsOfModule(symbol)) if (!homes.has(name)) homes.set(name, door);
  }
  return homes;
}

/** What the compiler says of an example, by the lines of the file it stands in. */
function problemsOf(program: ts.Program, { file, line, path }: Module): string[] {
  const source = program.getSourceFile(path);
  const all = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return all.map(({ start = 0, code, messageText }) => {
    // One line of imports stands above the example's own.
    const at = source ? source.getLineAndCharacterOfPosition(start).line - 1 : 0;
    return `${file}:${line + at}: TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

/** Bundles modules; gives the path of what each became. */
async function bundle(modules: readonly Module[]): Promise<Map<Module, string>> {
  const outdir = join(folder, "bundle");
  await build({
    ...browserBuild(),
    platform: "node",
    entryPoints: modules.map(({ path }) => path),
    outdir,
    outExtension: { ".js": ".mjs" },
  });
  // The engine names its worker beside itself, with the ending that it has in the package.
  await build({
    ...browserBuild(),
    platform: "node",
    splitting: false,
    entryPoints: [join(ROOT, "src/engines/onnxruntime/workers/worker.ts")],
    outdir,
  });
  writeFileSync(join(outdir, "package.json"), '{ "type": "module" }');
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return new Map(modules.map((module) => [module, join(outdir, `${basename(module.path, ".mts")}.mjs`)]));
}

/** A folder for one example, with the file that examples read. */
function folderOf({ path }: Module): string {
  const own = path.slice(0, -".mts".length);
  mkdirSync(own);
  copyFileSync(join(folder, "model.keras"), join(own, "model.keras"));
  return own;
}
