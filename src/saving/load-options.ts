import { FileError, type Issue } from "../errors.ts";
import { aCallback, aText, checkOption, checkOptions } from "../json/check-options.ts";
import { aFlag } from "../json/option-kinds.ts";
import { checkProgress, type ProgressOptions } from "../progress.ts";
import { aRegistry } from "../registry/deserialize-options.ts";
import type { CustomObjects, Registry } from "../registry/registry.ts";
import { checkLimits, type Limits } from "./budget.ts";

export interface LoadModelOptions extends ProgressOptions {
  /** The classes and functions a file may name. Defaults to everything of Keras that this package has. */
  readonly registry?: Registry | null | undefined;
  /** Your own classes and functions, by name. */
  readonly customObjects?: CustomObjects | null | undefined;
  /** Whether how the model was compiled, and its optimizer's state, are kept. Defaults to true. */
  readonly compile?: boolean | undefined;
  /**
   * Keep what is not known, unknown classes and keys, and report it here, instead of failing. Weights that an older Keras
   * left out of the file, or whose shards are not there, are reported here too.
   */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /**
   * Read the whole file and compare all its checksums before anything is made of it: the CRC-32 of each member, and the
   * sums that HDF5 has of compressed and checked chunks. Defaults to false: weights are compared when the last of them
   * is read, and when the model is saved.
   */
  readonly verify?: boolean | undefined;
  /** What errors call the file. */
  readonly name?: string | undefined;
  /** What the file may ask for until it is refused. Each limit has a default that no honest file meets. */
  readonly limits?: Limits | null | undefined;
}

/** What readers of models take: what callers may give, and what is asked within this package. */
export interface ReadModelOptions extends LoadModelOptions {
  /**
   * Told what does not come along, or is called otherwise, though all of it is known: that is no error without `onUnknown`.
   * Defaults to `onUnknown`.
   */
  readonly onNotice?: LoadModelOptions["onUnknown"];
}

/** Complains about options that no function takes which opens a model. */
export function checkLoadOptions(where: string, options: LoadModelOptions): void {
  checkOptions(where, options, {
    registry: true,
    customObjects: true,
    compile: true,
    onUnknown: true,
    verify: true,
    name: true,
    limits: true,
    onProgress: true,
    signal: true,
  });
  checkOption(where, options, "registry", aRegistry);
  checkOption(where, options, "verify", aFlag);
  checkOption(where, options, "onUnknown", aCallback);
  checkOption(where, options, "name", aText);
  checkLimits(where, options.limits);
  checkProgress(options);
}

export interface LoadWeightsOptions extends ProgressOptions {
  /** Leave the layers that do not fit as they are, instead of failing. */
  readonly skipMismatch?: boolean | undefined;
  /**
   * Find layers by their names, of a file that lists weights by layers, as Keras 2 saves them in `.h5`; what the file or the
   * model has not is left alone. With `skipMismatch` so are single weights of another shape. Defaults to false: by order.
   */
  readonly byName?: boolean | undefined;
  /**
   * Gets to know of weights that are in a list in a list, which older versions of Keras do not save, and with `byName` of
   * layers that only the file has, or only the model; of weights of no layer that the file does not know. Defaults to nobody.
   */
  readonly onUnknown?: ((issue: Issue) => void) | null | undefined;
  /**
   * Read the whole file and compare all its checksums first: the CRC-32 of the weights in a `.keras` file, and the sums
   * that HDF5 has of compressed and checked chunks; a `.weights.h5` file that Keras wrote has none. Defaults to false.
   */
  readonly verify?: boolean | undefined;
  /** What errors call the file. */
  readonly name?: string | undefined;
  /** What the file may ask for until it is refused. Each limit has a default that no honest file meets. */
  readonly limits?: Limits | null | undefined;
}

/** Complains where layers are to be found by names in a file that has none of them. */
export function refuseByName({ byName = false, name = "weights" }: LoadWeightsOptions): void {
  if (!byName) return;
  const expected = "a file that lists weights by layers, as Keras 2 saves them in .h5";
  throw new FileError(name, `byName: expected ${expected}, received one of another kind.`);
}
