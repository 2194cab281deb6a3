import { isDict } from "../../dialects/change.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isStatic } from "../../tensor/shape.ts";
import type { Fed } from "./fed.ts";

/** What TensorFlow.js cannot hold of a value: as a sentence behind the value's place. */
export class Refused {
  readonly message: string;
  /** Whether it can be left out: nothing is computed with it but in training, or before weights are there. */
  readonly droppable: boolean;

  constructor(message: string, droppable = false) {
    this.message = message;
    this.droppable = droppable;
  }
}

/** Brings a value of Keras 2 into the form that TensorFlow.js takes; `undefined` where the key is left out. */
export type ValueRule = (value: JsonValue, fed: Fed | null) => JsonValue | undefined | Refused;

/** Taken as it is. */
export const any: ValueRule = (value) => value;

/** Taken where it is one of these. */
export function only(...values: readonly JsonValue[]): ValueRule {
  return (value) =>
    values.includes(value)
      ? value
      : new Refused(`expected ${values.map((each) => inspect(each)).join(" or ")}, ${received(value)}`);
}

/** The only numbers that TensorFlow.js computes with: what it has of others can be had by a clone. */
export const float32: ValueRule = (value) => {
  if (value === "float32") return value;
  const policy = isDict(value) && isDict(value.config) ? (value.config.name ?? value) : value;
  return new Refused(
    `expected "float32", ${received(policy)} What cloneModel makes of layers with dtype: "float32" in their configs can be written.`,
  );
};

/** Not known to TensorFlow.js, and left out where it says nothing. */
export function without(...values: readonly JsonValue[]): ValueRule {
  const check = only(...values);
  return (value, fed) => {
    const found = check(value, fed);
    return found instanceof Refused ? found : undefined;
  };
}

/** Not known to TensorFlow.js, and says nothing of what is computed. */
export const unsaid: ValueRule = () => undefined;

/** Written as this, whatever it is: it says nothing of what is computed. */
export function always(written: JsonValue): ValueRule {
  return () => written;
}

/** As one number and not as a list. */
export const axis: ValueRule = (value) => {
  if (!Array.isArray(value)) return value;
  const [only] = value;
  return value.length === 1 && only !== undefined
    ? only
    : new Refused(`expected one axis, ${received(value)}`);
};

/** The last axis of an input, however it is given. */
export const lastAxis: ValueRule = (value, fed) => {
  const found = axis(value, fed);
  return found === -1 || (fed !== null && found === fed.rank - 1)
    ? -1
    : new Refused(`expected the last axis, ${received(value)}`);
};

/** The shape of an input with its batch: single numbers are made lists of one there. */
export const inputShape: ValueRule = (value) =>
  Array.isArray(value) && value.length === 1
    ? new Refused("expected a shape of one dimension or more behind the batch, received none.")
    : value;

/** The shape of the output but for the batch, with no size left to be worked out where all are known. */
export const outputShape: ValueRule = (value, fed) => {
  const sizes = fed?.output.slice(1) ?? [];
  return isStatic(sizes) && sizes.length > 0 ? [...sizes] : value;
};

/** Whether outputs are zeros where a mask leaves steps out: there they never are. */
export const zerosForMask: ValueRule = (value, fed) =>
  value === true && fed?.isMasked !== false
    ? new Refused("expected false where the input has a mask, received true.")
    : undefined;

const activations: ReadonlySet<string> = new Set([
  "elu",
  "gelu",
  "hard_sigmoid",
  "linear",
  "log_softmax",
  "mish",
  "relu",
  "relu6",
  "selu",
  "sigmoid",
  "softmax",
  "softplus",
  "softsign",
  "swish",
  "tanh",
]);

/** A function by its name. */
export const activation: ValueRule = (value) => {
  const name = value === "silu" ? "swish" : value;
  if (name === null || (typeof name === "string" && activations.has(name))) return name;
  return new Refused(`expected ${[...activations].join(", ")} or none, ${received(value)}`);
};

const initializers = [
  "Constant",
  "GlorotNormal",
  "GlorotUniform",
  "HeNormal",
  "HeUniform",
  "Identity",
  "LeCunNormal",
  "LeCunUniform",
  "Ones",
  "Orthogonal",
  "RandomNormal",
  "RandomUniform",
  "TruncatedNormal",
  "VarianceScaling",
  "Zeros",
];

/** Another spelling of a name that both have. */
const respelled: Readonly<Record<string, string>> = {
  IdentityInitializer: "Identity",
  LecunNormal: "LeCunNormal",
  LecunUniform: "LeCunUniform",
  OrthogonalInitializer: "Orthogonal",
};

const initializerObject: ValueRule = object(initializers, ({ class_name: name, config }) => ({
  class_name: respelled[name] ?? name,
  config,
}));

/** By its class or, in older configs, by its name: `glorot_uniform`. */
export const initializer: ValueRule = (value, fed) =>
  initializerObject(typeof value === "string" ? { class_name: classOf(value), config: {} } : value, fed);

/** Older names than those of the classes. */
const shortNames: Readonly<Record<string, string>> = {
  normal: "RandomNormal",
  one: "Ones",
  uniform: "RandomUniform",
  zero: "Zeros",
};

function classOf(name: string): string {
  if (Object.hasOwn(shortNames, name)) return shortNames[name]!;
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** All of them are one class there. */
export const regularizer: ValueRule = object(["L1L2"], ({ class_name: name, config }) =>
  name === "L1" || name === "L2"
    ? { class_name: "L1L2", config: { l1: config.l1 ?? 0, l2: config.l2 ?? 0 } }
    : { class_name: name, config },
);

export const constraint: ValueRule = object(["MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"]);

interface Envelope extends JsonObject {
  class_name: string;
  config: JsonObject;
}

/** An object of one of these classes, or none. */
function object(
  names: readonly string[],
  change: (envelope: Envelope) => Envelope = (same) => same,
): ValueRule {
  return (value) => {
    if (value === null) return null;
    const { class_name: name, config } = isDict(value) ? value : {};
    const changed = typeof name === "string" && isDict(config) && change({ class_name: name, config });
    if (changed && names.includes(changed.class_name)) return changed;
    return new Refused(`expected ${names.join(", ")} or none, ${received(value)}`, true);
  };
}

function received(value: JsonValue): string {
  const name = isDict(value) && typeof value.class_name === "string" ? value.class_name : value;
  return `received ${inspect(name)}.`;
}
