import { askedDialect, type Dialect } from "../dialects/version.ts";
import type { Issue } from "../errors.ts";
import { aCallback, aText, checkOption, checkOptions, type OptionKind } from "../json/check-options.ts";
import { type CustomObjects, Registry } from "./registry.ts";

/** How configs are read. */
export interface DeserializeOptions {
  /**
   * The classes and functions a config may name. Where none is given, `fromConfig` knows the classes of Keras
   * that the program made objects of, and everything knows the classes of envelopes that were written here.
   */
  readonly registry?: Registry | null | undefined;
  /** Your own classes and functions, by name. */
  readonly customObjects?: CustomObjects | null | undefined;
  /** The Keras version that wrote the config. Defaults to what the config says of itself by its keys. */
  readonly dialect?: Dialect | null | undefined;
  /** Keep what is not known, unknown classes and keys, and report it here, instead of failing. */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /** The name of what is read, for messages. Defaults to `config`. */
  readonly path?: string | null | undefined;
}

const names = {
  registry: true,
  customObjects: true,
  dialect: true,
  onUnknown: true,
  path: true,
} as const;

export const aRegistry: OptionKind = ["a Registry", (given) => given instanceof Registry];

/**
 * Complains about options that nothing takes which reads a config. `where` is what was given them, `others` are what it
 * takes besides.
 */
export function checkReadOptions(
  where: string,
  options: DeserializeOptions,
  others?: Readonly<Record<string, true>>,
): void {
  // Every object that is read comes by here: nothing is made where there are no others.
  checkOptions(where, options, others ? { ...names, ...others } : names);
  const { dialect } = options;
  checkOption(where, options, "registry", aRegistry);
  if (dialect != null) askedDialect(`${where}.dialect`, dialect);
  checkOption(where, options, "onUnknown", aCallback);
  checkOption(where, options, "path", aText);
}
