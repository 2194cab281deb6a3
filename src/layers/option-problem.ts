import { ConfigError } from "../errors.ts";
import { readScope } from "../fields/scope.ts";
import { joinPath } from "../json/path.ts";

/** The error for options that do not fit each other: where, and `expected …, received …`. */
export function optionProblem(className: string, option: string, message: string): ConfigError {
  return new ConfigError(joinPath(readScope()?.path ?? className, option), message);
}
