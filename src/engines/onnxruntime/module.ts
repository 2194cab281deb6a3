import { EngineError } from "../../errors.ts";

/** The part of ONNX Runtime's JavaScript API that the engine uses; both packages have it. */
export interface OrtModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<OrtSession>;
  };
  readonly Tensor: new (type: never, data: never, dims: readonly number[]) => OrtTensor;
  readonly env?: { readonly wasm?: { numThreads?: number } };
}

export interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}

export interface OrtTensor {
  readonly dims: readonly number[];
  readonly data: unknown;
}

export type OrtPackage = "onnxruntime-node" | "onnxruntime-web";

const isNode = typeof process === "object" && Boolean(process.versions?.node);

const loaders: Readonly<Record<OrtPackage, () => Promise<unknown>>> = {
  // A name that bundlers do not follow: a native package cannot be bundled.
  "onnxruntime-node": () => importByName("onnxruntime-node"),
  "onnxruntime-web": () => import("onnxruntime-web"),
};

/** The packages that may work here, best first. */
export const candidates: readonly OrtPackage[] = isNode
  ? ["onnxruntime-node", "onnxruntime-web"]
  : ["onnxruntime-web"];

function importByName(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}

/** Imports a package; `null` where it is not installed or does not work. */
export async function loadPackage(name: OrtPackage): Promise<OrtModule | null> {
  try {
    return prepare(await loaders[name]());
  } catch {
    return null;
  }
}

/** Imports the first of `names` that works. */
export async function loadFirst(names: readonly OrtPackage[]): Promise<OrtModule> {
  const causes: unknown[] = [];
  for (const name of names) {
    try {
      return prepare(await loaders[name]());
    } catch (error) {
      causes.push(error);
    }
  }
  throw new EngineError(
    "onnxruntime",
    `expected ${names.join(" or ")} to be installed, found none that loads. ` +
      `Run "npm install ${names[0]}".`,
    { cause: causes.length === 1 ? causes[0] : new AggregateError(causes) },
  );
}

/** Takes a CommonJS module's exports out, and gives WebAssembly one thread in Node unless something else was asked for. */
export function prepare(imported: unknown): OrtModule {
  const { default: inner, ...named } = imported as Partial<OrtModule> & { readonly default?: OrtModule };
  const found = named.InferenceSession ? (imported as OrtModule) : inner;
  if (!found?.InferenceSession) {
    throw new EngineError("onnxruntime", "expected a module with InferenceSession, received another one.");
  }
  const wasm = found.env?.wasm;
  if (isNode && wasm && !wasm.numThreads) wasm.numThreads = 1;
  return found;
}
