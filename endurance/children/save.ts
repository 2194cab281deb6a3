import { files } from "../../bench/package.ts";
import { modelOf } from "../models.ts";

// Saves models of these numbers in turn, so often or until it is killed.

const [folder = "", often = "Infinity", ...numbers] = process.argv.slice(2);
const models = numbers.map((number) => modelOf(Number(number)));
console.log("begun");
for (let i = 0; i < Number(often); i++) {
  const model = models[i % models.length]!;
  await files.saveModel(model, `${folder}/model.keras`);
  await files.exportOnnx(model, `${folder}/model.onnx`, { largest: 1000 });
}
