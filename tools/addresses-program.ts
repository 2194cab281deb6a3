/**
 * A program that reads models from addresses, of a server of its own that fails as servers do: for Node, Deno and Bun,
 * each of which has a `fetch` of its own. Says "ok".
 */
export const ADDRESSES = String.raw`
import { createServer } from "node:net";
import { Input, Sequential } from "ceratops";
import { Dense } from "ceratops/layers";
import { loadModel } from "ceratops/node";
import { httpSource, toBytes } from "ceratops/saving";

const model = new Sequential([Input({ shape: [300] }), new Dense({ units: 300 }), new Dense({ units: 300 })]);
const file = await toBytes(model);

const head = (status, length, ...lines) =>
  ["HTTP/1.1 " + status, "Content-Length: " + length, "Connection: close", ...lines, "", ""].join("\r\n");
const partly = (start, length) =>
  head("206 Partial Content", length, 'ETag: "1"', "Content-Range: bytes " + start + "-" + (start + length - 1) + "/" + file.length);

/** How a request for the bytes from start to end can be answered. */
const answers = {
  range(socket, start, end) {
    const bytes = file.subarray(start, end);
    socket.write(partly(start, bytes.length));
    socket.end(bytes);
  },
  whole(socket) {
    socket.write(head("200 OK", file.length));
    socket.end(file);
  },
  half(socket, start, end) {
    const bytes = file.subarray(start, end);
    socket.write(partly(start, bytes.length));
    socket.write(bytes.subarray(0, bytes.length / 2), () => socket.destroy());
  },
  busy: (socket) => socket.end(head("503 Service Unavailable", 0, "Retry-After: 0")),
  moved: (socket) => socket.end(head("302 Found", 0, "Location: /good.keras")),
  missing: (socket) => socket.end(head("404 Not Found", 0)),
  reset: (socket) => socket.destroy(),
  silence() {},
};

/** How requests for a path are answered, in order; all others with the range that they ask for. */
const { range, whole, half, busy, moved, missing, reset, silence } = answers;
const planned = {
  "/busy.keras": [busy, range, reset, half],
  "/moved.keras": [moved],
  "/whole.keras": [whole],
  "/missing.keras": [missing],
  "/silent.keras": [silence],
  "/slow.keras": [silence],
  "/silent-later.keras": [range, silence],
};
const asked = [];
const sockets = new Set();

const server = createServer((socket) => {
  let text = "";
  sockets.add(socket);
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    text += bytes.toString("latin1");
    if (!text.includes("\r\n\r\n")) return;
    const [, path] = /^GET ([^ ?]+)/.exec(text);
    const [, start, last] = /^range: bytes=(\d+)-(\d+)/im.exec(text);
    asked.push(path);
    const answer = planned[path]?.shift() ?? range;
    answer(socket, Number(start), Number(last) + 1);
  });
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const at = (path) => new URL(path + "?token=secret", "http://127.0.0.1:" + server.address().port);

function expect(isRight, what) {
  if (!isRight) throw new Error(what);
}

/** The name and the text of the error that a promise is rejected with. */
const failure = (work) => work.then(() => "none", ({ name, message }) => name + ": " + message);

for (const path of ["/good.keras", "/busy.keras", "/moved.keras", "/whole.keras"]) {
  const read = await loadModel(at(path));
  await read.load();
  const isSame = ({ value }, i) => value.data.every((number, j) => number === read.weights[i].value.data[j]);
  expect(model.weights.every(isSame), path + " has other weights");
}

const lazy = await loadModel(at("/good.keras").href);
const before = asked.length;
await lazy.weights[0].load();
expect(asked.length > before && lazy.weights[2].isRemote, "a weight is not read when it is wanted");

const error = await failure(loadModel(at("/missing.keras")));
expect(error.startsWith("FileError") && error.includes("404") && !error.includes("secret"), error);

for (const path of ["/silent.keras", "/silent-later.keras"]) {
  const ended = await failure(loadModel(at(path), { verify: true, signal: AbortSignal.timeout(200) }));
  expect(ended.startsWith("TimeoutError"), path + ": " + ended);
}
const late = await failure(httpSource(at("/slow.keras"), { timeout: 200, attempts: 1 }));
expect(late.startsWith("FileError"), late);
const left = Object.keys(planned).filter((path) => planned[path].length > 0);
expect(left.length === 0, left + " were not asked for as often as planned");

server.close();
for (const socket of sockets) socket.destroy();
console.log("ok");
`;
