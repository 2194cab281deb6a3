import { type Dialect, formatDialect } from "../dialects/version.ts";
import { USUAL_OLDER, usualFor } from "../dialects/written.ts";
import { ConfigError, type Issue } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Model } from "../models/model.ts";
import { type UnfoldOptions, unfold } from "../unfolding/unfold.ts";
import type { ConversionKind, Target } from "./target.ts";

/** What is written for which version, where none is asked for. */
const usual: Readonly<Partial<Record<ConversionKind, (model: Model) => Dialect>>> = {
  keras: ({ dialect }) => usualFor(dialect),
  h5: () => USUAL_OLDER,
  json: ({ dialect }) => dialect ?? usualFor(null),
};

/**
 * The model with what the version it is written for does not have written out, and `tell` hears of each layer; the model
 * itself where that version has all of it.
 */
export function writtenOutFor(target: Target, model: Model, tell: (notice: Issue) => void): Model {
  let isOther = false;
  const onNotice = (notice: Issue) => {
    isOther = true;
    tell(notice);
  };
  const unfolded = unfold(model, { ...readerOf(target, model), onNotice });
  return isOther ? unfolded : model;
}

/** What is to read the file. */
function readerOf({ kind, keras }: Target, model: Model): UnfoldOptions {
  if (kind === "tfjs") return { to: "tfjs" };
  const version = keras ?? usual[kind]?.(model);
  if (version !== undefined) return { keras: formatDialect(version) };
  throw new ConfigError(
    "convert",
    `expected what is written for a version of Keras with unfold, received ${quote(kind)}.`,
  );
}
