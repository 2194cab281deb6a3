import { describe, expect, it } from "vitest";
import { MaxNorm } from "../constraints/index.ts";
import { DTypePolicy } from "../dtype-policies/index.ts";
import { GlorotUniform, Zeros } from "../initializers/index.ts";
import { Dense } from "../layers/index.ts";
import { Huber } from "../losses/index.ts";
import { AUC } from "../metrics/index.ts";
import { Adam, ExponentialDecay } from "../optimizers/index.ts";
import { L2 } from "../regularizers/index.ts";

describe("an object that is printed", () => {
  it.each([
    [new Zeros(), "<Zeros>"],
    [new GlorotUniform({ seed: 3 }), "<GlorotUniform seed=3>"],
    [new L2({ l2: 0.5 }), "<L2 l2=0.5>"],
    [new MaxNorm({ axis: [0, 1] }), "<MaxNorm axis=[0, 1]>"],
    [new DTypePolicy({ name: "mixed_float16" }), '<DTypePolicy name="mixed_float16">'],
    [new Huber({ delta: 2, name: "h" }), '<Huber name="h", dtype="float32", delta=2>'],
    [new AUC({ name: "a\u202e", curve: "PR" }), '<AUC name="a\\u202e", dtype="float32", curve="PR">'],
    [new Adam({ learning_rate: 0.5, name: "a" }), '<Adam name="a", learning_rate=0.5>'],
    [
      new ExponentialDecay({ initial_learning_rate: 1, decay_steps: 2, decay_rate: 0.5 }),
      "<ExponentialDecay initial_learning_rate=1, decay_steps=2, decay_rate=0.5>",
    ],
    [new Dense({ units: 2, name: "d" }), "<Dense name=d, built=false>"],
  ])("%s says its class and what it was given", (object, text) => {
    expect(String(object)).toBe(text);
    expect(Reflect.get(object, Symbol.for("nodejs.util.inspect.custom")).call(object)).toBe(text);
  });
});
