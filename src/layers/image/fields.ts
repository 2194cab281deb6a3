import type { Field, FieldSettings } from "../../fields/field.ts";
import { aNumber, aString, type Kind, nullable, optional, same } from "../../fields/kinds.ts";
import type { Problems } from "../../fields/problems.ts";
import { currentReading } from "../../fields/reading.ts";
import { choice, shorthand } from "../../fields/shorthands.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonArray } from "../../json/json.ts";
import { markFloat } from "../../json/marks.ts";
import { didYouMean } from "../../json/suggest.ts";
import { boxFormats } from "./boxes/box-formats.ts";

/** The least and the most of what is drawn. */
export type Pair = readonly [least: number, most: number];

/** One number, or two. */
type PairLike = number | readonly number[];

interface Bounds {
  readonly low: number;
  readonly high: number;
  /** What one number stands for the most of; defaults to its opposite or `low`. */
  readonly least?: number;
}

const isPair = (input: unknown): input is Pair =>
  Array.isArray(input) && input.length === 2 && input.every((item) => typeof item === "number");

/** The smaller one first. */
function sorted([one, other]: Pair): Pair {
  return one <= other ? [one, other] : [other, one];
}

/** How strong something is at least and at most: two numbers, or one that stands for both. */
function aPair({ low, high, least }: Bounds): Kind<PairLike, Pair> {
  const expected = `a number from ${low} to ${high} or two of them`;
  const fits = (n: number) => n >= low && n <= high;
  return {
    kind: "pair",
    expected,
    schema: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
    parse(input: unknown, problems: Problems): Pair {
      if (typeof input === "number" && fits(input)) {
        const most = Math.abs(input);
        return [least ?? Math.max(-most, low), most];
      }
      if (!isPair(input) || input[0] > high || input[1] < low) return problems.expected(expected, input);
      return sorted(input);
    },
    toJson: writePair,
    copy: same,
  };
}

/** How many bits are kept at least and at most, from 1 to 8: two numbers, or one that is the most. */
const someBits = aPair({ low: 1, high: 8, least: 1 });

/** The same as integers, which stay integers. */
export const bits = shorthand<PairLike, Pair>({ ...someBits, toJson: (pair) => [...pair] });

/** A number, or two of them, as another layer takes them; kept as it was given. */
const aStrength: Kind<PairLike, PairLike> = {
  kind: "pair",
  expected: "a number or two of them",
  schema: {
    anyOf: [{ type: "number" }, { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 }],
  },
  parse: (input, problems) =>
    typeof input === "number" || isPair(input) ? input : problems.expected(aStrength.expected, input),
  toJson: (given) => (typeof given === "number" ? given : [...given]),
  copy: same,
};

/** How strong something is that an inner layer does. */
export const strength = shorthand(aStrength);

/** Python's floats; a lower bound of nothing is an integer there. */
function writePair([least, most]: Pair): JsonArray {
  const written = [least, most];
  if (least !== 0 || Object.is(least, -0)) markFloat(written, 0);
  markFloat(written, 1);
  return written;
}

/** A number from -1 to 1, for as much in both directions, or the least and the most. */
export const bothWays = shorthand(aPair({ low: -1, high: 1 }));
/** A number from 0 to 1, which is the most, or the least and the most. */
export const upTo = shorthand(aPair({ low: 0, high: 1, least: 0 }));

/** A number from -1 to 1, or two of them; kept as it was given. */
const aFraction: Kind<PairLike, PairLike> = {
  kind: "pair",
  expected: "a number from -1 to 1 or two of them",
  float: true,
  schema: { anyOf: [{ type: "number" }, { type: "array", items: { type: "number" } }] },
  parse(input, problems) {
    const fits = (n: number) => n >= -1 && n <= 1;
    if (typeof input === "number" && fits(input)) return input;
    if (isPair(input) && input.every(fits)) return input;
    return problems.expected(aFraction.expected, input);
  },
  toJson: (given) => (typeof given === "number" ? given : [...given]),
  copy: same,
};

/** For as much in both directions, or the least and the most. */
export const fractions = shorthand(aFraction);

/** What a fraction that was given stands for. */
export function pairOf(given: PairLike): Pair {
  if (typeof given === "number") return [-Math.abs(given), Math.abs(given)];
  const [one = 0, other = 0] = given;
  return sorted([one, other]);
}

function aValueRange(arrange: (pair: Pair) => Pair): Kind<readonly number[], Pair> {
  const expected = "two numbers, the least and the largest value of a pixel";
  return {
    kind: "pair",
    expected,
    schema: { type: "array", items: aNumber.schema, minItems: 2, maxItems: 2 },
    parse: (input, problems) => (isPair(input) ? arrange(input) : problems.expected(expected, input)),
    toJson: (pair) => [...pair],
    copy: same,
  };
}

/** The least and the largest value of a pixel. */
export const valueRange = (settings = {}): Field<readonly number[], Pair, false> =>
  optional(aValueRange(sorted), [0, 255], settings);

/** The same, kept in the order that it was given in. */
export const givenRange = (): Field<readonly number[], Pair, false> => optional(aValueRange(same), [0, 255]);

/** How boxes are given, the case of letters being free. A config may have any text until boxes come. */
const aBoxFormat: Kind<string, string> = {
  ...aString,
  expected: `one of ${boxFormats.map((name) => inspect(name)).join(", ")}`,
  parse(input, problems) {
    const isText = typeof input === "string";
    if (isText && (currentReading() !== null || boxFormats.some((name) => name === input.toLowerCase())))
      return input;
    return problems.expected(this.expected, input, isText ? didYouMean(input, boxFormats) : "");
  },
};

/** How boxes are given; written only where it is given. */
export const boundingBoxFormat = (settings: FieldSettings = {}): Field<string | null, string | null, false> =>
  optional(nullable(aBoxFormat), null, { omitIfDefault: true, ...settings });

/** What stands outside of images that are moved. */
export const outside = choice("reflect", "wrap", "constant", "nearest");
/** The same, and mirrored without its border. */
export const outsideOrMirrored = choice("reflect", "wrap", "constant", "nearest", "mirror");
/** How values between pixels are made. */
export const between = choice("bilinear", "nearest");

const aNumberOrThree: Kind<PairLike, PairLike> = {
  kind: "numbers",
  expected: "a number, or three of them",
  schema: { anyOf: [{ type: "number" }, { type: "array", items: { type: "number" } }] },
  parse(input, problems) {
    const fits = (n: unknown): n is number => typeof n === "number";
    if (fits(input)) return input;
    if (Array.isArray(input) && input.length === 3 && input.every(fits)) return input;
    return problems.expected(aNumberOrThree.expected, input);
  },
  toJson: (given) => (typeof given === "number" ? given : [...given]),
  copy: same,
};

/** A value of all channels, or one of each of three. */
export const numberOrNumbers = shorthand(aNumberOrThree);

const areOdd: Kind<PairLike, Pair> = {
  kind: "sizes",
  expected: "an odd positive integer, or two of them",
  schema: { type: "array", items: { type: "integer", minimum: 1 }, minItems: 2, maxItems: 2 },
  parse(input, problems) {
    const fits = (n: number) => Number.isInteger(n) && n > 0 && n % 2 === 1;
    if (typeof input === "number" && fits(input)) return [input, input];
    if (isPair(input) && input.every(fits)) return input;
    return problems.expected(areOdd.expected, input);
  },
  toJson: (pair) => [...pair],
  copy: same,
};

/** Odd sizes of a kernel. */
export const oddSizes = shorthand(areOdd);
