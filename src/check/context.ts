import type { CustomObjects, Registry } from "../registry/registry.ts";
import { Budget, type Limits } from "../saving/budget.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import type { Findings } from "./findings.ts";
import type { CheckReport } from "./report.ts";

/** A file that is being looked at. */
export interface Looked {
  readonly source: ByteSource;
  /** What the file may ask for in all. */
  readonly budget: Budget;
  readonly limits: Limits;
  /** What messages call it. */
  readonly name: string;
  readonly findings: Findings;
  /** The classes and functions that nobody need be told of. */
  readonly known: Registry;
  readonly customObjects: CustomObjects | undefined;
}

/** The same budget for who reads no element: what is declared can be told whatever it comes to. */
export function toLookAt({ source, budget }: Looked): Budget {
  return { ...budget, declaredBytes: new Budget(source.size, { declaredBytes: Infinity }).declaredBytes };
}

/** What a file says of itself, as far as its format has it. */
export type Facts = Pick<CheckReport, "format"> &
  Partial<Pick<CheckReport, "keras_version" | "date_saved" | "model" | "weights" | "needs" | "loads">> & {
    /** Whether all that is needed to use it is there and known; what the findings say comes on top. */
    readonly isWhole: boolean;
  };
