import { EngineError } from "../../errors.ts";
import { aCallback, aText, checkOption, checkOptions, type OptionKind } from "../../json/check-options.ts";
import { isPlain } from "../../json/inspect.ts";
import { aCount } from "../../json/option-kinds.ts";
import { once } from "../../once.ts";
import type { Program } from "../../program/primitives.ts";
import { checkProgram } from "../check-program.ts";
import type { Engine, Executable, HeldExecutable, StatefulEngine } from "../engine.ts";
import { Held } from "../held.ts";
import { toGraph } from "../onnx/graph.ts";
import { isHosted } from "../onnx/lower/is-hosted.ts";
import { writeModel } from "../onnx/model.ts";
import { multipliesBytesExactly } from "./byte-products.ts";
import { OrtExecutable } from "./executable.ts";
import {
  candidates,
  findPackage,
  inThisThread,
  loadFirst,
  type OrtModule,
  type OrtPackage,
  prepare,
  type Runtime,
  usesDevices,
} from "./module.ts";
import { Pool } from "./workers/pool.ts";
import { type AnyWorker, machineThreads, startWorker } from "./workers/thread.ts";

export { type ServeOptions, serveInWorker } from "./workers/serve.ts";
export type { AnyWorker, OrtModule, OrtPackage };

export interface OnnxRuntimeOptions {
  /** Which package to use. By default `onnxruntime-node` in Node if it is installed, else `onnxruntime-web`. */
  readonly package?: OrtPackage;
  /**
   * Options of ONNX Runtime's `InferenceSession.create`, such as `{ executionProviders: ["webgpu"] }`. In a page the
   * build of ONNX Runtime that knows WebGPU is loaded only where it is asked for so, because it is twice as large.
   */
  readonly session?: object;
  /** Imports ONNX Runtime in another way, such as `() => import("onnxruntime-web/webgpu")`. Not with `workers`. */
  readonly load?: () => Promise<unknown>;
  /**
   * Where `onnxruntime-web` finds its WebAssembly, such as `"/assets/"`. It is loaded once for all engines of a thread:
   * another path than the first engine had is an error. Defaults to what the first engine had, or beside its script.
   */
  readonly wasmPaths?: string;
  /**
   * How many workers compute, so that the event loop goes on meanwhile. Defaults to 0: ONNX Runtime runs in this
   * thread, and timers wait for it. Each worker has the weights of every model that is compiled, and its share of the
   * processor's threads unless `session.intraOpNumThreads` says otherwise. Node ends with an abort where `process.exit` is
   * called while they compute.
   */
  readonly workers?: number;
  /**
   * Starts a worker in another way than from this package's own file: one that calls {@link serveInWorker}. A page that
   * takes the package from another origin needs it, and a bundler that does not follow `new URL`.
   */
  readonly worker?: () => AnyWorker;
}

const optionNames = {
  package: true,
  session: true,
  load: true,
  wasmPaths: true,
  workers: true,
  worker: true,
} as const;

/** An engine that has workers to end. */
export interface OnnxRuntimeEngine extends StatefulEngine {
  /** Ends the workers. What was compiled in them cannot run any more, nor anything be compiled. */
  dispose(): void;
}

/**
 * An engine that compiles Programs for ONNX Runtime, an optional peer that is imported when something is compiled.
 *
 * @example
 * import { onnxruntime } from "ceratops/engines/onnxruntime";
 *
 * // For a server that answers others while it computes model.predict(x, { engine }).
 * const engine = onnxruntime({ workers: 2 });
 */
export function onnxruntime(options: OnnxRuntimeOptions = {}): OnnxRuntimeEngine {
  checkEngineOptions(options);
  const pool = options.workers ? poolOf(options.workers, options) : null;
  const runtime = pool ? async () => pool : once(async () => inThisThread(await load(options)));
  const create = async (program: Program, variables: "constants" | "updated inputs") =>
    createExecutable(await runtime(), program, variables, { ...pool?.sessionOptions, ...options.session });
  const part: Pick<Engine, "compile"> = { compile: (program) => create(program, "constants") };
  return {
    name: options.package ?? "onnxruntime",
    async compile(program: Program): Promise<Executable> {
      checkProgram("onnxruntime.compile", program);
      return needsHost(program) ? split(program, part) : part.compile(program);
    },
    async hold(program: Program): Promise<HeldExecutable> {
      checkProgram("onnxruntime.hold", program);
      return needsHost(program)
        ? new Held(program, await split(program, part))
        : new Held(program, await create(program, "updated inputs"));
    },
    dispose: () => pool?.dispose(),
  };
}

