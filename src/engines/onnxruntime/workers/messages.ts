import type { TypedArray } from "../../../tensor/dtype.ts";
import type { RuntimeChoice } from "../module.ts";

/** A tensor of ONNX Runtime between threads. Its buffer belongs to who receives it. */
export interface SentTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: TypedArray;
}

/** What a worker is asked to do. A session has the number that it was created under. */
export type Task =
  | { readonly kind: "create"; readonly session: number; readonly size: number; readonly options: object }
  | { readonly kind: "run"; readonly session: number; readonly feeds: Readonly<Record<string, SentTensor>> }
  | { readonly kind: "release"; readonly session: number };

/** What a worker is sent: first what to load, then tasks, at last to end; the bytes of a model follow the task that creates its session. */
export type Request =
  | { readonly kind: "load"; readonly choice: RuntimeChoice }
  | { readonly kind: "end" }
  | { readonly kind: "piece"; readonly session: number; readonly bytes: Uint8Array }
  | (Task & { readonly id: number });

/** A worker's answer to the task of this id. */
export type Reply =
  | { readonly id: number; readonly results: Readonly<Record<string, SentTensor>> }
  | { readonly id: number; readonly error: string };
