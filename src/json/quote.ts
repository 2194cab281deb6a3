import { printable } from "./printable.ts";

/** Writes text of unknown origin in double quotes on one line, and cuts it where it is longer than `limit`. */
export function quote(text: string, limit = 80): string {
  const whole = text.length <= limit;
  const shown = whole ? text : `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}…`;
  return printable(JSON.stringify(shown));
}
