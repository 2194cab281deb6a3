import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { python } from "./peers/keras.ts";

/** What the numbers were taken on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly versions: Readonly<Record<string, string | null>>;
}

export function machine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? "unknown",
    cores: cpus().length,
    versions: {
      node: process.versions.node,
      ceratops: versionIn("../package.json"),
      "onnxruntime-node": versionIn("../node_modules/onnxruntime-node/package.json"),
      "@tensorflow/tfjs": versionIn("../node_modules/@tensorflow/tfjs/package.json"),
      ...pythonVersions(),
    },
  };
}

function versionIn(path: string): string | null {
  const url = new URL(path, import.meta.url);
  return existsSync(url) ? (JSON.parse(readFileSync(url, "utf8")) as { version: string }).version : null;
}

function pythonVersions(): Record<string, string | null> {
  const program = "from importlib.metadata import version as v; print(v('keras'), v('jax'))";
  const answer = existsSync(python) ? spawnSync(python, ["-c", program], { encoding: "utf8" }).stdout : "";
  const [keras = null, jax = null] = answer.trim().split(" ").filter(Boolean);
  return { keras, jax };
}
