import { interleave } from "../measure.ts";
import { ceratops, layers } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import type { Group } from "../row.ts";

const COUNT = 10_000;
const LENGTH = 16;

/** Sentences that a vocabulary is learned from, and which it then numbers. */
export const measure: Group = async ({ quick }) => {
  const sentences = Array.from({ length: COUNT }, (_, i) => sentence(i));
  const keras = new Keras("tensorflow");
  const texts = ceratops.tensor(sentences);
  const ours = () => {
    const layer = new layers.TextVectorization({ output_sequence_length: LENGTH });
    layer.adapt(texts);
    return layer.apply(texts);
  };
  const times = await interleave(
    { ours, keras: await keras.job("vectorize", { sentences, length: LENGTH }) },
    { rounds: quick ? 3 : 9, warmup: 2 },
  );
  keras.end();
  return [
    {
      name: "TextVectorization of 10,000 sentences, learned and numbered",
      unit: "ms",
      ours: times.ours!,
      others: [{ name: "Keras 3.6 on TensorFlow", value: times.keras }],
      budget: null,
    },
  ];
};

/** Twelve words of about 5,000, of which some are far more frequent, with capitals and punctuation. */
function sentence(i: number): string {
  const words = Array.from({ length: 12 }, (_, j) => {
    const share = (((i * 12 + j) * 2654435761) % 4294967296) / 4294967296;
    return `word${Math.floor(5000 * share ** 3)}`;
  });
  return `The ${words.join(" ")}, and so on!`;
}
