import { ShapeError } from "../../errors.ts";
import { type Operation, placeOf } from "../../graph/graph.ts";
import { quote } from "../../json/quote.ts";
import { formatShape, type Shape, type StaticShape } from "../../tensor/shape.ts";

/** What an equation says of the weights, for inputs of one shape. */
export interface EinsumShapes {
  readonly kernel: StaticShape;
  readonly bias: Shape | null;
  readonly output: Shape;
}

interface Terms {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
  /** Where axes without a letter are: before the named ones, behind them, or nowhere. */
  readonly unnamed: "first" | "last" | "none";
}

const forms: readonly (readonly [RegExp, Terms["unnamed"]])[] = [
  [/^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)$/, "none"],
  [/^\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)$/, "first"],
  [/^([a-zA-Z]{2,})\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\.$/, "last"],
];

/** The three terms of an equation such as `abc,cd->abd`; null if it has another form. */
export function parseEquation(equation: string): Terms | null {
  for (const [form, unnamed] of forms) {
    const [all, input = "", kernel = "", output = ""] = form.exec(equation) ?? [];
    if (all !== undefined) return { input, kernel, output, unnamed };
  }
  return null;
}

/**
 * The shapes of kernel, bias and output. `outputShape` is that of the output without the batch and without unnamed
 * axes; null in it is a size that is the input's or not known.
 */
export function einsumShapes(
  layer: Operation,
  terms: Terms,
  biasAxes: string | null,
  inputShape: Shape,
  outputShape: Shape,
): EinsumShapes {
  const { input, kernel, output, unnamed } = terms;
  const fail = (message: string): never => {
    throw new ShapeError(placeOf(layer), message);
  };
  const count = Math.max(0, inputShape.length - input.length);
  const isFirst = unnamed === "first";
  const [batch = null, ...rest] = inputShape;
  const full: Shape = isFirst
    ? [batch, ...rest.slice(0, Math.max(0, count - 1)), ...outputShape]
    : [batch, ...outputShape, ...rest.slice(rest.length - count)];
  const offset = isFirst ? count : 0;
  const inputSizes = new Map([...input].map((letter, i) => [letter, inputShape[i + offset]]));
  const outputSizes = new Map([...output].map((letter, i) => [letter, full[i + offset]]));
  for (const [letter, size] of inputSizes) {
    const other = outputSizes.get(letter);
    if (other != null && other !== size) {
      fail(
        `expected equal sizes of axis ${quote(letter)} of input and output, received ${size} and ${other}.`,
      );
    }
  }
  const known = new Set(input + kernel);
  for (const letter of output)
    if (!known.has(letter))
      fail(`expected axis ${quote(letter)} of the output in the input or the kernel, received neither.`);
  const kernelShape = [...kernel].map((letter) => {
    const size = inputSizes.has(letter) ? inputSizes.get(letter) : outputSizes.get(letter);
    if (typeof size === "number") return size;
    return fail(
      `expected axis ${quote(letter)} of the kernel to have a known size, received input shape ${formatShape(inputShape)}.`,
    );
  });
  return { kernel: kernelShape, bias: biasShape(), output: full };

  function biasShape(): Shape | null {
    if (biasAxes === null) return null;
    for (const letter of biasAxes)
      if (!output.includes(letter)) fail(`expected bias axes of the output, received ${quote(letter)}.`);
    const from = [...biasAxes].reduce(
      (least, letter) => Math.min(least, output.indexOf(letter)),
      output.length,
    );
    const sizes = [...output.slice(from)].map((letter) =>
      biasAxes.includes(letter) ? (outputSizes.get(letter) ?? null) : 1,
    );
    return isFirst ? sizes : [...sizes, ...new Array<number>(count).fill(1)];
  }
}
