import { Option as Flag, InvalidArgumentError } from "commander";
import { quote } from "../json/quote.ts";
import { type LimitName, type Limits, limitNames } from "../saving/budget.ts";

/** The flag that raises a limit of what a file may ask for; it may be given again for another one. */
export function limitFlag(): Flag {
  const names = limitNames.join(", ");
  const flag = new Flag(
    "--limit <name=number>",
    `Let a file that you trust ask for more (or Infinity) of one of ${names}.`,
  );
  return flag.argParser(parseLimit);
}

function parseLimit(text: string, others: Limits = {}): Limits {
  const [name = "", number = "", ...rest] = text.split("=");
  const known = limitNames.find((each): each is LimitName => each === name);
  if (known && rest.length === 0 && /^(?:\d+|Infinity)$/.test(number))
    return { ...others, [known]: Number(number) };
  throw new InvalidArgumentError(
    `Expected a name and a number, such as jsonValues=5000000, received ${quote(text)}.`,
  );
}
