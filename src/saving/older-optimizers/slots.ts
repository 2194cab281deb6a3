import { isDict } from "../../dialects/change.ts";
import { isOwn, nameWritten } from "../../dialects/keras-2/registered.ts";
import type { JsonObject } from "../../json/json.ts";

/** What an optimizer keeps for each weight: what it is called here, in files of Keras 2.11 to 2.15, and in older ones. */
export interface Slot {
  readonly own: string;
  readonly newer: string;
  readonly older: string;
  /** The option that it is kept for; undefined where it is kept always. */
  readonly option: string | undefined;
}

/**
 * By class, in the order of newer files: what stands together for each weight, one such group behind the other; `?option`
 * behind what is kept for an option alone. Older files have one slot of all weights behind the other.
 */
const rows: Readonly<Record<string, string>> = {
  Adadelta:
    "accumulated_grad:accumulated_grad:accum_grad accumulated_delta_var:accumulated_delta_var:accum_var",
  Adagrad: "accumulator:accumulator:accumulator",
  Adam: "momentum:m:m velocity:v:v | velocity_hat:vhat:vhat?amsgrad",
  AdamW: "momentum:m:m velocity:v:v | velocity_hat:vhat:vhat?amsgrad",
  Adamax: "momentum:m:m norm:u:v",
  Ftrl: "accumulator:accumulator:accumulator linear:linear:linear",
  Lion: "momentum:m:m",
  Nadam: "momentum:m:m velocity:v:v",
  RMSprop:
    "velocity:velocity:rms | momentum:momentum:momentum?momentum | average_gradient:average_gradient:mg?centered",
  SGD: "momentum:m:momentum?momentum",
};

/** What optimizers of a class keep for each weight; undefined where no file of Keras 2 has any of the class. */
export function slotsOf(className: string): readonly (readonly Slot[])[] | undefined {
  if (!Object.hasOwn(rows, className)) return undefined;
  return rows[className]!.split(" | ").map((group) =>
    group.split(" ").map((text) => {
      const [names = "", option] = text.split("?");
      const [own = "", newer = "", older = ""] = names.split(":");
      return { own, newer, older, option };
    }),
  );
}

/** The class of an optimizer, as files say it or as it is called here; somebody's own is by the name it was registered by. */
export function classOf(optimizer: JsonObject): string {
  return String(isOwn(optimizer) ? nameWritten(optimizer) : optimizer.class_name).replace(/^Custom>/, "");
}

/** Whether an optimizer makes use of a slot. Nobody has these options by default. */
export function isUsed({ option }: Slot, { config }: JsonObject): boolean {
  return option === undefined || (isDict(config) && Boolean(config[option]));
}

/** Whether an optimizer keeps nothing of a weight: without momentum there is nothing to keep. */
export function isIdle(optimizer: JsonObject): boolean {
  const slots = slotsOf(classOf(optimizer))?.flat();
  return slots !== undefined && !slots.some((slot) => isUsed(slot, optimizer));
}

/** Whether files of TensorFlow, though older, have all that is kept of one weight together. */
export function isByWeight(className: string): boolean {
  return className === "Ftrl";
}

/** Whether newer files have a slot, of zeros, where the optimizer does not use it. */
export function hasIdleSlots(className: string): boolean {
  return className === "SGD";
}

/** Whether an optimizer multiplies its momenta of all steps; of newer files a SavedModel alone has the product. */
export function hasProduct(className: string): boolean {
  return className === "Nadam";
}

/** Whether an optimizer keeps rows and columns of what has both, of which files of Keras 2 have none for anything else. */
export function isFactored(className: string): boolean {
  return className === "Adafactor";
}
