// Runs in a thread of its own, whose stack is deep enough for TensorFlow.js: a chain built, written and read.
import { parentPort, workerData } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs";

await tf.setBackend("cpu");
const start = performance.now();
const inputs = tf.input({ shape: [4] });
let outputs = inputs;
for (let i = 0; i < workerData.layers; i++) outputs = tf.layers.dense({ units: 4 }).apply(outputs);
const model = tf.model({ inputs, outputs });
await tf.models.modelFromJSON({ modelTopology: JSON.parse(model.toJSON()) });
parentPort.postMessage(performance.now() - start);
