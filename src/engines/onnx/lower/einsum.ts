import { parseEinsum } from "../../../program/rules/einsum.ts";
import type { Value } from "../../../program/value.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

/** The labels of a product of two operands, by where they appear. */
interface Product {
  readonly left: string;
  readonly right: string;
  readonly result: string;
  readonly batch: string;
  readonly contracted: string;
  readonly leftOnly: string;
  readonly rightOnly: string;
  readonly sizes: ReadonlyMap<string, number | null>;
}

/** MatMul where that is all there is to do (ONNX Runtime knows more about it), else Einsum. */
export const einsum: Lowering<"einsum"> = (scope, { inputs, attributes: { equation } }) => {
  const product = asProduct(equation, inputs);
  const matmul = product && (flatProduct(scope, inputs, product) ?? batchedProduct(scope, inputs, product));
  if (matmul) return [matmul];
  const names = inputs.map((input) => scope.name(input));
  return [scope.compute("Einsum", inputs[0]!.dtype, names, { equation })];
};

function asProduct(equation: string, inputs: readonly Value[]): Product | null {
  const { operands, result } = parseEinsum(equation);
  const [left, right] = operands;
  if (operands.length !== 2 || left === undefined || right === undefined) return null;
  const sizes = new Map<string, number | null>();
  for (const [k, labels] of operands.entries()) {
    if (new Set(labels).size !== labels.length) return null;
    for (const [i, label] of [...labels].entries()) {
      const size = inputs[k]!.shape[i]!;
      // In the shape of a reshape, 0 means that a size is copied.
      if (size === 0) return null;
      sizes.set(label, sizes.get(label) ?? size);
    }
  }
  const only = (labels: string, keep: (label: string) => boolean) => [...labels].filter(keep).join("");
  const batch = only(result, (label) => left.includes(label) && right.includes(label));
  const contracted = only(left, (label) => right.includes(label) && !result.includes(label));
  const leftOnly = only(result, (label) => left.includes(label) && !right.includes(label));
  const rightOnly = only(result, (label) => right.includes(label) && !left.includes(label));
  const complete =
    left.length === batch.length + contracted.length + leftOnly.length &&
    right.length === batch.length + contracted.length + rightOnly.length;
  if (!complete || contracted === "") return null;
  return { left, right, result, batch, contracted, leftOnly, rightOnly, sizes };
}

function permute(scope: Scope, name: string, from: string, to: string): string {
  return scope.transpose(
    name,
    [...to].map((label) => from.indexOf(label)),
  );
}

function statics(labels: string, sizes: Product["sizes"]): number[] | null {
  const known = [...labels].map((label) => sizes.get(label)!);
  return known.every((size) => size !== null) ? known : null;
}

const productOf = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);

/** `(…, contracted) · (contracted, …)`, as a layer multiplies by its weights: the right operand becomes a matrix. */
function flatProduct(scope: Scope, inputs: readonly Value[], product: Product): string | null {
  const { left, right, result, batch, contracted, leftOnly, rightOnly, sizes } = product;
  const inner = statics(contracted, sizes);
  const columns = statics(rightOnly, sizes);
  if (batch !== "" || leftOnly === "" || inner === null || columns === null) return null;
  // In the right operand's own order its weights need no transposing.
  const shared = [...right].filter((label) => contracted.includes(label)).join("");
  const innerSize = productOf(inner);
  const copied = Array.from(leftOnly, () => 0);
  let a = permute(scope, scope.name(inputs[0]!), left, leftOnly + shared);
  if (inner.length > 1) a = scope.node("Reshape", [a, scope.int64([...copied, innerSize])]);
  let b = permute(scope, scope.name(inputs[1]!), right, shared + rightOnly);
  if (right.length !== 2) b = scope.node("Reshape", [b, scope.int64([innerSize, productOf(columns)])]);
  let matrix = scope.compute("MatMul", inputs[0]!.dtype, [a, b]);
  if (rightOnly.length !== 1) matrix = scope.node("Reshape", [matrix, scope.int64([...copied, ...columns])]);
  return permute(scope, matrix, leftOnly + rightOnly, result);
}

/** A matrix product for each of the batch labels, as attention does. */
function batchedProduct(scope: Scope, inputs: readonly Value[], product: Product): string | null {
  const { left, right, result, batch, contracted, leftOnly, rightOnly } = product;
  if (contracted.length !== 1 || leftOnly.length > 1 || rightOnly.length > 1) return null;
  let a = permute(scope, scope.name(inputs[0]!), left, batch + leftOnly + contracted);
  let b = permute(scope, scope.name(inputs[1]!), right, batch + contracted + rightOnly);
  if (leftOnly === "") a = scope.node("Unsqueeze", [a, scope.int64([-2])]);
  if (rightOnly === "") b = scope.node("Unsqueeze", [b, scope.int64([-1])]);
  let matrix = scope.compute("MatMul", inputs[0]!.dtype, [a, b]);
  const added = [...(leftOnly === "" ? [-2] : []), ...(rightOnly === "" ? [-1] : [])];
  if (added.length > 0) matrix = scope.node("Squeeze", [matrix, scope.int64(added)]);
  return permute(scope, matrix, batch + leftOnly + rightOnly, result);
}
