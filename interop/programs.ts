/** The programs that load models of Keras: its releases, TensorFlow's own Keras and TensorFlow.js, each in a process of its own. */
import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const environments = join(root, ".cache/python");

/** One that is to be had here. */
export interface Release {
  /** As reports call it: `keras`, `tf_keras` or `tensorflow.js`. */
  readonly program: "keras" | "tf_keras" | "tensorflow.js";
  readonly version: string;
  /** What Keras 3 computes with. */
  readonly backend?: Backend;
}

type Backend = "numpy" | "jax" | "tensorflow";

/** What becomes of a file there. */
export interface Outcome {
  /** Why it does not load; null where it does. */
  readonly error: string | null;
  /** What is wrong with what it computes; null where nothing is, undefined where that was not asked. */
  readonly problem?: string | null;
  /** How far its numbers are from those that were expected, in parts of 1 and the number. */
  readonly worst?: number | null;
}

/** What a compiled model says of itself. */
export interface Evaluated {
  /** Why it cannot be asked; null where it can. */
  readonly error: string | null;
  readonly loss?: number;
  /** Values of its metrics, the smallest first: versions call them differently. */
  readonly metrics?: readonly number[];
}

/** A program that runs: one request after the other. */
export interface Running {
  readonly release: Release;
  load(file: string): Promise<Outcome>;
  /** Loads and runs; `tensors` is a file of JSON with inputs, outputs and how far from those is allowed. */
  run(file: string, tensors: string): Promise<Outcome>;
  end(): void;
}

/** One release of each minor version of Keras 3 that stands beside the newest; null for one with an environment of its own. */
const ofKeras3: Readonly<Record<string, string | null>> = {
  "3.1": "3.1.1",
  "3.2": "3.2.1",
  "3.3": "3.3.3",
  "3.4": "3.4.1",
  "3.5": "3.5.0",
  "3.6": null,
  "3.7": "3.7.0",
  "3.8": "3.8.0",
  "3.9": "3.9.2",
  "3.10": "3.10.0",
  "3.11": "3.11.3",
  "3.12": "3.12.0",
  "3.13": "3.13.0",
  "3.14": "3.14.0",
  latest: null,
};

const ofTensorflow = ["2.9", "2.13", "2.15"];

/** How long a program may look at a file, in milliseconds: releases before 3.7 go round in circles at some. */
const PATIENCE = 120_000;

/** The names of all programs, the oldest first; `latest` is the newest Keras there is. */
export const programs: readonly string[] = [
  ...ofTensorflow.map((version) => `tf_keras ${version}`),
  "keras 3.0",
  ...Object.keys(ofKeras3).map((version) => `keras ${version}`),
];

/** Releases that lose masks on NumPy; later ones do not, and refuse attention on JAX with values of another size than its keys. */
const losingMasks = ["3.1", "3.2", "3.3", "3.4", "3.5", "3.6"];

/** Starts one of them; null where it cannot be had here. */
export async function start(name: string): Promise<PythonProgram | null> {
  const [program, version] = name.split(" ") as [Release["program"], string];
  if (program === "tf_keras") return started(program, `tf-keras-${version}`);
  // 3.0 needs libraries that newer Pythons lack; it computes with the TensorFlow of its environment.
  if (version === "3.0") {
    const others = [
      "rich==13.9.4",
      "namex==0.0.8",
      "dm-tree==0.1.8",
      "pygments",
      "markdown-it-py==3.0.0",
      "mdurl",
    ];
    const folder = await install("tf-keras-2.15", "3.0.5", others);
    return folder === null ? null : started("keras", "tf-keras-2.15", folder, "tensorflow");
  }
  const release = ofKeras3[version];
  if (release === undefined) return null;
  const backend = losingMasks.includes(version) ? "jax" : "numpy";
  if (release === null) return started("keras", version, "", backend);
  const folder = await install("latest", release);
  return folder === null ? null : started("keras", "latest", folder, backend);
}

/** A folder with a release, without what it shares with its environment; null where there is none. */
async function install(
  environment: string,
  release: string,
  others: readonly string[] = [],
): Promise<string | null> {
  const folder = join(environments, "versions", release);
  if (existsSync(join(folder, "keras"))) return folder;
  const python = join(environments, environment, "bin/python");
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--target",
    folder,
    `keras==${release}`,
    ...others,
  ];
  try {
    await mkdir(folder, { recursive: true });
    await run(python, pip);
    return folder;
  } catch {
    return null;
  }
}

