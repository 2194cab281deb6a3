import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { pathToFileURL } from "node:url";

const ownPackage = pathToFileURL(`${process.cwd()}/package.json`).href;
let touched: string | null = null;

/** From now on files, programs and the network cannot be reached, and who tries is noted. */
export function sealOff(): void {
  globalThis.fetch = forbidden("fetch") as typeof fetch;
  const all: readonly (readonly [object, readonly string[]])[] = [
    [
      fs,
      namesIn(
        fs,
        /^(open|read|write|append|copy|rename|unlink|rm|mkdir|mkdtemp|create|stat|lstat|access|exists)/,
      ),
    ],
    [
      fs.promises,
      namesIn(fs.promises, /^(open|read|write|append|copy|rename|unlink|rm|mkdir|mkdtemp|stat|lstat|access)/),
    ],
    [childProcess, ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"]],
    [net.Socket.prototype, ["connect"]],
  ];
  for (const [module, names] of all) {
    const record = module as { [key: string]: unknown };
    for (const name of names) record[name] = forbidden(name, record[name]);
  }
  syncBuiltinESMExports();
}

/** What was reached for since the last call, or changed of the platform; null where nothing was. */
export function outsideOf(): string | null {
  const reached = touched;
  touched = null;
  if (reached !== null) return `${reached} was called`;
  for (const [i, prototype] of prototypes.entries()) {
    const added = Reflect.ownKeys(prototype).filter((key) => !keys[i]!.has(key));
    for (const key of added) Reflect.deleteProperty(prototype, key);
    if (added.length > 0) return `a prototype has got ${JSON.stringify(added.map(String))}`;
  }
  return null;
}

const prototypes: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
  Object,
];
const keys = prototypes.map((prototype) => new Set(Reflect.ownKeys(prototype)));

function namesIn(module: object, pattern: RegExp): string[] {
  const functions = Object.entries(module).filter(([, value]) => typeof value === "function");
  return functions.map(([name]) => name).filter((name) => pattern.test(name));
}

function forbidden(name: string, real?: unknown) {
  return (...args: readonly unknown[]): unknown => {
    const [first] = args;
    // The command line says its version.
    if (String(first) === ownPackage && typeof real === "function") return real(...args);
    touched = `${name}(${JSON.stringify(String(first).slice(0, 100))})`;
    throw new Error(`${name} was called`);
  };
}
