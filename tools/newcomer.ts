/**
 * The trip of somebody new: packs the package, installs it in an empty folder, and does there what README.md shows, in
 * strict TypeScript, with the command, in Deno and Bun, in a page that Vite makes and in one without a bundler.
 * What npm or this machine does not have is skipped, with the reason.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM, openSite } from "../test/browser/harness.ts";
import { ADDRESSES } from "./addresses-program.ts";
import { Checks } from "./closing-line.ts";
import { ROOT } from "./doors.ts";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const folder = mkdtempSync(join(tmpdir(), "newcomer-"));
const home = join(folder, "home");
const checks = new Checks();
const NPM_INSTALL = ["install", "--prefer-offline", "--no-audit", "--no-fund"];

/** Reads, runs, clones and saves the file that `ceratops demo` wrote; says "ok". */
const PROGRAM = `
import { cloneModel, type Tensor } from "ceratops";
import { Dense } from "ceratops/layers";
import { loadModel, saveModel } from "ceratops/node";

const model = await loadModel("ceratops-demo.keras");
const y = await model.predict<Tensor>([[0, 1], [1, 1]]);
const [once = 0, twice = 1] = y.data as Float32Array;
if (!(once > 0.9 && twice < 0.1)) throw new Error("expected 0.993 and 0.007, received " + y.data.join());
const units: number = model.getLayer("at_least", Dense).units;
if (units !== 2) throw new Error("expected 2 units, received " + units);
await saveModel(cloneModel(model, { weights: "copy" }), "copy.keras");
const again = await (await loadModel("copy.keras")).predict<Tensor>([[0, 1]]);
if (again.data[0] !== once) throw new Error("the copy computes " + again.data.join());
console.log("ok");
`;

/** What pages do with the file: it says in their title what they computed, or what went wrong. */
const pageProgram = (imports: string, engine: string) => `
${imports}
try {
  const model = await loadModel(new URL("/ceratops-demo.keras", location.href));
  const y = await model.predict([[0, 1], [1, 1]], { engine: ${engine} });
  document.title = Array.from(y.data, (value) => value.toFixed(2)).join();
} catch (error) {
  document.title = String(error);
}
`;

/** The page of README.md that has no bundler. */
const PLAIN = `<!doctype html><meta charset="utf-8"><script type="module">${pageProgram(
  'import { loadModel, reference } from "/ceratops.min.js";',
  "reference",
)}</script>`;

const VITE = pageProgram(
  'import { loadModel } from "ceratops/saving";\nimport { onnxruntime } from "ceratops/engines/onnxruntime";',
  "onnxruntime({ workers: 1 })",
);

try {
  await checks.run("npm pack and npm install in an empty folder", install);
  await checks.run("npx ceratops demo", () =>
    expectText(run("npx", ["ceratops", "demo"]), "0 xor 1 = 0.993"),
  );
  await checks.run("npx ceratops summary", () =>
    expectText(run("npx", ["ceratops", "summary", "ceratops-demo.keras"]), "exclusive_or (Dense)"),
  );
  for (const [module, moduleResolution] of [
    ["NodeNext", "NodeNext"],
    ["ESNext", "Bundler"],
  ] as const) {
    await checks.run(`strict TypeScript with ${moduleResolution}`, () => compile(module, moduleResolution));
  }
  await checks.run("the program on Node", () => expectText(run(process.execPath, ["program.js"]), "ok"));
  const tools = installed("deno", "bun", "vite");
  const allowed = ["read", "write", "ffi", "env", "net"].map((what) => `--allow-${what}`);
  for (const [name, program] of [
    ["the program", "program.js"],
    ["addresses", "addresses.js"],
  ] as const) {
    await tryWith(`${name} on Deno`, tools.deno, (deno) =>
      expectText(run(deno, ["run", ...allowed, program]), "ok"),
    );
    await tryWith(`${name} on Bun`, tools.bun, (bun) => expectText(run(bun, [program]), "ok"));
  }
  const browser = existsSync(CHROMIUM) ? CHROMIUM : undefined;
  await tryWith("a page that Vite makes, with a worker", browser && tools.vite, vitePage);
  await tryWith("a page without a bundler", browser, plainPage);
} finally {
  rmSync(folder, { recursive: true, force: true });
  checks.finish();
}

