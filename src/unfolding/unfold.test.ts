import { expect, it } from "vitest";
import { fill } from "../../test/unfolding.ts";
import { useReference } from "../engines/reference/index.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Dense } from "../layers/index.ts";
import { Model } from "../models/model-class.ts";
import { Sequential } from "../models/sequential.ts";
import { loadModel } from "../node.ts";
import { unfold } from "./unfold.ts";

useReference();

const dense = (activation: "relu" | "hard_sigmoid" = "hard_sigmoid") => {
  const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 2, activation })], { name: "m" });
  fill(model);
  return model;
};

it("gives a new model where nothing is to be written out", () => {
  const model = dense("relu");
  const unfolded = unfold(model, { keras: "2.9" });
  expect(unfolded).not.toBe(model);
  expect(unfolded.toJson()).toBe(model.toJson());
  expect(unfolded.weights[0]?.value).toBe(model.weights[0]?.value);
});

it("leaves the model that is given as it is", () => {
  const model = dense();
  const text = model.toJson();
  const [kernel] = model.getWeights();
  unfold(model, { keras: "2.9" });
  expect([model.toJson(), model.getWeights()[0]]).toEqual([text, kernel]);
});

it("gives new weights where it is asked to", () => {
  const model = dense();
  const unfolded = unfold(model, { keras: "2.9", weights: "fresh" });
  expect(unfolded.weights.map(({ isMaterialized }) => isMaterialized)).toEqual([false, false]);
});

it("keeps how the model was compiled, without what the optimizer learned", async () => {
  const model = await loadModel("golden/3.6/files/fitted_adam.keras");
  const unfolded = unfold(model, { keras: "2.9" });
  expect([model.compiled, model.optimizerState === null]).toEqual([true, false]);
  expect([unfolded.compiled, unfolded.optimizerState]).toEqual([true, null]);
});

class Own extends Model {
  override call(x: never) {
    return x;
  }
}

it.each<[string, () => unknown, string]>([
  ["no model", () => unfold({} as never, { keras: "3.3" }), "unfold: expected a model, received {}."],
  ["no version", () => unfold(dense(), {} as never), "unfold.keras: expected a version of Keras"],
  [
    "a version that is none",
    () => unfold(dense(), { keras: "2.7" }),
    'unfold.keras: expected a version of Keras from 2.9 to 2.15 or 3.0 to 3.16, received "2.7".',
  ],
  [
    "something else than a version",
    () => unfold(dense(), { to: "tflite" as never }),
    'unfold.to: expected "tfjs", received "tflite".',
  ],
  [
    "a version and something else",
    () => unfold(dense(), { keras: "2.9", to: "tfjs" }),
    'unfold: expected keras or to, received both, { keras: "2.9", to: "tfjs" }.',
  ],
  [
    "an unknown option",
    () => unfold(dense(), { keras: "3.3", kera: 1 } as never),
    'unfold: unknown option "kera".',
  ],
  [
    "other weights",
    () => unfold(dense(), { keras: "3.3", weights: "share" as never }),
    'unfold: expected weights to be "fresh" or "copy", received "share".',
  ],
  [
    "something to tell that cannot be called",
    () => unfold(dense(), { keras: "3.3", onNotice: [] as never }),
    "unfold: expected onNotice to be a function, received [].",
  ],
  [
    "a model of a class of one's own",
    () => unfold(new Own(), { keras: "3.3" }),
    "unfold: expected a Functional or Sequential model, received Own.",
  ],
  [
    "a model that is not built",
    () => unfold(new Sequential([new Dense({ units: 2 })], { name: "m" }), { keras: "3.3" }),
    'unfold: expected a model that is built, received Sequential "m". Call it first, or give it an input shape.',
  ],
])("%s is refused", (_, act, message) => {
  expect(act).toThrow(message);
});
