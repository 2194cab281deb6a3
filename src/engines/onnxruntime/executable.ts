import { EngineError } from "../../errors.ts";
import type { Program } from "../../program/primitives.ts";
import type { Spec } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import { arrayType, type DType, type TypedArray } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { checkInputs } from "../check-inputs.ts";
import type { Executable } from "../engine.ts";
import type { Stepped, Stepper } from "../held.ts";
import { fromOnnxTensor, onnxTensor, onnxType } from "../onnx/data-type.ts";
import type { Graph } from "../onnx/model.ts";
import type { OrtSession, OrtTensor, Runtime } from "./module.ts";

/** A session of ONNX Runtime. Variables that are inputs are kept as its tensors, and fed as they came out. */
export class OrtExecutable implements Executable, Stepper<OrtTensor> {
  readonly #ort: Runtime;
  readonly #graph: Graph;
  readonly #inputs: readonly Spec[];
  readonly #outputs: readonly Spec[];
  readonly #updates: readonly Spec[];
  /** For each variable that is an input its place in the program's updates. */
  readonly #held: readonly number[];
  #session: OrtSession | null;

  constructor(ort: Runtime, session: OrtSession, program: Program, graph: Graph, held: readonly Variable[]) {
    this.#ort = ort;
    this.#session = session;
    this.#graph = graph;
    this.#inputs = program.inputs;
    this.#outputs = program.outputs;
    this.#updates = [...program.updates.values()];
    const updated = [...program.updates.keys()];
    this.#held = held.map((variable) => updated.indexOf(variable));
  }

  async run(inputs: readonly Tensor[]): Promise<Tensor[]> {
    const specs = [...this.#outputs, ...this.#updates];
    return (await this.#call(inputs, [])).map((result, i) => fromOrt(result, specs[i]!.dtype));
  }

  async step(inputs: readonly Tensor[], before: readonly OrtTensor[]): Promise<Stepped<OrtTensor>> {
    const results = await this.#call(inputs, before);
    const outputs = this.#outputs.map(({ dtype }, i) => fromOrt(results[i]!, dtype));
    const state = this.#updates.map(({ dtype }, i) => {
      const tensor = results[outputs.length + i]!;
      return withElements(tensor, elementsOf(tensor, onnxType(dtype)));
    });
    return { outputs, state };
  }

  /** All that the session gives, in the order of the graph's outputs. */
  async #call(inputs: readonly Tensor[], state: readonly OrtTensor[]): Promise<OrtTensor[]> {
    if (this.#session === null) throw new EngineError("run", "the executable is disposed.");
    checkInputs(this.#inputs, inputs);
    const fed = [...inputs.map((input) => this.keep(input)), ...this.#held.map((place) => state[place]!)];
    const feeds = Object.fromEntries(this.#graph.inputs.map(({ name }, i) => [name, fed[i]!]));
    try {
      const results = await this.#session.run(feeds);
      return this.#graph.outputs.map(({ name }) => results[name]!);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError("onnxruntime", `could not run the program: ${message}`, { cause });
    }
  }

  async dispose(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.release();
  }

  keep(tensor: Tensor): OrtTensor {
    const { dtype, data, shape } = onnxTensor(tensor);
    return withElements(new this.#ort.Tensor(dtype as never, data as never, shape), data);
  }

  toTensor(value: OrtTensor, place: number): Tensor {
    return fromOrt(value, this.#updates[place]!.dtype);
  }
}

/** Where there is a Float16Array the tensor shows one, of which the native binding sees no bytes. */
export function withElements(fed: OrtTensor, data: TypedArray): OrtTensor {
  return fed.data === data ? fed : Object.defineProperty(fed, "data", { value: data });
}

function fromOrt(tensor: OrtTensor, dtype: DType): Tensor {
  const type = onnxType(dtype);
  return fromOnnxTensor(new Tensor(type, tensor.dims, elementsOf(tensor, type)), dtype);
}

/** Newer runtimes give float16 as a Float16Array: its bits are meant. */
export function elementsOf({ data }: OrtTensor, type: DType): TypedArray {
  const ArrayType = arrayType(type);
  const received = data as TypedArray;
  return received instanceof ArrayType
    ? received
    : new ArrayType(received.buffer, received.byteOffset, received.length);
}
