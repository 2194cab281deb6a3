import { anInteger, type Kind, listOf } from "../fields/kinds.ts";
import { shorthand } from "../fields/shorthands.ts";

const integers = listOf(anInteger);

const oneOrMore: Kind<number | readonly number[], readonly number[]> = {
  ...integers,
  expected: "an integer or a list of them",
  parse: (input, problems) => {
    const list = typeof input === "number" ? [input] : input;
    if (Array.isArray(list) && list.every(Number.isInteger)) return [...list];
    return problems.expected("an integer or a list of them", input);
  },
};

/** Integers: one stands for a list of one; held and written as a list. */
export const integerList = shorthand(oneOrMore);
