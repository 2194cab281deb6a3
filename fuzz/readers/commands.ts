import { capture } from "../../src/cli/capture.fixture.ts";
import { unprintable, unquoted } from "../judge.ts";
import { expectThat, type Reader } from "../reader.ts";
import { kerasFiles } from "../seeds.ts";
import { mutateKeras } from "./keras.ts";

const commandLines: readonly (readonly string[])[] = [
  ["check", "-"],
  ["check", "-", "--json"],
  ["summary", "-"],
  ["weights", "-"],
  ["config", "-"],
  ["inputs", "-"],
  ["graph", "-"],
];

/** Commands on a file that comes by standard input: what they print can be printed, and nothing goes wrong unforeseen. */
export const commands: Reader<Uint8Array> = {
  name: "command line",
  share: 4,
  seeds: kerasFiles,
  mutate: mutateKeras,
  async run(bytes) {
    const args = commandLines[bytes.length % commandLines.length]!;
    const { stdout, stderr } = await capture(args, { stdin: bytes });
    const shown = JSON.stringify(stderr.slice(0, 300));
    expectThat(!/internal error/.test(unquoted(stderr)), `ceratops ${args.join(" ")}: ${shown}`);
    for (const text of [stdout, stderr]) {
      const line = text.split("\n").find((each) => unprintable.test(each.replaceAll("\t", "")));
      expectThat(
        line === undefined,
        `ceratops ${args.join(" ")} prints control characters: ${JSON.stringify(line?.slice(0, 300))}`,
      );
    }
  },
};
