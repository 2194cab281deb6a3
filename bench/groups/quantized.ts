import type { Model } from "../../src/models/model.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { application } from "../application.ts";
import { interleave } from "../measure.ts";
import { ceratops, layers } from "../package.ts";
import { atMostTimes, type Group, type Options, type Row } from "../row.ts";

/** Models quantized to int8, beside themselves in float32; Keras quantizes a network's Dense layers, no convolutions. */
export const measure: Group = async (options) => [
  await against("an MLP 1024-1024-1024-10, 64 rows", mlp(), [64, 1024], options),
  await against("a transformer of 4 blocks, 64 tokens of 256", transformer(), [1, 64, 256], options),
  await against("MobileNetV2, one image", application("MobileNetV2"), [1, 224, 224, 3], options),
];

async function against(
  what: string,
  model: Model,
  shape: readonly number[],
  { quick }: Options,
): Promise<Row> {
  const { cloneModel, Tensor } = ceratops;
  const inFewBits = cloneModel(model, { weights: "copy" });
  const { quantized } = await inFewBits.quantize("int8");
  const size = shape.reduce((product, n) => product * n, 1);
  const x = new Tensor(
    "float32",
    shape,
    Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
  );
  expectNear(await inFewBits.predict<Tensor>(x), await model.predict<Tensor>(x), what);
  const jobs = { ours: () => inFewBits.predict(x), float: () => model.predict(x) };
  const times = await interleave(jobs, { rounds: quick ? 30 : 150, warmup: 10 });
  const float = { name: "float32", value: times.float };
  return {
    name: `int8, ${quantized.length} layers of ${what}`,
    unit: "ms",
    ours: times.ours!,
    others: [float],
    budget: quantized.length > 1 ? atMostTimes(times.ours!, 0.67, float) : null,
  };
}

function mlp(): Model {
  const { Input, Sequential } = ceratops;
  const hidden = () => new layers.Dense({ units: 1024, activation: "relu" });
  return new Sequential([Input({ shape: [1024] }), hidden(), hidden(), new layers.Dense({ units: 10 })]);
}

function transformer(): Model {
  const { Functional, Input } = ceratops;
  const { Add, Dense, LayerNormalization, MultiHeadAttention } = layers;
  const width = 256;
  const x = Input({ shape: [64, width] });
  let h = x;
  for (let block = 0; block < 4; block++) {
    const seen = new MultiHeadAttention({ num_heads: 4, key_dim: width / 4 }).apply(h, h);
    h = new LayerNormalization().apply(new Add().apply([h, seen]));
    const wide = new Dense({ units: 4 * width, activation: "relu" }).apply(h);
    h = new LayerNormalization().apply(new Add().apply([h, new Dense({ units: width }).apply(wide)]));
  }
  return new Functional({ inputs: x, outputs: new Dense({ units: 10 }).apply(h) });
}

function expectNear(received: Tensor, expected: Tensor, what: string): void {
  const [a, b] = [received.data as Float32Array, expected.data as Float32Array];
  const worst = Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
  const largest = Math.max(...b.map(Math.abs));
  if (!(a.length === b.length && worst <= 0.05 * largest))
    throw new Error(`bench: ${what} gives other numbers in int8, up to ${worst} of ${largest}.`);
}
