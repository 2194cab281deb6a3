import type { Dialect, Range } from "./version.ts";

// What versions load and others do not, whatever they write.

/** From here on Keras 3 makes a call as soon as those are there that it needs, wherever in the file they stand. */
export const waitsForCalls: Dialect = 307;

/** From here on Keras 3 reads inputs and outputs in lists inside lists. */
export const readsNested: Dialect = 304;

/** From here on Keras 3 takes a slice of several axes as a file has it, which is a list. */
export const slicesAxes: Dialect = 302;

/** From here on Keras 3 counts the calls of a functional model as it writes them, and its one output is in no list. */
export const countsAsWritten: Dialect = 303;

/** From here on models of Keras 3 say what shape they make of another, as a TimeDistributed asks. */
export const shapesOfModels: Dialect = 304;

/** From here on all layers of images read their data format, which some write only later. */
export const readsImageFormats: Dialect = 306;

/** From here on Keras 3 loads all that is in an HDF5 file of a later one. */
export const readsLaterHdf5: Dialect = 303;

/** The versions that refuse a model of which an input leads to nothing. */
export const refusingUnused: Range = [310, 313];

/** The first version of Keras 2 that has `.keras` files. */
export const firstOfArchives: Dialect = 212;

/** From here on `.keras` files of Keras 2 have the layers of a model under `layers`. */
export const firstOfLayers: Dialect = 215;

/** Versions of Keras 2 whose `.keras` files were not tried. */
export const untriedArchives: readonly Dialect[] = [212, 214];

/** The first version that keeps weights in several files with an index. */
export const firstOfShards: Dialect = 310;

/** The version whose indexes name one file of each group, and no list of them. */
export const namesOneShard: Dialect = 310;

/** A version whose reading of an index was not tried. */
export const untriedShards: Dialect = 311;

/** From here on Keras sorts the axes of a LayerNormalization when it is built. */
export const sortsAxes: Dialect = 314;
