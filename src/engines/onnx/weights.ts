import { loadAll } from "../../program/load-all.ts";
import type { Program } from "../../program/primitives.ts";
import type { Variable } from "../../program/variable.ts";
import { type Progress, type ProgressOptions, Watch } from "../../progress.ts";
import { bytesPerElement } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { FilesOptions } from "./check-export.ts";
import { isInputOf } from "./graph.ts";
import { bytesOf, LargeWeight } from "./large-weight.ts";

/** A weight of as many bytes, or more, is not read before it is written. */
const LARGE = 2 ** 20;

type PiecesOf = NonNullable<FilesOptions["piecesOf"]>;

/** The variables that are part of a model, and how far reading them has come: the small ones first, then the large ones. */
export class Weights {
  readonly #options: ProgressOptions;
  readonly #piecesOf: PiecesOf;
  readonly #small: readonly Variable[];
  readonly #large: ReadonlySet<Variable>;
  readonly #smallBytes: number;
  readonly #bytes: number;

  constructor(program: Program, options: FilesOptions) {
    const { largeWeight = LARGE, piecesOf = loadedPieces } = options;
    const all = [...new Set(program.variables.values())].filter(
      (variable) => !isInputOf(program, options, variable),
    );
    this.#options = options;
    this.#piecesOf = piecesOf;
    this.#small = all.filter((variable) => lengthOf(variable) < largeWeight);
    this.#large = new Set(all.filter((variable) => lengthOf(variable) >= largeWeight));
    this.#smallBytes = bytesIn(this.#small);
    this.#bytes = bytesIn(all);
  }

  /** Reads those that a graph has to know. */
  loadSmall(): Promise<void> {
    const { onProgress, signal } = this.#options;
    if (!onProgress) return loadAll(this.#small, { signal });
    const told = ({ stage, done }: Progress) => onProgress({ stage, done, total: this.#bytes });
    return loadAll(this.#small, { signal, onProgress: told });
  }

  /** What stands for the large ones, which tells how far it is read. */
  asLarge(): (variable: Variable) => LargeWeight | null {
    const watch = new Watch(this.#options);
    const total = this.#bytes;
    let done = this.#smallBytes;
    const piecesOf = this.#piecesOf;
    async function* watched(variable: Variable): AsyncGenerator<Uint8Array, void, undefined> {
      for await (const piece of piecesOf(variable)) {
        yield piece;
        // One that is there twice, such as a kernel that is needed with its axes turned too, is read twice.
        done = Math.min(done + piece.length, total);
        await watch.at("tensors", done, total);
      }
    }
    return (variable) =>
      this.#large.has(variable) ? LargeWeight.of(variable, () => watched(variable)) : null;
  }
}

async function* loadedPieces(variable: Variable): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytesOf((await variable.load()).data);
}

function bytesIn(variables: readonly Variable[]): number {
  return variables.reduce((sum, variable) => sum + lengthOf(variable), 0);
}

function lengthOf({ shape, dtype }: Variable): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}
