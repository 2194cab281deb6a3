import { checkOption, checkOptions, type OptionKind, type OptionNames } from "../json/check-options.ts";
import { isDType } from "../tensor/dtype.ts";

/** What an option of a function of quantizers should be, by its name. */
const kinds: Readonly<Record<string, OptionKind>> = {
  value_range: [
    "the least and the largest integer",
    (given) =>
      Array.isArray(given) && given.length === 2 && given.every(Number.isFinite) && given[0] < given[1],
  ],
  dtype: ["a dtype of numbers", (given) => isDType(given) && given !== "string"],
  epsilon: ["a number from 0 on", (given) => Number.isFinite(given) && Number(given) >= 0],
  num_bits: [
    "an integer from 1 to 32",
    (given) => Number.isInteger(given) && Number(given) >= 1 && Number(given) <= 32,
  ],
  narrow_range: ["true or false", (given) => typeof given === "boolean"],
};

/** Complains about options that a function of quantizers does not take, and about values that they cannot have. */
export function checkQuantizerOptions<Options extends object>(
  where: string,
  options: Options,
  names: OptionNames<NoInfer<Options>>,
): void {
  checkOptions(where, options, names);
  const given: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(options));
  for (const [name, kind] of Object.entries(kinds))
    if (Object.hasOwn(names, name)) checkOption(where, given, name, kind);
}
