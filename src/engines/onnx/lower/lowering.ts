import type { Instruction, PrimitiveName } from "../../../program/primitives.ts";
import type { Scope } from "./scope.ts";

/** Appends the nodes that compute an instruction, and gives the names of its outputs. */
export type Lowering<K extends PrimitiveName> = (
  scope: Scope,
  instruction: Instruction<K>,
) => readonly string[];

export type Lowerings<K extends PrimitiveName> = { readonly [P in K]: Lowering<P> };

/** The same where ONNX lacks some, which are null: their instructions run in the reference engine. */
export type PartialLowerings<K extends PrimitiveName> = { readonly [P in K]: Lowering<P> | null };
