import { EngineError } from "../../errors.ts";
import type { Program } from "../../program/primitives.ts";
import type { Spec } from "../../program/value.ts";
import { arrayType, type DType, type TypedArray } from "../../tensor/dtype.ts";
import { formatShape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Executable } from "../engine.ts";
import { fromOnnxTensor, onnxTensor, onnxType } from "../onnx/data-type.ts";
import type { Graph } from "../onnx/model.ts";
import type { OrtModule, OrtSession, OrtTensor } from "./module.ts";

/** A session of ONNX Runtime. */
export class OrtExecutable implements Executable {
  readonly #ort: OrtModule;
  readonly #inputs: readonly Spec[];
  readonly #outputs: readonly Spec[];
  readonly #graph: Graph;
  #session: OrtSession | null;

  constructor(ort: OrtModule, session: OrtSession, program: Program, graph: Graph) {
    this.#ort = ort;
    this.#session = session;
    this.#graph = graph;
    this.#inputs = program.inputs;
    this.#outputs = [...program.outputs, ...program.updates.values()];
  }

  async run(inputs: readonly Tensor[]): Promise<Tensor[]> {
    if (this.#session === null) throw new EngineError("run", "the executable is disposed.");
    if (inputs.length !== this.#inputs.length) {
      throw new EngineError("run", `expected ${this.#inputs.length} inputs, received ${inputs.length}.`);
    }
    const feeds: Record<string, OrtTensor> = {};
    for (const [i, input] of inputs.entries()) {
      expectSpec(input, this.#inputs[i]!, i);
      feeds[this.#graph.inputs[i]!.name] = this.#toOrt(input);
    }
    let results: Readonly<Record<string, OrtTensor>>;
    try {
      results = await this.#session.run(feeds);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError("onnxruntime", `could not run the program: ${message}`, { cause });
    }
    return this.#outputs.map(({ dtype }, i) => fromOrt(results[this.#graph.outputs[i]!.name]!, dtype));
  }

  async dispose(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.release();
  }

  #toOrt(tensor: Tensor): OrtTensor {
    const { dtype, data, shape } = onnxTensor(tensor);
    const fed = new this.#ort.Tensor(dtype as never, data as never, shape);
    // Where there is a Float16Array the tensor shows one, of which the native binding sees no bytes.
    if (fed.data !== data) Object.defineProperty(fed, "data", { value: data });
    return fed;
  }
}

function expectSpec({ dtype, shape }: Tensor, expected: Spec, index: number): void {
  const fits =
    dtype === expected.dtype &&
    shape.length === expected.shape.length &&
    expected.shape.every((size, axis) => size === null || size === shape[axis]);
  if (fits) return;
  throw new EngineError(
    `inputs[${index}]`,
    `expected ${expected.dtype} ${formatShape(expected.shape)}, ` +
      `received ${dtype} ${formatShape(shape)}.`,
  );
}

function fromOrt({ dims, data }: OrtTensor, dtype: DType): Tensor {
  const type = onnxType(dtype);
  const ArrayType = arrayType(type);
  const received = data as TypedArray;
  // Newer runtimes give float16 as a Float16Array: its bits are meant.
  const elements =
    received instanceof ArrayType
      ? received
      : new ArrayType(received.buffer, received.byteOffset, received.length);
  return fromOnnxTensor(new Tensor(type, dims, elements), dtype);
}
