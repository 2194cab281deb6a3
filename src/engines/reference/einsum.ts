import { parseEinsum } from "../../program/rules/einsum.ts";
import { linearRules } from "../../program/rules/linear.ts";
import { reduceRules } from "../../program/rules/reduce.ts";
import { sizeOf, stridesOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Kernel } from "./kernel.ts";
import { matmulKernels } from "./matmul.ts";
import { reduceKernels } from "./reduce.ts";
import { transposed, view } from "./shape.ts";

/** A tensor with a letter for each dimension. */
interface Labelled {
  readonly labels: string;
  readonly tensor: Tensor;
}

function reshaped({ dtype, data }: Tensor, shape: readonly number[]): Tensor {
  return new Tensor(dtype, shape, data);
}

/** Takes the diagonal where a letter repeats. */
function diagonal({ labels, tensor }: Labelled): Labelled {
  const unique = [...new Set(labels)].join("");
  if (unique === labels) return { labels, tensor };
  const strides = stridesOf(tensor.shape);
  const steps = [...unique].map((label) =>
    [...labels].reduce((sum, other, i) => (other === label ? sum + strides[i]! : sum), 0),
  );
  const shape = [...unique].map((label) => tensor.shape[labels.indexOf(label)]!);
  return { labels: unique, tensor: view(tensor, shape, steps) };
}

/** Sums over the letters that nothing else needs. */
function sumOut({ labels, tensor }: Labelled, needed: string): Labelled {
  const axes = [...labels].flatMap((label, i) => (needed.includes(label) ? [] : [i]));
  if (axes.length === 0) return { labels, tensor };
  const attributes = { axes, keepdims: false };
  const specs = reduceRules.reduce_sum([tensor], attributes);
  const [sum] = reduceKernels.reduce_sum([tensor], attributes, specs);
  return { labels: [...labels].filter((label) => needed.includes(label)).join(""), tensor: sum! };
}

function arranged({ labels, tensor }: Labelled, order: string): Tensor {
  return labels === order
    ? tensor
    : transposed(
        tensor,
        [...order].map((label) => labels.indexOf(label)),
      );
}

/** The product of two operands, summed over the letters that are only in both of them. */
function contract(left: Labelled, right: Labelled, needed: string): Labelled {
  const a = sumOut(left, right.labels + needed);
  const b = sumOut(right, left.labels + needed);
  const common = [...a.labels].filter((label) => b.labels.includes(label));
  const batch = common.filter((label) => needed.includes(label)).join("");
  const inner = common.filter((label) => !needed.includes(label)).join("");
  const rows = [...a.labels].filter((label) => !b.labels.includes(label)).join("");
  const columns = [...b.labels].filter((label) => !a.labels.includes(label)).join("");
  const x = arranged(a, batch + rows + inner);
  const y = arranged(b, batch + inner + columns);
  const batchShape = x.shape.slice(0, batch.length);
  const rowShape = x.shape.slice(batch.length, batch.length + rows.length);
  const columnShape = y.shape.slice(batch.length + inner.length);
  const depth = sizeOf(y.shape.slice(batch.length, batch.length + inner.length));
  const count = sizeOf(batchShape);
  const factors = [
    reshaped(x, [count, sizeOf(rowShape), depth]),
    reshaped(y, [count, depth, sizeOf(columnShape)]),
  ];
  const [product] = matmulKernels.matmul(factors, {}, linearRules.matmul(factors));
  return {
    labels: batch + rows + columns,
    tensor: reshaped(product!, [...batchShape, ...rowShape, ...columnShape]),
  };
}

const einsum: Kernel<"einsum"> = (inputs, { equation }) => {
  const { operands, result } = parseEinsum(equation);
  const terms = operands.map((labels, i) => diagonal({ labels, tensor: inputs[i]! }));
  let product = terms[0]!;
  for (let i = 1; i < terms.length; i++) {
    const needed =
      result +
      terms
        .slice(i + 1)
        .map(({ labels }) => labels)
        .join("");
    product = contract(product, terms[i]!, needed);
  }
  return [arranged(sumOut(product, result), result)];
};

export const einsumKernels = { einsum };
