/** Runs cases in a process of its own, which may be ended when it hangs or takes too much memory: see `children.ts`. */
import fs from "node:fs";
import { resetNames } from "../src/index.ts";
import { inputOf, readerNamed, readerOf, seedsOf } from "./case.ts";
import { unflatten } from "./flat.ts";
import { type Fault, fault, faultOf } from "./judge.ts";
import type { Answer, Finding, Outcomes, Question } from "./messages.ts";
import { type Input, type Reader, Wrong } from "./reader.ts";
import { readers } from "./readers/index.ts";
import { outsideOf, sealOff } from "./sealed.ts";

const [progress = "", only] = process.argv.slice(2);
const writeSync = fs.writeSync;
const progressFile = fs.openSync(progress, "w");
const position = Buffer.alloc(8);
const mostSeconds = 5;
let stray: unknown = null;

process.on("unhandledRejection", (error) => {
  stray ??= error;
});
process.on("uncaughtException", (error) => {
  stray ??= error;
});
process.on("message", (question: Question) => {
  answer(question).then(
    (found) => process.send!(found),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

await warmUp().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
sealOff();
process.send!("ready");

async function answer(question: Question): Promise<Answer> {
  if ("input" in question) {
    const fault = await faultIn(readerNamed(question.reader), unflatten(question.input));
    return { fault, memory: process.resourceUsage().maxRSS };
  }
  const { seed, from, to, only } = question;
  const findings: Finding[] = [];
  const read: Outcomes = {};
  for (let index = from; index < to; index++) {
    const reader = readerOf(seed, index, only);
    position.writeDoubleLE(index);
    writeSync(progressFile, position, 0, 8, 0);
    const input = await inputOf(seed, index, only);
    let isRead = true;
    const fault = await faultIn(reader, input, () => {
      isRead = false;
    });
    if (isRead) read[reader.name] = (read[reader.name] ?? 0) + 1;
    if (fault !== null) findings.push({ index, reader: reader.name, fault });
    const memory = process.resourceUsage().maxRSS;
    if (memory > question.mostMemory) return { findings, read, next: index + 1, memory };
  }
  return { findings, read, next: to, memory: process.resourceUsage().maxRSS };
}

/** What is wrong with how an input is read; null where nothing is. */
async function faultIn(reader: Reader, input: Input, onError?: () => void): Promise<Fault | null> {
  resetNames();
  stray = null;
  const start = process.cpuUsage();
  let error: unknown;
  try {
    await reader.run(input);
  } catch (thrown) {
    onError?.();
    error = thrown ?? new Wrong("threw nothing");
  }
  const { user } = process.cpuUsage(start);
  const outside = outsideOf();
  if (outside !== null) return fault("wrong", outside);
  const found = error === undefined ? null : faultOf(error);
  if (found !== null) return found;
  if (stray !== null) return faultOf(stray) ?? fault("untyped", `stray ${String(stray)}`);
  return user > mostSeconds * 1e6 ? fault("hang", `took more than ${mostSeconds} s`) : null;
}

/** Reads some of what is honest, so that all modules are there before files cannot be read any more. */
async function warmUp(): Promise<void> {
  for (const reader of readers) {
    if (only !== undefined && reader.name !== only) continue;
    const seeds = await seedsOf(reader);
    const step = Math.ceil(seeds.length / 40);
    for (const input of seeds.filter((_, i) => i % step === 0)) await faultIn(reader, input);
  }
}
