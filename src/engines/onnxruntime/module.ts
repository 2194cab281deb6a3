import { EngineError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { Message } from "../onnx/protobuf.ts";

/** The part of ONNX Runtime's JavaScript API that the engine uses; both packages have it. */
export interface OrtModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<OrtSession>;
  };
  readonly Tensor: new (type: never, data: never, dims: readonly number[]) => OrtTensor;
  readonly env?: { readonly wasm?: { numThreads?: number; wasmPaths?: unknown } };
}

/** What compiled programs run on: ONNX Runtime in this thread, or in others. */
export interface Runtime {
  readonly Tensor: OrtModule["Tensor"];
  createSession(model: Message, options: object): Promise<OrtSession>;
}

export interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

export interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

export type OrtPackage = "onnxruntime-node" | "onnxruntime-web";

/** Which ONNX Runtime is loaded, and how. */
export interface RuntimeChoice {
  /** The packages to try, best first. */
  readonly packages: readonly OrtPackage[];
  /** Whether `onnxruntime-web` is to be the build that computes on more than the processor, which is twice as large. */
  readonly usesDevices: boolean;
  /** Where `onnxruntime-web` finds its WebAssembly. Defaults to beside its script. */
  readonly wasmPaths?: string | undefined;
  /** How many threads WebAssembly may use. Defaults to one in Node, elsewhere to ONNX Runtime's own choice. */
  readonly threads?: number | undefined;
}

const isNode = typeof process === "object" && Boolean(process.versions?.node);

/** The packages that may work here, best first. */
export const candidates: readonly OrtPackage[] = isNode
  ? ["onnxruntime-node", "onnxruntime-web"]
  : ["onnxruntime-web"];

function importPackage(name: OrtPackage, { usesDevices }: RuntimeChoice): Promise<unknown> {
  // A name that bundlers do not follow: a native package cannot be bundled.
  if (name !== "onnxruntime-web") return import(/* @vite-ignore */ /* webpackIgnore: true */ name as string);
  return isNode || usesDevices ? import("onnxruntime-web") : import("onnxruntime-web/wasm");
}

/** Whether options of a session ask for more than the processor, and what they ask for may be there. */
export function usesDevices(session: object | undefined): boolean {
  const { executionProviders: asked } = (session ?? {}) as { readonly executionProviders?: unknown };
  if (!Array.isArray(asked)) return false;
  const names = asked.map((provider: unknown) =>
    typeof provider === "object" && provider !== null && "name" in provider ? provider.name : provider,
  );
  const hasGpu = typeof navigator === "object" && "gpu" in navigator;
  return names.some((name) => (name === "webgpu" ? hasGpu : name !== "wasm" && name !== "cpu"));
}

/** The first package that is installed and works; null where none does. */
export async function findPackage(): Promise<OrtPackage | null> {
  for (const name of candidates) {
    try {
      await loadFirst({ packages: [name], usesDevices: false });
      return name;
    } catch {}
  }
  return null;
}

/** Imports the first of the packages that works. */
export async function loadFirst(choice: RuntimeChoice): Promise<OrtModule> {
  const { packages } = choice;
  const causes: unknown[] = [];
  for (const name of packages) {
    try {
      return prepare(await importPackage(name, choice), choice);
    } catch (error) {
      causes.push(error);
    }
  }
  throw new EngineError(
    "onnxruntime",
    `expected ${packages.join(" or ")} to be installed, found none that loads. ` +
      `Run "npm install ${packages[0]}".`,
    { cause: causes.length === 1 ? causes[0] : new AggregateError(causes) },
  );
}

/** Where each ONNX Runtime was told to find its WebAssembly by the first engine that used it. */
const toldPaths = new WeakMap<object, unknown>();

/**
 * Takes a CommonJS module's exports out, and sets what holds for all sessions unless it is set already. ONNX Runtime has
 * one such setting for all engines: one that asks for another path than the first cannot have it.
 */
export function prepare(
  imported: unknown,
  { wasmPaths, threads }: Pick<RuntimeChoice, "wasmPaths" | "threads"> = {},
): OrtModule {
  const { default: inner, ...named } = imported as Partial<OrtModule> & { readonly default?: OrtModule };
  const found = named.InferenceSession ? (imported as OrtModule) : inner;
  if (!found?.InferenceSession) {
    throw new EngineError("onnxruntime", "expected a module with InferenceSession, received another one.");
  }
  const wasm = found.env?.wasm;
  if (!wasm) return found;
  const most = threads ?? (isNode ? 1 : undefined);
  if (most !== undefined && !wasm.numThreads) wasm.numThreads = most;
  const told = toldPaths.has(wasm) ? toldPaths.get(wasm) : (wasm.wasmPaths ?? wasmPaths);
  if (wasmPaths !== undefined && wasmPaths !== told) {
    throw new EngineError(
      "onnxruntime",
      `expected the wasmPaths that ONNX Runtime was loaded with, ${told === undefined ? "none" : inspect(told)}, because it loads its WebAssembly once for all engines, received ${inspect(wasmPaths)}.`,
    );
  }
  toldPaths.set(wasm, told);
  if (wasmPaths !== undefined) wasm.wasmPaths = wasmPaths;
  return found;
}

/** ONNX Runtime in this thread. */
export function inThisThread({ InferenceSession, Tensor }: OrtModule): Runtime {
  return { Tensor, createSession: (model, options) => InferenceSession.create(model.finish(), options) };
}