async function started(
  program: "keras" | "tf_keras",
  environment: string,
  folder = "",
  backend: Backend = "numpy",
): Promise<PythonProgram | null> {
  const python = join(environments, environment, "bin/python");
  if (!existsSync(python)) return null;
  const env = { CERATOPS_KERAS: folder, CERATOPS_BACKEND: backend };
  const running = new PythonProgram(program, python, env, program === "keras" ? backend : undefined);
  try {
    await running.start();
    return running;
  } catch (error) {
    console.log(`${program} in ${environment} does not start: ${String(error)}`);
    return null;
  }
}

/** Keras in a process of its own. One that ended is started again when it is asked. */
export class PythonProgram implements Running {
  readonly #program: "keras" | "tf_keras";
  readonly #python: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #backend: Backend | undefined;
  #version = "";
  #process: ChildProcessWithoutNullStreams | null = null;
  readonly #waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];

  constructor(
    program: "keras" | "tf_keras",
    python: string,
    env: Readonly<Record<string, string>>,
    backend?: Backend,
  ) {
    this.#program = program;
    this.#python = python;
    this.#env = env;
    this.#backend = backend;
  }

  get release(): Release {
    return {
      program: this.#program,
      version: this.#version,
      ...(this.#backend && { backend: this.#backend }),
    };
  }

  async start(): Promise<void> {
    this.#version = ((await this.ask({ cmd: "version" })) as { version: string }).version;
  }

  load(file: string): Promise<Outcome> {
    return this.#tried({ cmd: "load", file });
  }

  run(file: string, tensors: string): Promise<Outcome> {
    return this.#tried({ cmd: "run", file, tensors });
  }

  /** Loads a model as it was compiled, and asks for its loss and metrics. */
  async evaluate(file: string, tensors: string): Promise<Evaluated> {
    return await this.#tried({ cmd: "evaluate", file, tensors });
  }

  /** Loads weights alone, into the model that they are called after; null where it has not that model. */
  async weights(file: string): Promise<Outcome | null> {
    const outcome = (await this.#tried({ cmd: "weights", file })) as Outcome & { readonly made?: boolean };
    return outcome.made === false ? null : outcome;
  }

  /** Has it write the models of golden/cases, with what they compute: by name, null or why it cannot. */
  async standard(dir: string): Promise<Readonly<Record<string, string | null>>> {
    return ((await this.ask({ cmd: "standard", dir })) as { models: Record<string, string | null> }).models;
  }

  /** The same of random models, from a seed on, each as `.keras` and as `.h5`. */
  async random(dir: string, seed: number, count: number): Promise<Readonly<Record<string, string | null>>> {
    const asked = { cmd: "random", dir, seed, count };
    return ((await this.ask(asked)) as { models: Record<string, string | null> }).models;
  }

  end(): void {
    this.#process?.stdin.end();
  }

  /** A program that ends at a file, or that never ends with it, does not load it. */
  async #tried(request: Readonly<Record<string, string>>): Promise<Outcome> {
    const asked = this.ask(request);
    const running = this.#process;
    const watch = setTimeout(() => running?.kill("SIGKILL"), PATIENCE);
    try {
      return (await asked) as Outcome;
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(watch);
    }
  }

  ask(request: Readonly<Record<string, string | number>>): Promise<unknown> {
    this.#process ??= this.#spawn();
    const { stdin } = this.#process;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  #spawn(): ChildProcessWithoutNullStreams {
    const script = fileURLToPath(new URL("program.py", import.meta.url));
    const started = spawn(this.#python, [script, this.#program], {
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...this.#env },
    });
    let said = "";
    started.stderr.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    createInterface({ input: started.stdout }).on("line", (line) =>
      this.#waiting.shift()?.resolve(JSON.parse(line)),
    );
    const ended = (reason: string) => {
      if (this.#process === started) this.#process = null;
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(reason));
    };
    started.stdin.on("error", () => started.kill());
    started.on("error", (error) => ended(`Python did not start: ${error.message}`));
    started.on("exit", (code, signal) => ended(`Python ended with ${code ?? signal}: ${said}`));
    return started;
  }
}
