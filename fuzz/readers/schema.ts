import { capture } from "../../src/cli/capture.fixture.ts";
import { builtins } from "../../src/index.ts";
import { unprintable, unquoted } from "../judge.ts";
import { mutateText } from "../mutate/json-text.ts";
import { hostileNames } from "../mutate/vocabulary.ts";
import { expectThat, type Reader } from "../reader.ts";

const versions = ["", "3.6", "3.15", "2.15", "4", "-1", "3.6.0.dev", "NaN"];

/** `ceratops schema` of the name of any class, and of what is none. */
export const schema: Reader<string> = {
  name: "ceratops schema",
  share: 2,
  seeds: () => [...builtins.names(), ...hostileNames, "keras.layers.Dense", "keras.initializers.Zeros"],
  mutate: (seed, random) => (random.once(3) ? seed : mutateText(seed, random)),
  async run(name) {
    const version = versions[name.length % versions.length]!;
    const args = ["schema", name, ...(version === "" ? [] : ["--keras", version])];
    const { stdout, stderr } = await capture(args);
    expectThat(
      !/internal error/.test(unquoted(stderr)),
      `ceratops schema: ${JSON.stringify(stderr.slice(0, 300))}`,
    );
    for (const line of `${stdout}\n${stderr}`.split("\n"))
      expectThat(
        !unprintable.test(line),
        `ceratops schema prints control characters: ${JSON.stringify(line.slice(0, 300))}`,
      );
    const isOption = name.startsWith("-");
    if (stderr === "" && !isOption) expectThat(typeof JSON.parse(stdout) === "object", "a schema is no JSON");
  },
};