function needsHost({ instructions }: Program): boolean {
  return instructions.some(isHosted);
}

/** What ONNX has no operators for is run by the reference engine, between two sessions. */
async function split(program: Program, engine: Pick<Engine, "compile">) {
  const [{ SplitExecutable }, { reference }] = await Promise.all([
    import("../split/split-executable.ts"),
    import("../reference/index.ts"),
  ]);
  return SplitExecutable.compile(program, isHosted, engine, reference);
}

async function load(options: OnnxRuntimeOptions): Promise<OrtModule> {
  if (options.load) return prepare(await options.load(), choiceOf(options));
  return loadFirst(choiceOf(options));
}

function choiceOf({ package: name, session, wasmPaths }: OnnxRuntimeOptions) {
  return {
    packages: name ? [name] : candidates,
    usesDevices: usesDevices(session ?? undefined),
    wasmPaths: wasmPaths ?? undefined,
  };
}

function poolOf(workers: number, options: OnnxRuntimeOptions): Pool {
  const threads = Math.max(1, Math.floor(machineThreads() / workers));
  return new Pool(workers, { ...choiceOf(options), threads }, options.worker ?? startWorker);
}

const aPackage: OptionKind = ["the name of a package", aText[1]];
const sessionOptions: OptionKind = ["an object of options", isPlain];
const numberOfWorkers: OptionKind = ["the number of workers, 0 or more", aCount[1]];

function checkEngineOptions(options: OnnxRuntimeOptions): void {
  checkOptions("onnxruntime", options, optionNames, EngineError);
  const check = (name: keyof OnnxRuntimeOptions, kind: OptionKind) =>
    checkOption("onnxruntime", options, name, kind, EngineError);
  check("package", aPackage);
  check("session", sessionOptions);
  check("load", aCallback);
  check("worker", aCallback);
  check("wasmPaths", aText);
  check("workers", numberOfWorkers);
  if (options.workers && options.load)
    fail("expected workers or load, received both. What another thread loads is said by worker.");
  if (!options.workers && options.worker)
    fail("expected workers, the number of workers to start, beside worker, received none.");
}

function fail(message: string): never {
  throw new EngineError("onnxruntime", message);
}

/** The fastest engine that is installed here, the same one at every call; `null` if none is. */
export function findEngine(): Promise<StatefulEngine | null> {
  return find();
}

const find = /* @__PURE__ */ once(async () => {
  const name = await findPackage();
  return name && onnxruntime({ package: name });
});

async function createExecutable(
  runtime: Runtime,
  program: Program,
  variables: "constants" | "updated inputs",
  options: object,
): Promise<OrtExecutable> {
  const { graph, variables: held } = toGraph(program, { variables });
  const model = writeModel(graph);
  // ONNX Runtime 1.30 ends the process where its last optimizations meet float16.
  const graphOptimizationLevel = computesInFloat16(program) ? "extended" : "all";
  const defaults = { graphOptimizationLevel, logSeverityLevel: 3 };
  const isExact =
    graph.nodes.some(({ op }) => op === "MatMulInteger") &&
    (await multipliesBytesExactly(runtime, { ...defaults, ...options }));
  // Exact products of bytes on processors without instructions for them, for which there are slower kernels.
  const extra = isExact ? {} : { session: { x64quantprecision: "1" } };
  try {
    const session = await runtime.createSession(model, { ...defaults, extra, ...options });
    return new OrtExecutable(runtime, session, program, graph, held);
  } catch (cause) {
    throw new EngineError("onnxruntime", `could not compile the program: ${messageOf(cause)}`, { cause });
  }
}

function computesInFloat16({ instructions }: Program): boolean {
  return instructions.some(({ outputs }) => outputs.some(({ dtype }) => dtype === "float16"));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
