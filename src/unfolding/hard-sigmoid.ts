import type { Activation } from "../activations/activation.ts";
import { activationName } from "../activations/field.ts";
import { hardSigmoid } from "../activations/functions.ts";
import { OLD_HARD_SIGMOID, oldActivations } from "../activations/tf-keras.ts";
import { isOlder } from "../dialects/version.ts";
import { invariant } from "../errors.ts";
import { Activation as ActivationLayer } from "../layers/activation/activation.ts";
import type { Layer } from "../layers/layer.ts";
import { Rescaling } from "../layers/preprocessing/rescaling.ts";
import { withSublayers } from "../layers/weights.ts";
import type { Variable } from "../program/variable.ts";
import { copyObject } from "../registry/configurable.ts";
import { ownActivations } from "./activations.ts";
import { handsMaskOn } from "./given.ts";
import { type Sums, sumsOf } from "./sums.ts";
import { chained, type Target, type Unfolding } from "./unfolding.ts";

const ofKeras2 = oldActivations[OLD_HARD_SIGMOID] as Activation;

/** One of the two functions that are called `hard_sigmoid`. */
interface HardSigmoid {
  readonly is: (activation: Activation) => boolean;
  readonly put: Activation;
  /** Its number of steps from 0 to 1: the other one is the same on so much larger or smaller inputs. */
  readonly width: number;
  readonly called: string;
}

/** `x / 5 + 0.5`, from 0 to 1. */
const older: HardSigmoid = {
  is: (activation) => activation === ofKeras2,
  put: ofKeras2,
  width: 5,
  called: "that of Keras 2",
};

/** `x / 6 + 0.5`, from 0 to 1. */
const newer: HardSigmoid = {
  is: (activation) => "Operation" in activation && activationName(activation) === "hard_sigmoid",
  put: hardSigmoid,
  width: 6,
  called: "that of Keras 3",
};

/**
 * A layer with the `hard_sigmoid` of another Keras: the same with the one that is there, on inputs that are so much larger
 * or smaller. Where they are sums of products with weights, its own or those of layers inside, these are.
 */
export function withOtherHardSigmoid(layer: Layer, { dialect, factors, free }: Target): Unfolding | null {
  const [had, has] = isOlder(dialect) ? [newer, older] : [older, newer];
  const by = has.width / had.width;
  const copy = copyObject(layer);
  const changed = exchange(copy, had, has);
  if (changed.length === 0) return null;
  const words = `its hard_sigmoid is ${has.called} now`;
  if (copy instanceof ActivationLayer) {
    // Keras 2's Rescaling hands no masks on.
    if (isOlder(dialect) && handsMaskOn(layer)) return null;
    const scale = new Rescaling({ scale: by, dtype: layer.dtype_policy, name: free(`${layer.name}_scale`) });
    return chained([scale, copy], null, `${words}, behind a Rescaling by ${shown(by)}.`);
  }
  const found = new Map<Variable, Sums>();
  for (const inside of withSublayers(layer)) {
    if (inside.quantizedWeight || ("lora" in inside && inside.lora)) return null;
    for (const { key, activation } of ownActivations(inside)) {
      if (!had.is(activation)) continue;
      const sums = sumsOf(inside.constructor.className, key);
      if (!sums || inside.constructor.module !== "keras.layers") return null;
      for (const weight of weightsIn(inside, sums)) {
        const { chosen = [] } = found.get(weight) ?? {};
        found.set(weight, { ...sums, chosen: [...chosen, ...sums.chosen] });
      }
    }
  }
  for (const [weight, { blocks, chosen }] of found) factors.set(weight, { by, blocks, chosen });
  return chained([copy], copy, `${words}, and the weights in front of it are multiplied by ${shown(by)}.`);
}

/** Gives a copy that is not called yet the other function; the places where it had the one. */
function exchange(copy: Layer, had: HardSigmoid, has: HardSigmoid): string[] {
  const changed: string[] = [];
  for (const inside of withSublayers(copy)) {
    for (const { key, property, activation } of ownActivations(inside)) {
      if (!had.is(activation)) continue;
      Object.assign(inside, { [property]: has.put });
      changed.push(key);
    }
  }
  return changed;
}

/** The weights of a layer that make the sum; a layer whose cell has them has none. */
function weightsIn(layer: Layer, { weights }: Sums): Variable[] {
  return weights.flatMap((name) => {
    const weight = (layer as unknown as Readonly<Record<string, Variable | null | undefined>>)[name];
    if (!weight) return [];
    invariant(layer.ownVariables.includes(weight), "a weight of a sum is another layer's");
    return [weight];
  });
}

function shown(by: number): string {
  return by > 1 ? by.toFixed(1) : "5/6";
}
