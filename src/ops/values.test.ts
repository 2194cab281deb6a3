import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { noteFor } from "../../test/tried.ts";
import { expectClose } from "../engines/expect-close.ts";
import { runProgram, useReference } from "../engines/reference/index.ts";
import { Builder } from "../program/builder.ts";
import type { Numeric } from "../program/emit.ts";
import type { Value } from "../program/value.ts";
import { slice } from "../registry/literals.ts";
import { Tensor } from "../tensor/tensor.ts";
import * as ops from "./index.ts";

type Inputs = Record<
  | "x"
  | "y"
  | "p"
  | "g"
  | "s"
  | "k2"
  | "kg"
  | "kd"
  | "kp"
  | "kt"
  | "k1"
  | "m"
  | "v"
  | "n"
  | "b"
  | "i"
  | "q"
  | "kv"
  | "a"
  | "c",
  Numeric
>;

/** Python expressions, what they give in Keras 3.6 on JAX, and the same here. */
const expressions: Readonly<Record<string, (inputs: Inputs) => Numeric>> = {
  'ops.conv(g, k2, strides=1, padding="same")': ({ g, k2 }) =>
    ops.conv(g, k2, { strides: 1, padding: "same" }),
  'ops.conv(g, k2, strides=2, padding="same")': ({ g, k2 }) =>
    ops.conv(g, k2, { strides: 2, padding: "same" }),
  'ops.conv(g, k2, strides=(2, 1), padding="valid")': ({ g, k2 }) =>
    ops.conv(g, k2, { strides: [2, 1], padding: "valid" }),
  'ops.conv(g, k2, strides=1, padding="same", dilation_rate=2)': ({ g, k2 }) =>
    ops.conv(g, k2, { strides: 1, padding: "same", dilation_rate: 2 }),
  'ops.conv(g, kg, strides=2, padding="same")': ({ g, kg }) =>
    ops.conv(g, kg, { strides: 2, padding: "same" }),
  'ops.conv(ops.transpose(g, (0, 3, 1, 2)), k2, strides=2, padding="same", data_format="channels_first")': ({
    g,
    k2,
  }) =>
    ops.conv(ops.transpose(g, { axes: [0, 3, 1, 2] }), k2, {
      strides: 2,
      padding: "same",
      data_format: "channels_first",
    }),
  'ops.conv(s, k1, strides=3, padding="same")': ({ s, k1 }) =>
    ops.conv(s, k1, { strides: 3, padding: "same" }),
  'ops.conv(s, k1, strides=2, padding="valid")': ({ s, k1 }) =>
    ops.conv(s, k1, { strides: 2, padding: "valid" }),
  'ops.depthwise_conv(g, kd, strides=2, padding="same")': ({ g, kd }) =>
    ops.depthwiseConv(g, kd, { strides: 2, padding: "same" }),
  'ops.depthwise_conv(g, kd, padding="valid", dilation_rate=2)': ({ g, kd }) =>
    ops.depthwiseConv(g, kd, { padding: "valid", dilation_rate: 2 }),
  'ops.separable_conv(g, kd, kp, strides=2, padding="same")': ({ g, kd, kp }) =>
    ops.separableConv(g, kd, kp, { strides: 2, padding: "same" }),
  'ops.conv_transpose(g, kt, strides=2, padding="valid")': ({ g, kt }) =>
    ops.convTranspose(g, kt, { strides: 2, padding: "valid" }),
  'ops.conv_transpose(g, kt, strides=2, padding="same")': ({ g, kt }) =>
    ops.convTranspose(g, kt, { strides: 2, padding: "same" }),
  'ops.conv_transpose(g, kt, strides=(3, 1), padding="same")': ({ g, kt }) =>
    ops.convTranspose(g, kt, { strides: [3, 1], padding: "same" }),
  'ops.conv_transpose(g, kt, strides=2, padding="valid", output_padding=1)': ({ g, kt }) =>
    ops.convTranspose(g, kt, { strides: 2, padding: "valid", output_padding: 1 }),
  'ops.conv_transpose(g, kt, strides=2, padding="same", output_padding=1)': ({ g, kt }) =>
    ops.convTranspose(g, kt, { strides: 2, padding: "same", output_padding: 1 }),
  'ops.conv_transpose(g, kt, strides=1, padding="same", dilation_rate=2)': ({ g, kt }) =>
    ops.convTranspose(g, kt, { strides: 1, padding: "same", dilation_rate: 2 }),
  'ops.conv_transpose(ops.transpose(g, (0, 3, 1, 2)), kt, strides=2, padding="same", data_format="channels_first")':
    ({ g, kt }) =>
      ops.convTranspose(ops.transpose(g, { axes: [0, 3, 1, 2] }), kt, {
        strides: 2,
        padding: "same",
        data_format: "channels_first",
      }),
  'ops.max_pool(g, 3, strides=2, padding="same")': ({ g }) =>
    ops.maxPool(g, { pool_size: 3, strides: 2, padding: "same" }),
  'ops.average_pool(g, 3, strides=2, padding="same")': ({ g }) =>
    ops.averagePool(g, { pool_size: 3, strides: 2, padding: "same" }),
  'ops.average_pool(s, 2, strides=2, padding="valid")': ({ s }) =>
    ops.averagePool(s, { pool_size: 2, strides: 2, padding: "valid" }),
  'ops.average_pool(ops.transpose(g, (0, 3, 1, 2)), 3, strides=2, padding="same", data_format="channels_first")':
    ({ g }) =>
      ops.averagePool(ops.transpose(g, { axes: [0, 3, 1, 2] }), {
        pool_size: 3,
        strides: 2,
        padding: "same",
        data_format: "channels_first",
      }),
  "ops.batch_normalization(g, m, v, axis=-1)": ({ g, m, v }) => ops.batchNormalization(g, m, v, { axis: -1 }),
  "ops.batch_normalization(g, m, v, axis=-1, offset=v, scale=m, epsilon=0.01)": ({ g, m, v }) =>
    ops.batchNormalization(g, m, v, { axis: -1, offset: v, scale: m, epsilon: 0.01 }),
  "ops.normalize(x, axis=1, order=3)": ({ x }) => ops.normalize(x, { axis: 1, order: 3 }),
  "ops.normalize(x, axis=[1, 2], order=2)": ({ x }) => ops.normalize(x, { axis: [1, 2], order: 2 }),
  "ops.normalize(x, axis=1, order=1)": ({ x }) => ops.normalize(x, { axis: 1, order: 1 }),
  "ops.softmax(x, axis=(1, 2))": ({ x }) => ops.softmax(x, { axis: [1, 2] }),
  "ops.log_softmax(x, axis=(0, 2))": ({ x }) => ops.logSoftmax(x, { axis: [0, 2] }),
  "ops.quantile(x, 0.3)": ({ x }) => ops.quantile(x, 0.3),
  "ops.quantile(x, [0.1, 0.6], axis=1)": ({ x }) => ops.quantile(x, [0.1, 0.6], { axis: 1 }),
  "ops.quantile(x, [0.1, 0.6], axis=(0, 2), keepdims=True)": ({ x }) =>
    ops.quantile(x, [0.1, 0.6], { axis: [0, 2], keepdims: true }),
  'ops.quantile(x, 0.4, axis=1, method="lower")': ({ x }) =>
    ops.quantile(x, 0.4, { axis: 1, method: "lower" }),
  'ops.quantile(x, 0.4, axis=1, method="higher")': ({ x }) =>
    ops.quantile(x, 0.4, { axis: 1, method: "higher" }),
  'ops.quantile(x, 0.4, axis=1, method="midpoint")': ({ x }) =>
    ops.quantile(x, 0.4, { axis: 1, method: "midpoint" }),
  'ops.quantile(x, 0.4, axis=1, method="nearest")': ({ x }) =>
    ops.quantile(x, 0.4, { axis: 1, method: "nearest" }),
  "ops.median(x)": ({ x }) => ops.median(x),
  "ops.median(x, axis=[0, 2], keepdims=True)": ({ x }) => ops.median(x, { axis: [0, 2], keepdims: true }),
  "ops.average(x, axis=1, weights=[0.2, 0.3, 0.9])": ({ x }) =>
    ops.average(x, { axis: 1, weights: [0.2, 0.3, 0.9] }),
  "ops.average(x, axis=1, weights=p)": ({ x, p }) => ops.average(x, { axis: 1, weights: p }),
  "ops.linspace(m, v, num=5)": ({ m, v }) => ops.linspace(m, v, { num: 5 }),
  "ops.linspace(m, v, num=4, endpoint=False, axis=-1)": ({ m, v }) =>
    ops.linspace(m, v, { num: 4, endpoint: false, axis: -1 }),
  "ops.logspace(m, v, num=3, base=2)": ({ m, v }) => ops.logspace(m, v, { num: 3, base: 2 }),
  "ops.digitize(x, [-0.5, 0.0, 0.5])": ({ x }) => ops.digitize(x, [-0.5, 0.0, 0.5]),
  "ops.searchsorted([1, 3, 3, 5], n)": ({ n }) => ops.searchsorted([1, 3, 3, 5], n),
  'ops.searchsorted([1, 3, 3, 5], n, side="right")': ({ n }) =>
    ops.searchsorted([1, 3, 3, 5], n, { side: "right" }),
  "ops.meshgrid(m, v)[0]": ({ m, v }) => ops.meshgrid(m, v)[0]!,
  'ops.meshgrid(m, v, indexing="ij")[1]': ({ m, v }) => ops.meshgrid(m, v, { indexing: "ij" })[1]!,
  'ops.in_top_k(ops.cast(i[:, 0], "int32"), x[:, 0], 2)': ({ x, i }) =>
    ops.inTopK(ops.cast(ops.getItem(i, [slice(), 0]), { dtype: "int32" }), ops.getItem(x, [slice(), 0]), {
      k: 2,
    }),
  "ops.scatter_update(a, [[0, 1], [2, 3]], [1.5, 2.5])": ({ a }) =>
    ops.scatterUpdate(
      a,
      [
        [0, 1],
        [2, 3],
      ],
      [1.5, 2.5],
    ),
  "ops.slice_update(a, [1, 2], c[:2])": ({ a, c }) =>
    ops.sliceUpdate(a, [1, 2], ops.getItem(c, [slice(null, 2)])),
  "ops.slice(a, [1, 2], [2, 3])": ({ a }) => ops.slice(a, [1, 2], { shape: [2, 3] }),
  "ops.dot_product_attention(q, q, q)": ({ q }) => ops.dotProductAttention(q, q, q),
  "ops.dot_product_attention(q, q, q, is_causal=True, scale=0.5)": ({ q }) =>
    ops.dotProductAttention(q, q, q, { is_causal: true, scale: 0.5 }),
  "ops.dot_product_attention(q, kv, kv)": ({ q, kv }) => ops.dotProductAttention(q, kv, kv),
  "ops.diag(m)": ({ m }) => ops.diag(m),
  "ops.diag(m, k=-2)": ({ m }) => ops.diag(m, { k: -2 }),
  "ops.diag(a, k=1)": ({ a }) => ops.diag(a, { k: 1 }),
  "ops.diagonal(a, offset=-1)": ({ a }) => ops.diagonal(a, { offset: -1 }),
  "ops.trace(a, offset=1)": ({ a }) => ops.trace(a, { offset: 1 }),
  "ops.tril(x, k=-1)": ({ x }) => ops.tril(x, { k: -1 }),
  "ops.triu(n)": ({ n }) => ops.triu(n),
  "ops.cumprod(n)": ({ n }) => ops.cumprod(n),
  "ops.cumsum(b, axis=1)": ({ b }) => ops.cumsum(b, { axis: 1 }),
  "ops.cumsum(x)": ({ x }) => ops.cumsum(x),
  "ops.diff(n, n=2)": ({ n }) => ops.diff(n, { n: 2 }),
  "ops.cross(x[:, :, :3], y[:, :, :2])": ({ x, y }) =>
    ops.cross(
      ops.getItem(x, [slice(), slice(), slice(null, 3)]),
      ops.getItem(y, [slice(), slice(), slice(null, 2)]),
    ),
  "ops.cross(x[:, :, :2], y[:, :, :2])": ({ x, y }) =>
    ops.cross(
      ops.getItem(x, [slice(), slice(), slice(null, 2)]),
      ops.getItem(y, [slice(), slice(), slice(null, 2)]),
    ),
  "ops.matmul(a, c)": ({ a, c }) => ops.matmul(a, c),
  "ops.matmul(m, ops.transpose(x, (0, 2, 1)))": ({ x, m }) =>
    ops.matmul(m, ops.transpose(x, { axes: [0, 2, 1] })),
  "ops.matmul(x, m)": ({ x, m }) => ops.matmul(x, m),
  "ops.matmul(m, v)": ({ m, v }) => ops.matmul(m, v),
  "ops.dot(x, m)": ({ x, m }) => ops.dot(x, m),
  "ops.dot(a, c)": ({ a, c }) => ops.dot(a, c),
  "ops.dot(m, v)": ({ m, v }) => ops.dot(m, v),
  "ops.tensordot(x, y, axes=[[0, 2], [0, 2]])": ({ x, y }) =>
    ops.tensordot(x, y, {
      axes: [
        [0, 2],
        [0, 2],
      ],
    }),
  "ops.tensordot(x, a, axes=0)": ({ x, a }) => ops.tensordot(x, a, { axes: 0 }),
  'ops.einsum("abc,abc", x, y)': ({ x, y }) => ops.einsum(x, y, { subscripts: "abc,abc" }),
  'ops.einsum("abc->cb", x)': ({ x }) => ops.einsum(x, { subscripts: "abc->cb" }),
  'ops.einsum("...ab,...cb->...ac", x, y)': ({ x, y }) =>
    ops.einsum(x, y, { subscripts: "...ab,...cb->...ac" }),
  'ops.einsum("ba", a)': ({ a }) => ops.einsum(a, { subscripts: "ba" }),
  "ops.outer(m, x)": ({ x, m }) => ops.outer(m, x),
  "ops.take(x, [[0, 2], [1, -1]], axis=1)": ({ x }) =>
    ops.take(
      x,
      [
        [0, 2],
        [1, -1],
      ],
      { axis: 1 },
    ),
  "ops.take(x, [3, -1])": ({ x }) => ops.take(x, [3, -1]),
  "ops.one_hot(n, 4)": ({ n }) => ops.oneHot(n, { num_classes: 4 }),
  'ops.one_hot(n, 3, axis=0, dtype="int32")': ({ n }) =>
    ops.oneHot(n, { num_classes: 3, axis: 0, dtype: "int32" }),
  "ops.multi_hot(i, 5)": ({ i }) => ops.multiHot(i, { num_classes: 5 }),
  "ops.top_k(n, 3)[1]": ({ n }) => ops.topK(n, { k: 3 })[1]!,
  "ops.sort(x, axis=0)": ({ x }) => ops.sort(x, { axis: 0 }),
  "ops.argsort(x, axis=None)": ({ x }) => ops.argsort(x, { axis: null }),
  "ops.argmax(x)": ({ x }) => ops.argmax(x),
  "ops.argmin(x, axis=1, keepdims=True)": ({ x }) => ops.argmin(x, { axis: 1, keepdims: true }),
  "ops.max(x, axis=1, initial=0.4)": ({ x }) => ops.max(x, { axis: 1, initial: 0.4 }),
  "ops.min(n, axis=0, initial=-2)": ({ n }) => ops.min(n, { axis: 0, initial: -2 }),
  "ops.max(b, axis=1)": ({ b }) => ops.max(b, { axis: 1 }),
  "ops.sum(b)": ({ b }) => ops.sum(b),
  'ops.sum(ops.cast(n, "int8"), axis=1)': ({ n }) => ops.sum(ops.cast(n, { dtype: "int8" }), { axis: 1 }),
  'ops.sum(ops.cast(i, "uint8"), axis=1)': ({ i }) => ops.sum(ops.cast(i, { dtype: "uint8" }), { axis: 1 }),
  "ops.prod(i, axis=1)": ({ i }) => ops.prod(i, { axis: 1 }),
  "ops.mean(b, axis=0)": ({ b }) => ops.mean(b, { axis: 0 }),
  'ops.mean(ops.cast(x, "float16"), axis=1)': ({ x }) =>
    ops.mean(ops.cast(x, { dtype: "float16" }), { axis: 1 }),
  "ops.var(n, axis=1)": ({ n }) => ops.variance(n, { axis: 1 }),
  "ops.std(x)": ({ x }) => ops.std(x),
  "ops.count_nonzero(n)": ({ n }) => ops.countNonzero(n),
  "ops.logsumexp(n, axis=1)": ({ n }) => ops.logsumexp(n, { axis: 1 }),
  "ops.moments(x, axes=[0, 2])[1]": ({ x }) => ops.moments(x, { axes: [0, 2] })[1]!,
  "ops.moments(x, axes=[1], keepdims=True)[0]": ({ x }) => ops.moments(x, { axes: [1], keepdims: true })[0]!,
  "ops.clip(n, -2, 3)": ({ n }) => ops.clip(n, { x_min: -2, x_max: 3 }),
  "ops.clip(b, 0, 1)": ({ b }) => ops.clip(b, { x_min: 0, x_max: 1 }),
  "ops.where(b, n, 0.5)": ({ n, b }) => ops.where(b, n, 0.5),
  "ops.where(n > 0, n, b)": ({ n, b }) => ops.where(ops.greater(n, 0), n, b),
  "ops.add(b, b)": ({ b }) => ops.add(b, b),
  "ops.add(n, 0.5)": ({ n }) => ops.add(n, 0.5),
  "ops.add(n, b)": ({ n, b }) => ops.add(n, b),
  "ops.multiply(b, b)": ({ b }) => ops.multiply(b, b),
  "ops.divide(n, 2)": ({ n }) => ops.divide(n, 2),
  "ops.divide(b, 2)": ({ b }) => ops.divide(b, 2),
  "ops.floor_divide(n, -4)": ({ n }) => ops.floorDivide(n, -4),
  "ops.mod(n, -4)": ({ n }) => ops.mod(n, -4),
  "ops.mod(x, 0.3)": ({ x }) => ops.mod(x, 0.3),
  "ops.power(n, 2)": ({ n }) => ops.power(n, 2),
  'ops.power(ops.cast(i, "float16"), 2)': ({ i }) => ops.power(ops.cast(i, { dtype: "float16" }), 2),
  "ops.maximum(b, n)": ({ n, b }) => ops.maximum(b, n),
  'ops.sqrt(ops.cast(i, "bfloat16"))': ({ i }) => ops.sqrt(ops.cast(i, { dtype: "bfloat16" })),
  "ops.exp(b)": ({ b }) => ops.exp(b),
  "ops.square(b)": ({ b }) => ops.square(b),
  "ops.abs(b)": ({ b }) => ops.abs(b),
  "ops.sign(n)": ({ n }) => ops.sign(n),
  "ops.floor(n)": ({ n }) => ops.floor(n),
  "ops.ceil(i)": ({ i }) => ops.ceil(i),
  "ops.round(p * 10, decimals=-1)": ({ p }) => ops.round(ops.multiply(p, 10), { decimals: -1 }),
  "ops.round(n)": ({ n }) => ops.round(n),
  "ops.trunc(x * 5)": ({ x }) => ops.trunc(ops.multiply(x, 5)),
  "ops.isfinite(n)": ({ n }) => ops.isfinite(n),
  "ops.logical_and(n, x[0, 0, 0])": ({ x, n }) => ops.logicalAnd(n, ops.getItem(x, [0, 0, 0])),
  "ops.logical_not(n)": ({ n }) => ops.logicalNot(n),
  "ops.logical_xor(n, b)": ({ n, b }) => ops.logicalXor(n, b),
  "ops.isclose(n, n + 0.00001)": ({ n }) => ops.isclose(n, ops.add(n, 1e-5)),
  "ops.nan_to_num(x / 0 - x / 0, nan=3.0)": ({ x }) =>
    ops.nanToNum(ops.subtract(ops.trueDivide(x, 0), ops.trueDivide(x, 0)), { nan: 3.0 }),
  "ops.nan_to_num(x / 0, posinf=5.0, neginf=-5.0)": ({ x }) =>
    ops.nanToNum(ops.trueDivide(x, 0), { posinf: 5.0, neginf: -5.0 }),
  "ops.logaddexp(n, n)": ({ n }) => ops.logaddexp(n, n),
  "ops.arctan2(n, n)": ({ n }) => ops.arctan2(n, n),
  "ops.relu(n)": ({ n }) => ops.relu(n),
  "ops.elu(n)": ({ n }) => ops.elu(n),
  "ops.gelu(x * 3)": ({ x }) => ops.gelu(ops.multiply(x, 3)),
  "ops.selu(x * 3)": ({ x }) => ops.selu(ops.multiply(x, 3)),
  "ops.leaky_relu(n)": ({ n }) => ops.leakyRelu(n),
  "ops.transpose(a)": ({ a }) => ops.transpose(a),
  "ops.squeeze(x[:, :1])": ({ x }) => ops.squeeze(ops.getItem(x, [slice(), slice(null, 1)])),
  "ops.expand_dims(x, (0, 2))": ({ x }) => ops.expandDims(x, { axis: [0, 2] }),
  "ops.flip(x)": ({ x }) => ops.flip(x),
  "ops.tile(a, 2)": ({ a }) => ops.tile(a, { repeats: 2 }),
  "ops.tile(a, [2, 1, 2])": ({ a }) => ops.tile(a, { repeats: [2, 1, 2] }),
  "ops.repeat(a, 2)": ({ a }) => ops.repeat(a, { repeats: 2 }),
  "ops.roll(a, 7)": ({ a }) => ops.roll(a, { shift: 7 }),
  "ops.roll(a, [1, 2], axis=[0, 1])": ({ a }) => ops.roll(a, { shift: [1, 2], axis: [0, 1] }),
  "ops.pad(a, 1)": ({ a }) => ops.pad(a, { pad_width: 1 }),
  "ops.pad(a, [1, 2])": ({ a }) => ops.pad(a, { pad_width: [1, 2] }),
  'ops.pad(a, [[1, 1], [0, 2]], mode="symmetric")': ({ a }) =>
    ops.pad(a, {
      pad_width: [
        [1, 1],
        [0, 2],
      ],
      mode: "symmetric",
    }),
  'ops.pad(a, [[1, 1], [0, 2]], mode="edge")': ({ a }) =>
    ops.pad(a, {
      pad_width: [
        [1, 1],
        [0, 2],
      ],
      mode: "edge",
    }),
  "ops.stack([n, n * 0.5], axis=2)": ({ n }) => ops.stack([n, ops.multiply(n, 0.5)], { axis: 2 }),
  "ops.concatenate([n, b], axis=1)": ({ n, b }) => ops.concatenate([n, b], { axis: 1 }),
  "ops.hstack([m, v])": ({ m, v }) => ops.hstack([m, v]),
  "ops.vstack([m, v])": ({ m, v }) => ops.vstack([m, v]),
  "ops.append(n, b)": ({ n, b }) => ops.append(n, b),
  "ops.split(a, [1, 4], axis=1)[1]": ({ a }) => ops.split(a, { indices_or_sections: [1, 4], axis: 1 })[1]!,
  "ops.unstack(a, axis=1)[3]": ({ a }) => ops.unstack(a, { axis: 1 })[3]!,
  "ops.arange(7)": () => ops.arange(7),
  "ops.arange(2, 9, 3)": () => ops.arange(2, 9, 3),
  "ops.arange(5.0)": () => ops.arange(5, { dtype: "float32" }),
  "ops.arange(1, 0, -0.25)": () => ops.arange(1, 0, -0.25),
  "ops.eye(3, 4, 1)": () => ops.eye(3, 4, { k: 1 }),
  "ops.full((2, 3), 7)": () => ops.full([2, 3], 7),
  "ops.full_like(n, 2.7)": ({ n }) => ops.fullLike(n, 2.7),
  'ops.zeros((2, 2), dtype="int32")': () => ops.zeros([2, 2], { dtype: "int32" }),
  'ops.saturate_cast(n * 100, "int8")': ({ n }) => ops.saturateCast(ops.multiply(n, 100), { dtype: "int8" }),
  'ops.cast(x * 5, "int32")': ({ x }) => ops.cast(ops.multiply(x, 5), { dtype: "int32" }),
  "ops.image.resize(g, (4, 9))": ({ g }) => ops.image.resize(g, { size: [4, 9] }),
  "ops.image.resize(g, (4, 9), antialias=True)": ({ g }) =>
    ops.image.resize(g, { size: [4, 9], antialias: true }),
  'ops.image.resize(g, (10, 9), interpolation="bicubic")': ({ g }) =>
    ops.image.resize(g, { size: [10, 9], interpolation: "bicubic" }),
  'ops.image.resize(g, (10, 3), interpolation="lanczos3", antialias=True)': ({ g }) =>
    ops.image.resize(g, { size: [10, 3], interpolation: "lanczos3", antialias: true }),
  'ops.image.resize(g, (10, 3), interpolation="lanczos5")': ({ g }) =>
    ops.image.resize(g, { size: [10, 3], interpolation: "lanczos5" }),
  'ops.image.resize(g, (5, 5), interpolation="nearest")': ({ g }) =>
    ops.image.resize(g, { size: [5, 5], interpolation: "nearest" }),
  "ops.image.resize(g, (4, 6), crop_to_aspect_ratio=True)": ({ g }) =>
    ops.image.resize(g, { size: [4, 6], crop_to_aspect_ratio: true }),
  "ops.image.resize(g, (4, 6), pad_to_aspect_ratio=True, fill_value=0.5)": ({ g }) =>
    ops.image.resize(g, { size: [4, 6], pad_to_aspect_ratio: true, fill_value: 0.5 }),
  'ops.image.resize(ops.transpose(g, (0, 3, 1, 2)), (4, 9), data_format="channels_first")': ({ g }) =>
    ops.image.resize(ops.transpose(g, { axes: [0, 3, 1, 2] }), {
      size: [4, 9],
      data_format: "channels_first",
    }),
  "ops.image.pad_images(g, 1, 2, bottom_padding=3, right_padding=0)": ({ g }) =>
    ops.image.padImages(g, { top_padding: 1, left_padding: 2, bottom_padding: 3, right_padding: 0 }),
  "ops.image.crop_images(g, 1, 2, 3, 0)": ({ g }) =>
    ops.image.cropImages(g, { top_cropping: 1, left_cropping: 2, bottom_cropping: 3, right_cropping: 0 }),
  "ops.sparse_categorical_crossentropy(i, ops.softmax(x))": ({ x, i }) =>
    ops.sparseCategoricalCrossentropy(i, ops.softmax(x)),
  "ops.sparse_categorical_crossentropy(i, x, from_logits=True)": ({ x, i }) =>
    ops.sparseCategoricalCrossentropy(i, x, { from_logits: true }),
  "ops.categorical_crossentropy(p, x, from_logits=True, axis=1)": ({ x, p }) =>
    ops.categoricalCrossentropy(p, x, { from_logits: true, axis: 1 }),
  'ops.binary_crossentropy(ops.cast(x > 0, "float32"), x * 3, from_logits=True)': ({ x }) =>
    ops.binaryCrossentropy(ops.cast(ops.greater(x, 0), { dtype: "float32" }), ops.multiply(x, 3), {
      from_logits: true,
    }),
  "ops.erfinv(x)": ({ x }) => ops.erfinv(x),
  "x[:, 1]": ({ x }) => ops.getItem(x, [slice(), 1]),
  "x[0, ..., None, 1:]": ({ x }) => ops.getItem(x, [0, ops.ellipsis, null, slice(1)]),
  "x[:, ::-2, None]": ({ x }) => ops.getItem(x, [slice(), slice(null, null, -2), null]),
  "x[:, [0, 2]]": ({ x }) => ops.getItem(x, [slice(), [0, 2]]),
  "x[..., n[0, 1] * 0]": ({ x, n }) =>
    ops.getItem(x, [ops.ellipsis, ops.multiply(ops.getItem(n, [0, 1]), 0)]),
};

