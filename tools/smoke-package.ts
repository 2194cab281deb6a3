/**
 * Tries the package as a stranger gets it: packs it, installs the tarball in an empty folder, imports every entry
 * point, runs a program and the command, bundles programs, and has types and manifest judged. `--node 22` (repeatable)
 * also runs it on another Node, taken from npm.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { ADDRESSES } from "./addresses-program.ts";
import { bundleProgram } from "./bundle.ts";
import { Checks } from "./closing-line.ts";
import { doors, ROOT } from "./doors.ts";
import { strayFiles } from "./package-files.ts";
import { CEILINGS } from "./size.ts";

const { values } = parseArgs({ options: { node: { type: "string", multiple: true, default: [] } } });
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  name: string;
  version: string;
  exports: Record<string, unknown>;
};
const entries = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json")
  .map((path) => manifest.name + path.slice(1));

const MODEL = `
import { cloneModel, Input, Sequential } from "ceratops";
import { Dense } from "ceratops/layers";

const model = new Sequential([
  Input({ shape: [728] }),
  new Dense({ units: 32, activation: "relu" }),
  new Dense({ units: 1, activation: "sigmoid" }),
]);
const copy = cloneModel(model);
if (copy === model || copy.layers[0] === model.layers[0]) throw new Error("the clone shares its layers");
if (copy.toJson() !== model.toJson()) throw new Error("the clone has another config");
if (copy.countParams() !== 23361) throw new Error("expected 23361 parameters, received " + copy.countParams());
`;

/** Says "1,2" behind the work of a worker, and ends by itself. */
const WORKER = `
import { Input, Sequential, tensor } from "ceratops";
import { onnxruntime } from "ceratops/engines/onnxruntime";
import { ReLU } from "ceratops/layers";

const model = new Sequential([Input({ shape: [2] }), new ReLU()]);
const y = await model.predict(tensor([[1, 2]]), { engine: onnxruntime({ workers: 1 }) });
console.log(y.data.join());
`;

/** Every entry point is named, so that its declarations are loaded and checked without skipLibCheck. */
const TYPES = `${MODEL}${entries.map((entry, i) => `import * as entry${i} from "${entry}";\n`).join("")}
export const all = [${entries.map((_, i) => `entry${i}`).join(", ")}];
export const units: number = new Dense({ units: 3 }).units;
// @ts-expect-error: the number of units is not text.
export const wrong = new Dense({ units: "3" });
`;

/** Neither the DOM's types nor Node's: the declarations need none of them. */
const TYPES_CONFIG = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2023"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  },
  files: ["consumer.ts"],
};

/** What compiles programs that use the package, at least: arrays of bytes say what buffer they have since then. */
const OLDEST_TYPESCRIPT = "5.7";

