import type { Functional } from "../../src/models/functional.ts";
import { interleave } from "../measure.ts";
import { ceratops, layers, onnxEngine, referenceEngine } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import type { Group } from "../row.ts";

const COUNT = 256;
const SIZE = 128;

/** Pictures as a network is trained on: made smaller, scaled, mirrored, turned. */
export const measure: Group = async ({ quick }) => {
  const data = Float32Array.from({ length: COUNT * SIZE * SIZE * 3 }, (_, i) => (i * 7919) % 256);
  const x = new ceratops.Tensor("float32", [COUNT, SIZE, SIZE, 3], data);
  const model = pipeline();
  const request = { text: model.toJson(), size: SIZE, batch: COUNT };
  const [jax, tensorflow] = [new Keras(), new Keras("tensorflow")];
  const onnx = onnxEngine.onnxruntime({ package: "onnxruntime-node" });
  const times = await interleave(
    {
      ours: () => model.predict(x, { engine: onnx, batch_size: COUNT }),
      reference: () => model.predict(x, { engine: referenceEngine.reference, batch_size: COUNT }),
      jax: await jax.job("predict", request),
      tensorflow: await tensorflow.job("predict", request),
    },
    { rounds: quick ? 3 : 9, warmup: 2 },
  );
  jax.end();
  tensorflow.end();
  return [
    {
      name: `${COUNT} images of ${SIZE} × ${SIZE} through Resizing, Rescaling, RandomFlip, RandomRotation`,
      unit: "ms",
      ours: times.ours!,
      others: [
        { name: "Keras 3.6 on JAX", value: times.jax },
        { name: "Keras 3.6 on TensorFlow", value: times.tensorflow },
        { name: "our reference engine", value: times.reference },
      ],
      budget: null,
    },
  ];
};

function pipeline(): Functional {
  const picture = ceratops.Input({ shape: [SIZE, SIZE, 3] });
  const small = new layers.Resizing({ height: 96, width: 96 }).apply(picture);
  const scaled = new layers.Rescaling({ scale: 1 / 255 }).apply(small);
  const flip = new layers.RandomFlip({ mode: "horizontal", seed: 1 });
  const turn = new layers.RandomRotation({ factor: 0.1, seed: 2 });
  const flipped = flip.apply(scaled, { training: true });
  return new ceratops.Functional({ inputs: picture, outputs: turn.apply(flipped, { training: true }) });
}
