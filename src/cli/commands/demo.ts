import { command } from "../command.ts";

const file = "ceratops-demo.keras";
const onnx = "ceratops-demo.onnx";

/** The four inputs of exclusive or. */
const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

export const demo = command({
  name: "demo",
  description: `Write a small model (${file}) and walk through what can be done with it.`,
  arguments: {},
  options: {},
  examples: ["demo"],
  async run({ io }) {
    const { checkFree } = await import("../files.ts");
    for (const path of [file, onnx]) await checkFree(path);
    const { exclusiveOr } = await import("../demo-model.ts");
    const { cloneModel } = await import("../../models/clone-model.ts");
    const { saveModel } = await import("../../saving/save-model.ts");
    const { fileSource } = await import("../../saving/node/file.ts");
    const { writeFileAtomic } = await import("../../saving/node/write-file.ts");
    const { loadModel } = await import("../../saving/load.ts");
    const { toNested } = await import("../../tensor/create.ts");
    const say = (text: string) => io.stdout.write(`${text}\n`);

    say("1. Two Dense layers that compute exclusive or, with weights by hand, as TypeScript makes them:\n");
    const model = exclusiveOr();
    say(`${model.summary()}\n`);

    await writeFileAtomic(file, saveModel(model));
    say(`2. Written to ${file}, which Python reads: keras.saving.load_model("${file}")`);

    const source = fileSource(file);
    try {
      const loaded = await loadModel(source, { name: file });
      const outputs = toNested(await loaded.predict<never>(inputs)) as number[][];
      say("\n3. Read back, and run:\n");
      for (const [i, [output]] of outputs.entries())
        say(`   ${inputs[i]!.join(" xor ")} = ${output!.toFixed(3)}`);

      const config = loaded.layers[0]!.getConfig();
      say(
        `\n4. A layer's config, as Keras has it:\n\n   ${JSON.stringify({ name: config.name, units: config.units, activation: config.activation })}, …`,
      );

      const clone = cloneModel(loaded, { weights: "copy" });
      const same = toNested(await clone.predict<never>(inputs)) as number[][];
      // at most 3: the rows that were predicted
      const difference = Math.max(...same.map(([y], i) => Math.abs(y! - outputs[i]![0]!)));
      say(`\n5. A clone with the same weights: largest difference ${difference}`);

      await writeFileAtomic(onnx, await loaded.export());
      say(`\n6. Exported for ONNX Runtime: ${onnx}`);
    } finally {
      source.close();
    }
    say(
      `\nGo on with a file of yours, or with this one:\n\n   ceratops summary ${file}\n   ceratops check ${file}\n   ceratops graph ${file} -o graph.svg\n   ceratops clone ${file} fresh.keras --seed 1337`,
    );
    return undefined;
  },
});