async function tryWith(
  name: string,
  tool: string | undefined,
  action: (tool: string) => unknown,
): Promise<void> {
  if (tool === undefined) checks.skip(name, "what it needs is not to be had here");
  else await checks.run(name, async () => void (await action(tool)));
}

function install(): void {
  mkdirSync(home);
  run("npm", ["run", "--silent", "build"], ROOT);
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "home", private: true, type: "module" }));
  run("npm", [...NPM_INSTALL, join(folder, `ceratops-${version}.tgz`)]);
  // The peers are large: those that are here already.
  for (const peer of ["onnxruntime-node", "onnxruntime-common", "onnxruntime-web"])
    symlinkSync(join(ROOT, "node_modules", peer), join(home, "node_modules", peer));
  writeFileSync(join(home, "program.ts"), PROGRAM);
  writeFileSync(join(home, "addresses.js"), ADDRESSES);
}

/** Compiles the program as somebody does who has no types of pages, and none of Node. */
function compile(module: string, moduleResolution: string): void {
  const compilerOptions = {
    target: "ES2023",
    lib: ["ES2023"],
    module,
    moduleResolution,
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    skipLibCheck: false,
  };
  const console = "declare const console: { log(text: string): void };";
  writeFileSync(join(home, "console.d.ts"), console);
  writeFileSync(
    join(home, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["program.ts", "console.d.ts"] }),
  );
  run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "."]);
}

/** Commands that npm gives, by their names; those it does not give are missing. */
function installed(...names: readonly string[]): Readonly<Record<string, string | undefined>> {
  const place = join(folder, "tools");
  mkdirSync(place);
  const allowScripts = Object.fromEntries(names.map((name) => [name, true]));
  writeFileSync(join(place, "package.json"), JSON.stringify({ private: true, allowScripts }));
  for (const name of names) spawnSync("npm", [...NPM_INSTALL, name], { cwd: place });
  const found = names.map((name) => [name, join(place, "node_modules", ".bin", name)] as const);
  return Object.fromEntries(found.filter(([, path]) => existsSync(path)));
}

async function vitePage(vite: string): Promise<void> {
  writeFileSync(join(home, "main.js"), VITE);
  writeFileSync(join(home, "index.html"), '<!doctype html><script type="module" src="/main.js"></script>');
  mkdirSync(join(home, "public"));
  copyFileSync(join(home, "ceratops-demo.keras"), join(home, "public", "ceratops-demo.keras"));
  // A worker that imports modules when it needs them is a module itself.
  writeFileSync(join(home, "vite.config.js"), 'export default { worker: { format: "es" } };');
  run(vite, ["build", "--target", "es2022"]);
  await expectTitle(join(home, "dist"));
}

async function plainPage(): Promise<void> {
  const site = join(folder, "plain");
  mkdirSync(site);
  writeFileSync(join(site, "index.html"), PLAIN);
  copyFileSync(join(home, "ceratops-demo.keras"), join(site, "ceratops-demo.keras"));
  copyFileSync(join(home, "node_modules/ceratops/dist/ceratops.min.js"), join(site, "ceratops.min.js"));
  await expectTitle(site);
}

async function expectTitle(site: string): Promise<void> {
  const { page, takeProblems, close } = await openSite({ "/": site });
  try {
    await page.waitForFunction(() => document.title !== "", undefined, { timeout: 60_000 });
    const title = await page.title();
    if (title !== "0.99,0.01") throw new Error([title, ...takeProblems()].join("\n"));
  } finally {
    await close();
  }
}

function expectText(received: string, expected: string): void {
  if (!received.includes(expected))
    throw new Error(
      `expected ${JSON.stringify(expected)}, received ${JSON.stringify(received.slice(0, 2000))}`,
    );
}

/** Output of a command that must succeed. */
function run(command: string, args: readonly string[], cwd = home): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`exit code ${status}: ${`${stdout}${stderr}`.slice(0, 2000)}`);
  return stdout;
}
