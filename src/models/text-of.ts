import { checkDropping, type DropOptions, droppedTo } from "../dialects/dropping.ts";
import { Lacks } from "../dialects/lacks.ts";
import { askedDialect, type Dialect, isOlder } from "../dialects/version.ts";
import { older } from "../dialects/walk.ts";
import { ModelError } from "../errors.ts";
import { gatherLacks, withDialect } from "../fields/writing.ts";
import { checkOptions } from "../json/check-options.ts";
import type { JsonObject } from "../json/json.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import type { Layer } from "../layers/layer.ts";
import { serializeObject } from "../registry/serialize.ts";
import { checkTold } from "../registry/untold.ts";

/** What `toJson` of a model takes. */
export interface ToJsonOptions extends DropOptions {
  /** The Keras version whose dialect the text is in. Defaults to the model's own, that of its file, or to 3.6. */
  readonly keras?: Dialect | string | null | undefined;
}

/** Says what of a text for an older Keras 3 came later. */
export type SayNewer = (text: JsonObject, dialect: Dialect, lacks: Lacks) => void;

/** A model as text, for the version that is asked for; `sayNewer` refuses what came later than that, or drops it if asked. */
export function textOf(model: Layer, options: ToJsonOptions, sayNewer?: SayNewer): string {
  checkOptions("toJson", options, { keras: true, drop: true, onNotice: true }, ModelError);
  checkDropping("toJson", options, ModelError);
  const write = () => checkTold(serializeObject(model));
  if (options.keras == null) return stringifyPythonJson(older.sign(write()));
  const lacks = new Lacks(droppedTo(options));
  const { written } = older;
  const help = written.length === 0 ? "modelToJson of ceratops/tf-keras writes for Keras 2." : "";
  const dialect = askedDialect("toJson.keras", options.keras, written, help);
  const ask = () => {
    const text = write();
    if (!isOlder(dialect)) sayNewer?.(text, dialect, lacks);
    return stringifyPythonJson(older.sign(text));
  };
  // Texts of Keras 2 do not say how a model was compiled.
  return withDialect(dialect, () => gatherLacks(lacks, ask, isOlder(dialect)));
}
