import { expect, it } from "vitest";
import { cloneModel, modelFromJson, tensor } from "../index.ts";

const text = (activation: string) =>
  `{"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "Activation", "config": {"name": "a", "trainable": true, "batch_input_shape": [null, 3], "dtype": "float32", "activation": "${activation}"}}]}, "keras_version": "2.9.0", "backend": "tensorflow"}`;

it("hard_sigmoid of Keras 2 is what it was, in clones by config too, and nothing of Keras 3", () => {
  const model = modelFromJson(text("hard_sigmoid"));
  const again = cloneModel(model, {
    cloneFunction: (layer) => layer.constructor.fromConfig(layer.getConfig()),
  });
  for (const each of [model, again]) {
    expect(each.getLayer("a").getConfig().activation).toBe("hard_sigmoid");
    const [low = 0, middle = 0, high = 0] = (each.apply(tensor([[-3, 1, 3]])) as { data: Float32Array }).data;
    expect([low, high]).toEqual([0, 1]);
    expect(middle).toBeCloseTo(0.7, 6);
  }
  expect(again.toJson()).toBe(model.toJson());
  expect(() => model.toJson({ keras: "3.6" })).toThrow('received the "hard_sigmoid" of Keras 2');
});
