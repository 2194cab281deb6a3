import { ceratops, saving } from "../package.ts";
import { atMost, type Group, type Row } from "../row.ts";
import { buildChain } from "./chain.ts";

/** 100,000 layers: nothing recurses over the graph. */
export const measure: Group = async ({ quick }) => {
  if (quick) return [];
  const { cloneModel, Functional, modelFromJson } = ceratops;
  const rows: Row[] = [];
  const take = async <T>(step: string, run: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await run();
    const ours = performance.now() - start;
    rows.push({ name: `100,000 layers: ${step}`, unit: "ms", ours, others: [], budget: null });
    return result;
  };
  const model = await take("build", () => buildChain(100_000));
  await take("getConfig and fromConfig", () => Functional.fromConfig(model.getConfig()));
  const text = await take("toJson", () => model.toJson());
  await take("modelFromJson", () => modelFromJson(text));
  await take("cloneModel", () => cloneModel(model));
  const bytes = await take("save", () => saving.toBytes(model));
  const loaded = await take("load", () => saving.loadModel(bytes));
  const weights = await take("weights", () => loaded.weights);
  if (weights.length !== 200_000) throw new Error("bench: weights are missing.");
  const whole = rows.reduce((sum, { ours }) => sum + ours, 0);
  rows.push({
    name: "100,000 layers: all of it",
    unit: "ms",
    ours: whole,
    others: [],
    budget: atMost(whole, 15_000, "ms"),
  });
  const megabytes = process.resourceUsage().maxRSS / 1024;
  rows.push({
    name: "100,000 layers: memory",
    unit: "MB",
    ours: megabytes,
    others: [],
    budget: atMost(megabytes, 1500, "MB"),
  });
  return rows;
};
