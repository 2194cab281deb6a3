import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Elapsed, interleave } from "../measure.ts";
import { atMost, type Group } from "../row.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Starting up: the import of the package in Node, and the command's help. */
export const measure: Group = async ({ quick }) => {
  const node = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(`bench: node ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const importing = (name: string) => () => {
    const program = `const t = performance.now(); await import(${JSON.stringify(name)}); console.log("@" + (performance.now() - t))`;
    const printed = node("--input-type=module", "-e", program);
    return new Elapsed(Number(printed.slice(printed.lastIndexOf("@") + 1)));
  };
  const times = await interleave(
    {
      ours: importing("ceratops"),
      node: importing("ceratops/node"),
      tfjs: importing("@tensorflow/tfjs"),
      help: () => node("dist/cli/main.js", "--help"),
      bare: () => node("-e", "0"),
    },
    { rounds: quick ? 5 : 15, warmup: 1 },
  );
  const { ours, node: withFiles, help } = times as Record<keyof typeof times, number>;
  const tfjs = [{ name: "TensorFlow.js", value: times.tfjs }];
  const bare = [{ name: "bare Node", value: times.bare }];
  return [
    { name: "import ceratops", unit: "ms", ours, others: tfjs, budget: atMost(ours, 40, "ms") },
    { name: "import ceratops/node", unit: "ms", ours: withFiles, others: tfjs, budget: null },
    { name: "ceratops --help", unit: "ms", ours: help, others: bare, budget: atMost(help, 120, "ms") },
  ];
};
