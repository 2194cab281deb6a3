import { FileError } from "../../errors.ts";
import type { Limits } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { type Bundle, openBundle } from "./bundle.ts";
import { type GraphNode, graphKey, readObjectGraph } from "./object-graph.ts";

/** A checkpoint of TensorFlow: the objects that Python had, and the tensors of their variables. */
export interface Checkpoint {
  /** The first is the model. */
  readonly nodes: readonly GraphNode[];
  readonly bundle: Bundle;
  /** What errors call it. */
  readonly name: string;
}

/** No honest graph of objects is larger: it has some 100 bytes for each. */
const mostGraphBytes = 2 ** 28;

export interface CheckpointOptions {
  /** The source whose siblings its files are. */
  readonly beside: ByteSource;
  /** What its files are called, up to `.index` and `.data-`. */
  readonly prefix: string;
  readonly name: string;
  readonly limits?: Limits | undefined;
  /** Read all tensors and compare their sums first. */
  readonly verify?: boolean;
}

/** Reads the contents of a checkpoint by its index; of the tensors none, unless they are to be verified. */
export async function openCheckpoint(
  index: ByteSource,
  { verify = false, ...options }: CheckpointOptions,
): Promise<Checkpoint> {
  const { name } = options;
  const bundle = await openBundle(index, options);
  if (verify) await bundle.check();
  if (![...bundle.keys].includes(graphKey)) {
    throw new FileError(
      name,
      "expected a checkpoint of a model, received tensors by their names alone, as TensorFlow 1 wrote them.",
    );
  }
  const graph = bundle.tensor(graphKey);
  if (graph.byteLength > mostGraphBytes)
    throw new FileError(
      name,
      `expected a graph of at most ${mostGraphBytes} bytes, received ${graph.byteLength}.`,
    );
  const [bytes = new Uint8Array()] = await graph.readStrings();
  return { nodes: readObjectGraph(bytes, `${name}: ${graphKey}`, bundle.budget), bundle, name };
}
