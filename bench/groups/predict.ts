import * as ort from "onnxruntime-node";
import type { Functional } from "../../src/models/functional.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { application, applicationText, image } from "../application.ts";
import { interleave, median } from "../measure.ts";
import { networkOf } from "../network.ts";
import { ceratops, layers } from "../package.ts";
import { handOnnx, planar } from "../peers/hand-onnx.ts";
import { Keras } from "../peers/keras.ts";
import { handTfjs, tensorflow } from "../peers/tfjs.ts";
import { atMost, atMostTimes, type Group, type Options, type Row } from "../row.ts";

const THREADS = 2;

/** One image through two networks, and what `predict` adds to ONNX Runtime's own call. */
export const measure: Group = async (options) => [
  ...(await network("MobileNetV2", 5, options)),
  ...(await network("ResNet50", 42, options)),
  await overhead(options),
];

async function network(name: string, limit: number, { quick }: Options): Promise<Row[]> {
  const model = application(name) as Functional;
  const pixels = image();
  const x = new ceratops.Tensor("float32", [1, 224, 224, 3], pixels);
  const built = networkOf(model);
  const session = await ort.InferenceSession.create(handOnnx(built));
  const feeds = { [built.input]: new ort.Tensor("float32", planar(pixels, 3), [1, 3, 224, 224]) };
  const direct = async () => (await session.run(feeds))[built.output]!.data as Float32Array;

  const tf = await tensorflow(THREADS);
  const run = handTfjs(tf, built);
  const input = tf.tensor4d(pixels, [1, 224, 224, 3]);
  const tfjs = async () => {
    const output = run(input);
    const data = (await output.data()) as Float32Array;
    output.dispose();
    return data;
  };
  const ours = async () => (await model.predict<Tensor>(x)).data as Float32Array;
  expectNear(await ours(), await direct(), `${name} by hand for ONNX Runtime`);
  expectNear(await ours(), await tfjs(), `${name} by hand for TensorFlow.js`);

  const keras = new Keras();
  const job = await keras.job("predict", { text: applicationText(name), size: 224 });
  const fast = await interleave({ ours, direct }, { rounds: quick ? 30 : 150, warmup: 20 });
  const slow = await interleave({ tfjs, keras: job }, { rounds: quick ? 5 : 15, warmup: 3 });
  keras.end();
  await session.release();
  const hand = { name: "by hand for ONNX Runtime", value: fast.direct };
  const others = [
    { name: "TensorFlow.js WASM by hand", value: slow.tfjs },
    { name: "Keras 3.6 on JAX", value: slow.keras },
  ];
  return [
    {
      name: `predict ${name}, one image, against the hand-built`,
      unit: "ms",
      ours: fast.ours!,
      others: [hand],
      budget: atMostTimes(fast.ours!, 1.05, hand),
    },
    {
      name: `predict ${name}, one image`,
      unit: "ms",
      ours: fast.ours!,
      others,
      budget: atMost(fast.ours!, limit, "ms"),
    },
  ];
}

/** A small network, where the call costs more than the work. */
async function overhead({ quick }: Options): Promise<Row> {
  const { Input, Sequential, Tensor } = ceratops;
  const model = new Sequential([
    Input({ shape: [784] }),
    new layers.Dense({ units: 512, activation: "relu" }),
    new layers.Dense({ units: 512, activation: "relu" }),
    new layers.Dense({ units: 10 }),
  ]);
  const numbers = new Float32Array(784).fill(0.5);
  const x = new Tensor("float32", [1, 784], numbers);
  const session = await ort.InferenceSession.create(await model.export());
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  const direct = async () =>
    (await session.run({ [input]: new ort.Tensor("float32", numbers, [1, 784]) }))[output]!.data;
  const hundred = (run: () => Promise<unknown>) => async () => {
    for (let i = 0; i < 100; i++) await run();
  };
  const jobs = { ours: hundred(() => model.predict(x)), direct: hundred(direct) };
  const times = await interleave(jobs, { rounds: quick ? 10 : 40, warmup: 5 });
  return {
    name: "predict an MLP 784-512-512-10, one row",
    unit: "ms",
    ours: times.ours! / 100,
    others: [{ name: "session.run of its export", value: times.direct! / 100 }],
    budget: null,
  };
}

function expectNear(a: Float32Array, b: Float32Array, what: string): void {
  const worst = Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
  const size = median([...a].map(Math.abs))!;
  if (!(a.length === b.length && worst < 1e-3 && worst < 0.1 * Math.max(size, 1e-3)))
    throw new Error(`bench: ${what} gives other numbers, up to ${worst}.`);
}
