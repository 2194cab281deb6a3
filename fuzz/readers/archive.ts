import { zip } from "../../src/saving/archive.fixture.ts";
import { openArchive } from "../../src/saving/archive.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { mutateZip } from "../mutate/zip.ts";
import { expectThat, type Reader } from "../reader.ts";

const mostRead = 2 ** 24;

/** Zip archives: each member is read in all ways there are. */
export const archive: Reader<Uint8Array> = {
  name: "archive",
  share: 14,
  seeds: () => [
    zip([]),
    zip([{ name: "a", bytes: new Uint8Array(50) }]),
    zip(["a", "b/c", "é", "assets/"].map((name, i) => ({ name, bytes: new Uint8Array(100 * i).fill(i) }))),
  ],
  mutate: (seed, random, seeds) => mutateZip(seed, random, seeds),
  async run(bytes) {
    const { members } = await openArchive(memorySource(bytes), "a.zip");
    for (const [name, member] of members) {
      expectThat(name === member.name, "a member has two names");
      const read = await member.read(mostRead);
      expectThat(read.length === member.size, "a member is of another size than it says");
      await member.check();
      const source = await member.source();
      const again = await source.read(0, source.size);
      expectThat(Buffer.from(again).equals(Buffer.from(read)), "a member is read in two ways");
    }
  },
};