/** How imports of packages are found. */
const RESOLUTIONS = {
  nodenext: ["--module", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};

/** What other files than those of `exports` begin with. */
const PROGRAMS = ["cli/main.ts", "browser.ts", "engines/onnxruntime/workers/worker.ts"];

const checks = new Checks();
const folder = mkdtempSync(join(tmpdir(), "package-"));
const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`);
const home = join(folder, "consumer");
try {
  await checks.run("npm run build", () => run("npm", ["run", "--silent", "build"], ROOT));
  await checks.run("npm pack", () =>
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT),
  );
  await checks.run("npm install of the tarball", install);
  await tryOn("Node", process.execPath);
  await checks.run(`npx ${manifest.name} --help`, () => expectHelp(run("npx", [manifest.name, "--help"])));
  for (const [version, compiler] of Object.entries(compilers())) {
    for (const [name, flags] of Object.entries(RESOLUTIONS)) {
      const title = `types, TypeScript ${version}, strict, without skipLibCheck, DOM and Node: ${name}`;
      if (compiler === undefined) checks.skip(title, "npm does not give this version here");
      else await checks.run(title, () => run(process.execPath, [compiler, "-p", ".", ...flags]));
    }
  }
  await checks.run("the tarball holds what a program needs, and maps find their sources", checkFiles);
  for (const platform of ["browser", "node"] as const) {
    await checks.run(`bundles for ${platform} are as small as from the source`, () => bundlesSmall(platform));
  }
  await checks.run("publint", () => run(process.execPath, [tool("publint/src/cli.js"), tarball, "--strict"]));
  await checks.run("are the types wrong?", () => {
    run(process.execPath, [
      tool("@arethetypeswrong/cli/dist/index.js"),
      tarball,
      "--profile",
      "esm-only",
      "--no-emoji",
    ]);
  });
  for (const version of values.node) {
    const binary = otherNode(version);
    if (binary === undefined) checks.skip(`Node ${version}`, "npm does not give this version here");
    else await tryOn(`Node ${version}`, binary);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  checks.finish();
}

function install(): void {
  mkdirSync(home);
  writeFileSync(
    join(home, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module" }),
  );
  writeFileSync(join(home, "model.js"), MODEL);
  writeFileSync(join(home, "worker.js"), WORKER);
  writeFileSync(join(home, "addresses.js"), ADDRESSES);
  writeFileSync(join(home, "consumer.ts"), TYPES);
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify(TYPES_CONFIG));
  run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball]);
  // A peer that is large: the one that is here already.
  symlinkSync(tool("onnxruntime-node"), join(home, "node_modules", "onnxruntime-node"));
}

/** Fails where there is what no entry point leads to, such as what tests use, or a map whose sources are not there. */
function checkFiles(): void {
  const installed = join(home, "node_modules", manifest.name);
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  const sources = [...doors.values()].map((path) => relative(ROOT, path));
  const wrong = strayFiles(installed, [...sources, ...PROGRAMS.map((path) => `src/${path}`)]);
  for (const name of files.filter((name) => name.endsWith(".map"))) {
    const map = JSON.parse(readFileSync(join(installed, name), "utf8")) as {
      readonly sources: readonly string[];
    };
    const isMissing = (source: string) => !existsSync(join(installed, dirname(name), source));
    wrong.push(...map.sources.filter(isMissing).map((source) => `${name}: ${source}`));
  }
  if (wrong.length > 0) throw new Error(`expected none of these:\n${wrong.join("\n")}`);
}

async function tryOn(name: string, node: string): Promise<void> {
  for (const entry of entries) {
    const program = `const m = await import("${entry}"); if (Object.keys(m).length === 0) throw new Error("no exports");`;
    await checks.run(`${name}: import "${entry}"`, () =>
      run(node, ["--input-type=module", "--eval", program]),
    );
  }
  await checks.run(`${name}: a model and its clone`, () => run(node, ["model.js"]));
  await checks.run(`${name}: a model runs in a worker`, () => {
    const received = run(node, ["worker.js"]).trim();
    if (received !== "1,2") throw new Error(`expected 1,2, received ${JSON.stringify(received)}`);
  });
  await checks.run(`${name}: models at addresses`, () => {
    const received = run(node, ["addresses.js"]).trim();
    if (received !== "ok") throw new Error(`expected ok, received ${JSON.stringify(received)}`);
  });
  await checks.run(`${name}: the command's help`, () => {
    expectHelp(run(node, [join("node_modules", ".bin", manifest.name), "--help"]));
  });
}

function expectHelp(text: string): void {
  if (!/usage/i.test(text))
    throw new Error(`expected a usage text, received ${JSON.stringify(text.slice(0, 200))}`);
}

/** Bundlers must take the small modules, whatever they bundle for: of a chunk they could leave out little. */
async function bundlesSmall(platform: "browser" | "node"): Promise<void> {
  for (const { name, program, limit } of CEILINGS) {
    const { gzip } = await bundleProgram(program, {
      absWorkingDir: realpathSync(home),
      plugins: [],
      platform,
    });
    if (gzip > limit * 1024) throw new Error(`${name}: expected ${limit} KB, received ${gzip / 1024} KB`);
  }
}

/** The compilers that programs have, by version. The oldest is from npm. */
function compilers(): Record<string, string | undefined> {
  return {
    [OLDEST_TYPESCRIPT]: fromNpm("typescript", OLDEST_TYPESCRIPT, "bin/tsc"),
    6: tool("typescript/bin/tsc"),
    7: tool("@typescript/native/bin/tsc"),
  };
}

/** Path of another Node's executable. */
function otherNode(version: string): string | undefined {
  const binary = fromNpm("node", version, "bin/node");
  const received = binary && spawnSync(binary, ["--version"], { encoding: "utf8" }).stdout;
  return received?.startsWith(`v${version}.`) ? binary : undefined;
}

/** Path of a file of a package in this version, if npm gives it and it came whole. */
function fromNpm(name: string, version: string, file: string): string | undefined {
  const place = join(folder, `${name}-${version}`);
  mkdirSync(place);
  writeFileSync(
    join(place, "package.json"),
    JSON.stringify({ private: true, allowScripts: { [name]: true } }),
  );
  try {
    run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `${name}@${version}`], place);
  } catch {
    return undefined;
  }
  const path = join(place, "node_modules", name, file);
  return existsSync(path) ? path : undefined;
}

function tool(path: string): string {
  return join(ROOT, "node_modules", path);
}

/** Output of a command that must succeed and be quiet about problems. */
function run(command: string, args: readonly string[], cwd = home): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (error !== undefined) throw error;
  if (status !== 0) {
    const text = `${stdout}${stderr}`;
    const [uncaught] = /^\w*Error\b.*$/m.exec(text) ?? [];
    throw new Error(`exit code ${status}: ${uncaught ?? text.slice(0, 2000)}`);
  }
  return stdout;
}
