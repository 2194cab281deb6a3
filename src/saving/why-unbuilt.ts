import { quote } from "../json/quote.ts";
import type { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import { unknownShape } from "../tensor/shape.ts";

/** Why a model has layers without weights, as a sentence of help: what is in front of them has code that is not here. Else empty. */
export function whyUnbuilt(model: Model): string {
  const unknown = unknownIn(model);
  if (!unknown) return "";
  const { name } = unknown;
  const what = `${unknown.constructor.className} ${quote(name)}`;
  return ` What ${what} gives is not known here, so layers behind it have no weights: pass its code in customObjects, as ${quote(`Lambda>${name}`)} where it is a Lambda.`;
}

/** The first layer that makes something of unknown shape, inside of models, too. */
function unknownIn(model: Model): Layer | undefined {
  for (const layer of model.layers) {
    const inner = layer instanceof Model ? unknownIn(layer) : undefined;
    if (inner ?? isUnknown(layer)) return inner ?? layer;
  }
  return undefined;
}

function isUnknown({ inboundNodes }: Layer): boolean {
  return inboundNodes.some(({ outputs }) => outputs.some(({ shape }) => shape === unknownShape));
}
