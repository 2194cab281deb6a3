import { interleave } from "../measure.ts";
import { ceratops, layers } from "../package.ts";
import { Keras } from "../peers/keras.ts";
import { atMost, type Group } from "../row.ts";

/** Reading a Sequential: Keras rebuilds it with every layer it adds. */
export const measure: Group = async ({ quick }) => {
  const { Input, modelFromJson, Sequential } = ceratops;
  const dense = () => new layers.Dense({ units: 4 });
  const text = (count: number) =>
    new Sequential([Input({ shape: [4] }), ...Array.from({ length: count }, dense)]).toJson();
  const [few, many] = [text(400), text(4000)];
  const keras = new Keras();
  const times = await interleave(
    {
      ours: () => modelFromJson(few),
      more: () => modelFromJson(many),
      keras: quick ? null : await keras.job("from_json", { text: few }),
    },
    { rounds: quick ? 5 : 3, warmup: quick ? 5 : 1 },
  );
  const warm = await interleave({ ours: () => modelFromJson(few) }, { rounds: 20, warmup: 10 });
  keras.end();
  return [
    {
      name: "Sequential of 400 layers from config",
      unit: "ms",
      ours: warm.ours!,
      others: [
        { name: "Keras 3.6", value: times.keras },
        { name: "a tenth of one of 4,000 layers", value: times.more! / 10 },
      ],
      budget: atMost(warm.ours!, 10, "ms"),
    },
  ];
};
