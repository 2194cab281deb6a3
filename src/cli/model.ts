import type { Issue } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Model } from "../models/model.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import { loadModel } from "../saving/load.ts";
import { withInput } from "./files.ts";
import type { Io } from "./io.ts";
import { reportWarning } from "./report.ts";

/**
 * Loads a model for as long as `use` runs. An unknown class or key is an error, unless `keepUnknown` says that it is to
 * be kept and warned of.
 */
export function withModel<T>(
  path: string,
  io: Io,
  keepUnknown: boolean,
  use: (model: Model) => Promise<T>,
): Promise<T> {
  if (keepUnknown) return withAnyModel(path, io, use);
  return withInput(path, io, async (source, name) =>
    use(await loadModel(source, { name, limits: io.limits })),
  );
}

/** Loads a model to look at it: what is not known is kept, and warned of. */
export function withAnyModel<T>(path: string, io: Io, use: (model: Model) => Promise<T>): Promise<T> {
  return withInput(path, io, async (source, name) => use(await openToLook(source, name, io)));
}

/** The model in an open file, to be looked at. */
export function openToLook(source: ByteSource, name: string, io: Io): Promise<Model> {
  return loadModel(source, {
    name,
    limits: io.limits,
    onUnknown: (issue: Issue) => reportWarning(issue, io),
  });
}

/** How many layers a model has, and what it is called, for messages. */
export function describe(model: Model): string {
  const count = model.layers.length;
  return `${model.constructor.className} ${quote(model.name)}, ${count} ${count === 1 ? "layer" : "layers"}, ${model.countParams().toLocaleString("en-US")} parameters`;
}
