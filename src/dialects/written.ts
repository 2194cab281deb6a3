import { DEFAULT_DIALECT, type Dialect, isOlder, type Range } from "./version.ts";

/** What whole-model HDF5 files and texts of tf.keras are written for, where none is asked for: all later ones read them. */
export const USUAL_OLDER: Dialect = 209;

/** What `convert` writes a `.keras` file for, where none is asked for, of a model that was read in a dialect. */
export function usualFor(dialect: Dialect | null | undefined): Dialect {
  return isOlder(dialect) ? DEFAULT_DIALECT : (dialect ?? DEFAULT_DIALECT);
}

/** The versions of Keras 2 whose `.keras` files are written. */
export const OLDER_FILES: Range = [213, 215];

/** What there is for the versions before. */
export const OLDER_FILES_HELP = "A .h5 file is for 2.9 to 2.15.";
