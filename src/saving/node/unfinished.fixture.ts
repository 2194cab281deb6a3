import { writeFileAtomic } from "./write-file.ts";

// A process that writes a file and never ends it; it says when it has begun. What it does on a signal is said by its arguments.

const [path = "", does = ""] = process.argv.slice(2);

if (does === "exits") process.once("SIGTERM", () => process.exit(7));
if (does === "goes on") {
  process.on("SIGTERM", () => {
    process.stdout.write("on ");
    end();
  });
}
if (does === "throws") setTimeout(() => Promise.reject(new Error("elsewhere")), 300);

const listeners = () => process.listenerCount("SIGINT") + process.listenerCount("exit");
const before = listeners();
let end = () => {};
const ended = new Promise<void>((resolve) => {
  end = resolve;
});
const waiting = setInterval(() => {}, 1000);

await writeFileAtomic(
  path,
  (async function* () {
    yield new Uint8Array(100);
    process.stdout.write("begun ");
    await ended;
  })(),
);
clearInterval(waiting);
process.stdout.write(`listeners: ${listeners() - before}`);
