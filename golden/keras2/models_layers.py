"""Models of convolutions, pooling, normalization, attention, and of layers that newer Keras has no more."""

import tensorflow as tf

K, L = tf.keras, tf.keras.layers


def conv1d():
    return K.Sequential([K.Input((8, 2)), L.Conv1D(3, 3, padding="causal", activation="relu"), L.SeparableConv1D(4, 2), L.DepthwiseConv1D(2), L.Conv1DTranspose(2, 3, 2), L.MaxPooling1D(), L.ZeroPadding1D(2), L.Cropping1D(1), L.UpSampling1D(), L.AveragePooling1D(3, 1, "same"), L.SpatialDropout1D(0.5), L.GlobalAveragePooling1D()])


def conv2d():
    x = K.Input((8, 8, 2), name="x")
    y = L.Conv2D(4, 3, 2, "same", use_bias=False, groups=2)(x)
    y = L.ReLU(6.0)(L.BatchNormalization()(y))
    y = L.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(y)
    y = L.SeparableConv2D(3, 3, padding="same")(y)
    y = L.Conv2DTranspose(2, 3, 2, "same")(y)
    z = L.Conv2D(2, (2, 3), dilation_rate=2, padding="same")(x)
    y = L.Add()([y, z])
    return K.Model(x, [L.Flatten()(L.MaxPooling2D()(y)), L.GlobalMaxPooling2D()(L.AveragePooling2D(3, 2, "same")(y)), L.UpSampling2D(2, interpolation="bilinear")(L.Cropping2D(2)(L.ZeroPadding2D(((1, 0), (0, 1)))(y)))])


def conv3d():
    return K.Sequential([K.Input((4, 4, 4, 1)), L.Conv3D(2, 2), L.Conv3DTranspose(2, 2), L.MaxPooling3D(), L.UpSampling3D(), L.ZeroPadding3D(1), L.Cropping3D(2), L.AveragePooling3D(), L.GlobalAveragePooling3D()])


def local():
    x, y = K.Input((5, 2), name="x"), K.Input((4, 5, 2), name="y")
    return K.Model([x, y], [L.LocallyConnected1D(2, 3, implementation=n)(x) for n in (1, 2, 3)] + [L.LocallyConnected2D(2, 2, implementation=n)(y) for n in (1, 2, 3)])


def activations():
    x = K.Input((3, 4), name="x")
    layers = [L.ThresholdedReLU(0.5), L.LeakyReLU(), L.ELU(0.5), L.PReLU(shared_axes=[1]), L.ReLU(), L.Softmax(1), L.Activation("hard_sigmoid"), L.Activation("gelu"), L.Activation("selu"), L.Activation("swish")]
    return K.Model(x, [layer(x) for layer in layers])


def normalizing():
    x = K.Input((4, 3), name="x")
    frozen = L.BatchNormalization(name="frozen", trainable=False)
    return K.Model(x, [frozen(x), L.BatchNormalization(axis=1)(x), L.LayerNormalization(axis=[1, 2])(x), L.UnitNormalization()(x), L.BatchNormalization(scale=False, momentum=0.9)(x), L.experimental.SyncBatchNormalization()(x)])


def merging():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    return K.Model([a, b], [L.Add()([a, b]), L.Subtract()([a, b]), L.Multiply()([a, b]), L.Average()([a, b]), L.Maximum()([a, b]), L.Minimum()([a, b]), L.Concatenate()([a, b]), L.Dot(1, True)([a, b]), L.Reshape((3, 1))(a), L.RepeatVector(2)(b), L.Permute((2, 1))(L.RepeatVector(2)(a))])


def multi_head():
    q, v = K.Input((3, 4), name="q"), K.Input((5, 6), name="v")
    cross, scores = L.MultiHeadAttention(2, 3, name="cross")(q, value=v, return_attention_scores=True)
    return K.Model([q, v], [cross, scores, L.MultiHeadAttention(2, 2, value_dim=3, output_shape=5, name="self")(q, q)])


def attention():
    q, v = K.Input((3, 4), name="q"), K.Input((5, 4), name="v")
    return K.Model([q, v], [L.Attention(use_scale=True)([q, v]), L.AdditiveAttention()([q, v]), L.experimental.EinsumDense("abc,cd->abd", (None, 2), bias_axes="d")(q)])


def embedding_mask_lstm():
    x = K.Input((5,), dtype="int32", name="x")
    y = L.Embedding(6, 3, mask_zero=True)(x)
    return K.Model(x, L.LSTM(2)(L.LSTM(3, return_sequences=True)(L.Dropout(0.2)(y))))


def bidirectional_mask():
    x = K.Input((4, 3), name="x")
    y = L.Bidirectional(L.LSTM(2, return_sequences=True), name="ways")(L.Masking(name="mask")(x))
    return K.Model(x, L.Bidirectional(L.GRU(2), merge_mode="sum", backward_layer=L.SimpleRNN(2, go_backwards=True), name="mixed")(y))


MODELS = {
    "conv1d": conv1d,
    "conv2d": conv2d,
    "conv3d": conv3d,
    "locally_connected": local,
    "activations": activations,
    "normalizing": normalizing,
    "merging": merging,
    "multi_head": multi_head,
    "attention": attention,
    "embedding_mask_lstm": embedding_mask_lstm,
    "bidirectional_mask": bidirectional_mask,
}
