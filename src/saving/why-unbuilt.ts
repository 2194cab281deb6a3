import { FileError, type Issue } from "../errors.ts";
import { quote } from "../json/quote.ts";
import type { Layer } from "../layers/layer.ts";
import { Model } from "../models/model.ts";
import { unknownShape } from "../tensor/shape.ts";

/** A file has weights that have no place: layers are behind something of which nobody here knows what it gives. */
export class UnbuiltError extends FileError {}

/** Why a model has layers without weights, as a sentence of help: what is in front of them has code that is not here. Else empty. */
export function whyUnbuilt(model: Model): string {
  const unknown = unknownIn(model);
  if (!unknown) return "";
  const { name } = unknown;
  const { className } = unknown.constructor;
  const what = ` What ${className} ${quote(name)} gives is not known here, so layers behind it have no weights`;
  if (functionsOfTensorflow.has(className)) return `${what}.`;
  return `${what}: pass its code in customObjects, as ${quote(`Lambda>${name}`)} where it is a Lambda.`;
}

/** The error for what does not fit; `why` is the help that stands behind what has no place because of that, else empty. */
export function errorFor(issues: readonly Issue[], why: string): FileError {
  const isUnbuilt = why !== "" && issues.every(({ message }) => message.endsWith(why));
  return isUnbuilt ? new UnbuiltError(issues) : new FileError(issues);
}

/** The error for what does not fit a model whose layers are not built: why they are not stands for what could be done else. */
export function errorIn(model: Model, issues: readonly Issue[]): FileError {
  const why = whyUnbuilt(model);
  if (why === "") return new FileError(issues);
  const told = issues.map((issue) => ({
    ...issue,
    message: issue.message.replace(/ Build the model first:.*$/, why),
  }));
  return errorFor(told, why);
}

/** Layers that call TensorFlow, of which there is no code to be given. */
const functionsOfTensorflow: ReadonlySet<string> = new Set([
  "SlicingOpLambda",
  "TFOpLambda",
  "TensorFlowOpLayer",
]);

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
