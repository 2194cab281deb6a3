import { bundleProgram } from "../../tools/bundle.ts";
import { CEILINGS, measure as measureSize } from "../../tools/size.ts";
import { atMost, type Group, type Row } from "../row.ts";

const TENSORFLOW = `
  import { layers, sequential } from "@tensorflow/tfjs-layers";
  const model = sequential({ layers: [layers.dense({ units: 1, activation: "sigmoid", inputShape: [728] })] });
  document.title = JSON.stringify(model.getConfig());
`;

/** What programs cost a page, gzip. */
export const measure: Group = async () => {
  const tensorflow = await bundleProgram(TENSORFLOW).catch(() => null);
  const rows: Row[] = [];
  for (const ceiling of CEILINGS) {
    const { kilobytes } = await measureSize(ceiling);
    rows.push({
      name: `bundle: ${ceiling.name}`,
      unit: "KB",
      ours: kilobytes,
      others: [{ name: "TensorFlow.js, one Dense model", value: tensorflow && tensorflow.gzip / 1024 }],
      budget: atMost(kilobytes, ceiling.goal, "KB"),
    });
  }
  return rows;
};
