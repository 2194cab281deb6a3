import { DEFAULT_DIALECT, formatDialect, isOlder } from "../dialects/version.ts";
import { ConfigError, type Issue } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Model } from "../models/model.ts";
import { usual as usualH5 } from "../saving/hdf5-model/save-model.ts";
import { unfold } from "../unfolding/unfold.ts";
import type { ConversionKind, Target } from "./target.ts";

/** What is written for which version, where none is asked for. */
const usual: Readonly<Partial<Record<ConversionKind, (model: Model) => string>>> = {
  keras: ({ dialect }) => formatDialect(isOlder(dialect) ? DEFAULT_DIALECT : (dialect ?? DEFAULT_DIALECT)),
  h5: () => formatDialect(usualH5),
  json: ({ dialect }) => formatDialect(dialect ?? DEFAULT_DIALECT),
};

/**
 * The model with what the version it is written for does not have written out, and `tell` hears of each layer; the model
 * itself where that version has all of it.
 */
export function writtenOutFor({ kind, keras }: Target, model: Model, tell: (notice: Issue) => void): Model {
  const version = keras === null ? usual[kind]?.(model) : formatDialect(keras);
  if (version === undefined && kind !== "tfjs") {
    const received = `received ${quote(kind)}`;
    throw new ConfigError(
      "convert",
      `expected what is written for a version of Keras with unfold, ${received}.`,
    );
  }
  let isOther = false;
  const onNotice = (notice: Issue) => {
    isOther = true;
    tell(notice);
  };
  const reader = kind === "tfjs" ? ({ to: "tfjs" } as const) : { keras: version };
  const unfolded = unfold(model, { ...reader, onNotice });
  return isOther ? unfolded : model;
}
