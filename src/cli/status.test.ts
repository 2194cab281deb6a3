import { expect, it } from "vitest";
import type { Output } from "./io.ts";
import { withStatus } from "./status.ts";

function record(isTTY: boolean) {
  let text = "";
  let time = 0;
  const stream: Output = {
    isTTY,
    columns: 20,
    write: (data) => {
      text += data;
    },
  };
  const io = withStatus(
    { stdin: (async function* () {})(), stdout: stream, stderr: stream, env: {} },
    () => time,
  );
  const at = (milliseconds: number) => {
    time = milliseconds;
    return io;
  };
  return { at, text: () => text };
}

it("says on a terminal how far long work is, and makes way for what is written", () => {
  const { at, text } = record(true);
  at(100).status.say(() => "too early");
  at(500).status.say(() => "1 of 9 samples");
  at(550).status.say(() => "too soon");
  at(700).status.say(() => "5 of 9 \u001b[2Jsamples, which is a long line");
  at(701).stdout.write("done\n");
  at(702).status.clear();
  expect(text()).toBe("\r\u001b[K1 of 9 samples\r\u001b[K5 of 9 \\u001b[2Jsam\r\u001b[Kdone\n");
});

it("says nothing elsewhere", () => {
  const { at, text } = record(false);
  at(5000).status.say(() => "1 of 9");
  at(5000).stderr.write("x");
  expect(text()).toBe("x");
});
