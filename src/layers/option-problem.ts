import { ConfigError } from "../errors.ts";
import { currentReading } from "../fields/reading.ts";
import { joinPath } from "../json/path.ts";

/** The error for options that do not fit each other: where, and `expected …, received …`. */
export function optionProblem(className: string, option: string, message: string): ConfigError {
  return new ConfigError(joinPath(currentReading()?.path ?? className, option), message);
}
