import { pythonFloat } from "../json/python-float.ts";
import { quote } from "../json/quote.ts";
import { largest } from "../largest.ts";
import { arrayType, type DType, isFloat } from "./dtype.ts";
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from "./float16.ts";
import { scalarsOf } from "./nested.ts";
import type { Elements } from "./numbers.ts";
import { formatShape, type StaticShape, sizeOf } from "./shape.ts";

/** More elements than these are shortened to the first and last of each dimension. */
const THRESHOLD = 1000;
const EDGE = 3;
const WIDTH = 75;
const DIGITS = 8;

/** A tensor as a text: its shape and dtype, and its numbers as NumPy prints them. */
export function tensorText(tensor: Elements & { readonly shape: StaticShape }): string {
  const { dtype, shape, data, strings = null } = tensor;
  const shortened = data.length > THRESHOLD;
  const isCut = (axis: number) => shortened && shape[axis]! > 2 * EDGE;
  const places = shape.map((length, axis) =>
    Array.from({ length: isCut(axis) ? 2 * EDGE : length }, (_, i) =>
      isCut(axis) && i >= EDGE ? length - 2 * EDGE + i : i,
    ),
  );
  let starts = [0];
  places.forEach((each, axis) => {
    const step = sizeOf(shape.slice(axis + 1));
    starts = starts.flatMap((start) => each.map((i) => start + i * step));
  });
  const kept = new (arrayType(dtype))(starts.length) as Float32Array;
  starts.forEach((at, i) => {
    kept[i] = (data as Float32Array)[at]!;
  });
  const words = wordsOf({ dtype, data: kept, strings }, shape.length === 0);
  let next = 0;
  const rows = (axis: number, indent: string, width: number): string => {
    if (axis === shape.length) return words[next++]!;
    const isLast = axis === shape.length - 1;
    const items = places[axis]!.map(() => rows(axis + 1, `${indent} `, width - 1));
    if (isCut(axis)) items.splice(EDGE, 0, "...");
    if (!isLast) return `[${items.join("\n".repeat(shape.length - 1 - axis) + indent)}]`;
    let line = indent;
    let text = "";
    for (const item of items) {
      if (line.length > indent.length && line.length + item.length > width - 1) {
        text += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += `${item} `;
    }
    return `[${(text + line.slice(0, -1)).slice(indent.length)}]`;
  };
  const numbers = data.length === 0 ? "[]" : rows(0, " ", WIDTH);
  return `<Tensor shape=${formatShape(shape)}, dtype=${dtype}>\n${numbers}`;
}

/** Elements as texts of one width. */
function wordsOf(tensor: Elements, isAlone: boolean): string[] {
  const { dtype } = tensor;
  const values = Array.from(scalarsOf(tensor));
  if (isFloat(dtype)) {
    const numbers = values.map(Number);
    return isAlone ? numbers.map((x) => floatWord(x, dtype)) : floatWords(numbers, dtype);
  }
  if (dtype === "string") return values.map((text) => quote(String(text)));
  return padded(
    values.map((x) =>
      typeof x === "boolean" ? (x ? "True".padStart(isAlone ? 4 : 5) : "False") : String(x),
    ),
  );
}

/** A float alone, as Python prints it, in the fewest digits that tell it from its neighbours. */
function floatWord(x: number, dtype: DType): string {
  if (!Number.isFinite(x)) return notFinite(x);
  return pythonFloat(Number(x.toPrecision(shortest(x, dtype))));
}

/** Floats in the fewest digits that tell them apart, at most eight behind the point, the points below each other. */
function floatWords(values: readonly number[], dtype: DType): string[] {
  const sizes = values.map(Math.abs).filter((x) => x > 0 && x < Infinity);
  const [least, most] = [-largest(sizes.map((x) => -x)), largest(sizes)];
  const isScientific = sizes.length > 0 && (most >= 1e8 || least < 1e-4 || most / least > 1000);
  const write = isScientific ? scientific : positional;
  const words = values.map((x) => (Number.isFinite(x) ? write(x, shortest(x, dtype)) : notFinite(x)));
  const decimals = largest(words.map((word) => /\.(\d*)/.exec(word)?.[1]?.length ?? 0));
  if (!isScientific) {
    return padded(
      words.map((word) => (word.includes(".") ? word.padEnd(decimals + 1 + word.indexOf(".")) : word)),
    );
  }
  const exact = values.map((x) => (Number.isFinite(x) ? x.toExponential(decimals) : notFinite(x)));
  const power = largest(
    exact.map((word) => /\d*$/.exec(word)![0].length),
    2,
  );
  return padded(
    exact.map((word) => {
      const [mantissa = "", exponent] = word.split("e");
      if (exponent === undefined) return word;
      const point = decimals === 0 ? "." : "";
      return `${mantissa}${point}e${exponent[0]}${exponent.slice(1).padStart(power, "0")}`;
    }),
  );
}

function notFinite(x: number): string {
  return Number.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
}

/** With its point and without zeros at its end: `1.`, `0.25`. */
function positional(x: number, digits: number): string {
  const text = Object.is(x, -0) ? "-0" : String(Number(x.toPrecision(digits)));
  const [whole, decimals = ""] = text.split(".");
  return decimals.length <= DIGITS ? `${whole}.${decimals}` : x.toFixed(DIGITS).replace(/0+$/, "");
}

function scientific(x: number, digits: number): string {
  return x.toExponential(Math.min(digits - 1, DIGITS));
}

/** How many digits tell a number from its neighbours in its dtype. */
function shortest(x: number, dtype: DType): number {
  const round = rounding[dtype] ?? ((value: number) => value);
  let digits = 1;
  while (digits < 17 && round(Number(x.toPrecision(digits))) !== x) digits++;
  return digits;
}

const rounding: { readonly [K in DType]?: (x: number) => number } = {
  float16: (x) => fromFloat16(toFloat16(x)),
  bfloat16: (x) => fromBfloat16(toBfloat16(x)),
  float32: Math.fround,
};

function padded(words: readonly string[]): string[] {
  const width = largest(words.map(({ length }) => length));
  return words.map((word) => word.padStart(width));
}
