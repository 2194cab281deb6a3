import { KerasTensor } from "../../graph/graph.ts";
import * as l from "../../layers/index.ts";
import type { Given, OperationRow, OperationRows } from "../operations/operation-row.ts";

/** Two tensors that are brought together, or one and a number. */
const merging =
  (
    make: () => { apply(list: readonly KerasTensor[]): KerasTensor },
    withNumber?: (n: number, isFirst: boolean) => Line,
  ): OperationRow =>
  ({ x1, x2 }) => {
    if (isFloats(x1) && isFloats(x2)) return x1.rank === x2.rank ? make().apply([x1, x2]) : null;
    const [x, other] = isFloats(x1) ? [x1, x2] : [x2, x1];
    if (!withNumber || !isFloats(x) || typeof other !== "number") return null;
    return scaled(x, withNumber(other, x === x2));
  };

/** `scale * x + offset` */
type Line = readonly [scale: number, offset: number];

/** JSON has no other numbers than finite ones. */
function scaled(x: KerasTensor, [scale, offset]: Line): KerasTensor | null {
  if (!Number.isFinite(scale) || !Number.isFinite(offset)) return null;
  return new l.Rescaling({ scale, offset }).apply<KerasTensor>(x);
}

function isFloats(value: unknown): value is KerasTensor {
  return value instanceof KerasTensor && value.dtype === "float32" && value.rank > 0;
}

function isLast({ x, axis }: Given): boolean {
  return axis === -1 || axis === x.rank - 1;
}

/** Of one tensor, by a layer of its own; the condition says where it is the same. */
const by =
  (make: (given: Given) => unknown, fits: (given: Given) => boolean = () => true): OperationRow =>
  (given) =>
    isFloats(given.x) && fits(given)
      ? (make(given) as { apply(x: KerasTensor): KerasTensor }).apply(given.x)
      : null;

const activation = (name: string, fits?: (given: Given) => boolean) =>
  by(() => new l.Activation({ activation: name }), fits);

/** Only by a number, which is a scale. */
const division: OperationRow = ({ x1, x2 }) =>
  isFloats(x1) && typeof x2 === "number" ? scaled(x1, [1 / x2, 0]) : null;

/** Over all places of a sequence or an image. */
function isOverAll({ x, axis, keepdims, initial = null }: Given): boolean {
  const axes: readonly number[] = [axis].flat();
  const places = new Set(axes.map((at) => (at < 0 ? at + x.rank : at)));
  const isAll = places.size === x.rank - 2 && !places.has(0) && !places.has(x.rank - 1);
  return isAll && !keepdims && initial === null && axis !== null && (x.rank === 3 || x.rank === 4);
}

/** What each operation is among the layers of TensorFlow.js, by module after `keras.src.ops.` and class. */
export const tensorflowJsOperations: OperationRows = {
  "nn.Elu": by(
    () => new l.ELU(),
    ({ alpha }) => alpha === 1,
  ),
  "nn.Gelu": activation("gelu", ({ approximate }) => !approximate),
  "nn.LeakyRelu": by(({ negative_slope }) => new l.LeakyReLU({ negative_slope })),
  "nn.LogSoftmax": activation("log_softmax", isLast),
  "nn.Relu": activation("relu"),
  "nn.Relu6": activation("relu6"),
  "nn.Selu": activation("selu"),
  "nn.Sigmoid": activation("sigmoid"),
  "nn.Silu": activation("silu"),
  "nn.Softmax": by(() => new l.Softmax(), isLast),
  "nn.Softplus": activation("softplus"),
  "nn.Softsign": activation("softsign"),
  "numpy.Add": merging(
    () => new l.Add(),
    (n) => [1, n],
  ),
  "numpy.Concatenate": ({ xs, axis }) =>
    Array.isArray(xs) && xs.every(isFloats) ? new l.Concatenate({ axis }).apply<KerasTensor>(xs) : null,
  "numpy.Divide": division,
  "numpy.Max": by(
    ({ x }) => (x.rank === 3 ? new l.GlobalMaxPooling1D() : new l.GlobalMaxPooling2D()),
    isOverAll,
  ),
  "numpy.Maximum": merging(() => new l.Maximum()),
  "numpy.Mean": by(
    ({ x }) => (x.rank === 3 ? new l.GlobalAveragePooling1D() : new l.GlobalAveragePooling2D()),
    isOverAll,
  ),
  "numpy.Minimum": merging(() => new l.Minimum()),
  "numpy.Multiply": merging(
    () => new l.Multiply(),
    (n) => [n, 0],
  ),
  "numpy.Negative": ({ x }) => (isFloats(x) ? scaled(x, [-1, 0]) : null),
  "numpy.Square": ({ x }) => (isFloats(x) ? new l.Multiply().apply<KerasTensor>([x, x]) : null),
  "numpy.Subtract": merging(
    () => ({ apply: ([x, y]) => new l.Add().apply<KerasTensor>([x!, scaled(y!, [-1, 0])!]) }),
    (n, isFirst) => (isFirst ? [-1, n] : [1, -n]),
  ),
  "numpy.Tanh": activation("tanh"),
  "numpy.Transpose": ({ x, axes }) => {
    if (!isFloats(x) || !Array.isArray(axes)) return null;
    const [first, ...dims] = axes.map((axis: number) => (axis < 0 ? axis + x.rank : axis));
    return first === 0 ? new l.Permute({ dims }).apply<KerasTensor>(x) : null;
  },
  "numpy.TrueDivide": division,
};
