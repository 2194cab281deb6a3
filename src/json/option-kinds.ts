import { isText, type OptionKind } from "./check-options.ts";

export const texts: OptionKind = [
  "a list of strings",
  (given) => Array.isArray(given) && given.every(isText),
];
export const aFlag: OptionKind = ["true or false", (value) => typeof value === "boolean"];
export const aCount: OptionKind = [
  "an integer from 0 on",
  (given) => Number.isInteger(given) && Number(given) >= 0,
];

export const aLimit: OptionKind = [
  "an integer from 0 on, or Infinity",
  (given) => given === Number.POSITIVE_INFINITY || aCount[1](given),
];
