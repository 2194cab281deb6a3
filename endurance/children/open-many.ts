import { readdirSync } from "node:fs";
import { files } from "../../bench/package.ts";

// Loads every model of a folder, keeps all, reads their weights last, and says how many descriptors there were.

const [folder = ""] = process.argv.slice(2);
const descriptors = () => readdirSync("/proc/self/fd").length;
const before = descriptors();
let most = 0;
const note = () => {
  most = Math.max(most, descriptors() - before);
};
const paths = readdirSync(folder).map((name) => `${folder}/${name}`);
const models = await Promise.all(
  paths.map(async (path) => {
    const model = await files.loadModel(path);
    note();
    return model;
  }),
);
await Promise.all(models.map((model) => model.load().then(note)));
const sum = models.reduce((total, model) => total + Number(model.weights[1]!.value.data[0]), 0);
await Promise.all(models.map((model) => model.dispose()));
const { rss } = process.memoryUsage();
console.log(
  `${models.length} models, the first number of each adds up to ${sum}; at most ${most} descriptors, ${descriptors() - before} after dispose; ${Math.round(rss / 1e6)} MB`,
);