interface Golden {
  readonly inputs: Readonly<Record<string, TensorRecord>>;
  readonly cases: readonly { readonly id: string; readonly output: TensorRecord }[];
}

const golden = JSON.parse(readFileSync(new URL("./values.golden.json", import.meta.url), "utf8")) as Golden;
const records = Object.entries(golden.inputs);
const tensors = Object.fromEntries(records.map(([name, record]) => [name, recordTensor(record)]));

/** Kernels, whose shapes are always known. */
const KERNELS = ["k2", "kg", "kd", "kp", "kt", "k1", "m", "v"];

/** What needs to know more than the rank before it runs: sizes of windows, images, parts, matrices and classes. */
const NEEDS_SIZES =
  /conv|\.image\.|unstack|diag|trace|cross\(|slice_update|sparse_categorical|dot_product|\[1, 0, 2\]|einsum\("ba"/;

/** Computes through a Program, with some dimensions known only when it runs. */
function traced(
  expression: (inputs: Inputs) => Numeric,
  isOpen: (name: string, axis: number) => boolean,
): Tensor {
  const builder = new Builder();
  const values = Object.fromEntries(
    records.map(([name, { shape, dtype }]) => [
      name,
      builder.input({ dtype, shape: shape.map((size, axis) => (isOpen(name, axis) ? null : size)) }),
    ]),
  );
  const result = expression(values as unknown as Inputs);
  if (result instanceof Tensor) return result;
  return runProgram(builder.finish([result as Value]), Object.values(tensors))[0]!;
}

function tolerance({ dtype }: TensorRecord): number | undefined {
  return dtype === "float16" || dtype === "bfloat16" ? 1e-2 : undefined;
}

beforeAll(useReference);

it("has each case of the golden file", () => {
  expect(Object.keys(expressions)).toEqual(golden.cases.map(({ id }) => id));
});

describe("values as Keras's", () => {
  it.for(golden.cases)("$id", ({ id, output }, context) => {
    const [name = id] = /\bops\.(image\.)?\w+/.exec(id) ?? [];
    noteFor(context, name)("values", () => {
      const result = expressions[id]!(tensors as unknown as Inputs) as Tensor;
      expectClose(result, recordTensor(output), id, tolerance(output));
    });
  });

  it.each(golden.cases)("$id with an open batch", ({ id, output }) => {
    const result = traced(expressions[id]!, (name, axis) => axis === 0 && "xypgs".includes(name));
    expectClose(result, recordTensor(output), id, tolerance(output));
  });

  it.each(golden.cases.filter(({ id }) => !NEEDS_SIZES.test(id)))(
    "$id with all dimensions open",
    ({ id, output }) => {
      const result = traced(expressions[id]!, (name) => !KERNELS.includes(name));
      expectClose(result, recordTensor(output), id, tolerance(output));
    },
  );
});
