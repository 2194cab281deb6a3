import { EngineError } from "../../errors.ts";
import { once } from "../../once.ts";
import type { Program } from "../../program/primitives.ts";
import type { Executable, HeldExecutable, StatefulEngine } from "../engine.ts";
import { Held } from "../held.ts";
import { toGraph } from "../onnx/graph.ts";
import { writeModel } from "../onnx/model.ts";
import { OrtExecutable } from "./executable.ts";
import { candidates, loadFirst, loadPackage, type OrtModule, type OrtPackage, prepare } from "./module.ts";

export type { OrtModule, OrtPackage } from "./module.ts";

export interface OnnxRuntimeOptions {
  /** Which package to use. By default `onnxruntime-node` in Node if it is installed, else `onnxruntime-web`. */
  readonly package?: OrtPackage;
  /** Options of ONNX Runtime's `InferenceSession.create`, such as `{ executionProviders: ["webgpu"] }`. */
  readonly session?: object;
  /** Imports ONNX Runtime in another way, such as `() => import("onnxruntime-web/webgpu")`. */
  readonly load?: () => Promise<unknown>;
}

/** An engine that compiles Programs for ONNX Runtime, an optional peer that is imported when something is compiled. */
export function onnxruntime(options: OnnxRuntimeOptions = {}): StatefulEngine {
  const load = once(async () => {
    if (options.load) return prepare(await options.load());
    return loadFirst(options.package ? [options.package] : candidates);
  });
  return {
    name: options.package ?? "onnxruntime",
    async compile(program: Program): Promise<Executable> {
      return createExecutable(await load(), program, "constants", options.session);
    },
    async hold(program: Program): Promise<HeldExecutable> {
      return new Held(
        program,
        await createExecutable(await load(), program, "updated inputs", options.session),
      );
    },
  };
}

/** The fastest engine that is installed here, the same one at every call; `null` if none is. */
export function findEngine(): Promise<StatefulEngine | null> {
  return find();
}

const find = /* @__PURE__ */ once(async () => {
  for (const name of candidates) {
    const ort = await loadPackage(name);
    if (ort) return onnxruntime({ package: name });
  }
  return null;
});

async function createExecutable(
  ort: OrtModule,
  program: Program,
  variables: "constants" | "updated inputs",
  options?: object,
): Promise<OrtExecutable> {
  const { graph, variables: held } = toGraph(program, { variables });
  const model = writeModel(graph);
  // ONNX Runtime 1.30 ends the process where its last optimizations meet float16.
  const graphOptimizationLevel = computesInFloat16(program) ? "extended" : "all";
  const defaults = { graphOptimizationLevel, logSeverityLevel: 3 };
  try {
    const session = await ort.InferenceSession.create(model, { ...defaults, ...options });
    return new OrtExecutable(ort, session, program, graph, held);
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
