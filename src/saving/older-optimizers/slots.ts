/** What an optimizer keeps for each weight: what it is called here, in files of Keras 2.11 to 2.15, and in older ones. */
export interface Slot {
  readonly own: string;
  readonly newer: string;
  readonly older: string;
}

/**
 * By class, in the order of newer files: what stands together for each weight, one such group behind the other. Older files
 * have one slot of all weights behind the other.
 */
const rows: Readonly<Record<string, string>> = {
  Adadelta:
    "accumulated_grad:accumulated_grad:accum_grad accumulated_delta_var:accumulated_delta_var:accum_var",
  Adagrad: "accumulator:accumulator:accumulator",
  Adam: "momentum:m:m velocity:v:v | velocity_hat:vhat:vhat",
  AdamW: "momentum:m:m velocity:v:v | velocity_hat:vhat:vhat",
  Adamax: "momentum:m:m norm:u:v",
  Ftrl: "accumulator:accumulator:accumulator linear:linear:linear",
  Lion: "momentum:m:m",
  Nadam: "momentum:m:m velocity:v:v",
  RMSprop: "velocity:velocity:rms | momentum:momentum:momentum | average_gradient:average_gradient:mg",
  SGD: "momentum:m:momentum",
};

/** What optimizers of a class keep for each weight; undefined where no file of Keras 2 has any of the class. */
export function slotsOf(className: string): readonly (readonly Slot[])[] | undefined {
  if (!Object.hasOwn(rows, className)) return undefined;
  return rows[className]!.split(" | ").map((group) =>
    group.split(" ").map((text) => {
      const [own = "", newer = "", older = ""] = text.split(":");
      return { own, newer, older };
    }),
  );
}

/** Whether older files, too, have all that is kept of one weight together. */
export function isByWeight(className: string): boolean {
  return className === "Ftrl";
}

/** Whether newer files have a slot, of zeros, where the optimizer does not use it. */
export function hasIdleSlots(className: string): boolean {
  return className === "SGD";
}

/** Whether an optimizer multiplies its momenta of all steps; newer files do not have the product. */
export function hasProduct(className: string): boolean {
  return className === "Nadam";
}
