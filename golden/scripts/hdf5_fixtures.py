"""Writes golden/hdf5/*.h5 with h5py, and expected.json with what h5py reads from each."""

import base64
import json
import sys
import zlib
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "hdf5"
FULL_PRECISION = ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"]


def values(dtype, shape):
    count = int(np.prod(shape))
    if np.dtype(dtype).kind == "b":
        return (np.arange(count) % 3 == 0).reshape(shape)
    if np.dtype(dtype).kind == "u":
        return (np.arange(count) * 7 % 251).astype(dtype).reshape(shape)
    return ((np.arange(count) * 7 % 113) - 50).astype(dtype).reshape(shape)


def plain(file):
    file.attrs["keras_version"] = "3.6.0"
    deep = file.create_group("layers/dense/vars")
    deep.attrs["name"] = "dense"
    for number, dtype in enumerate(FULL_PRECISION):
        deep[str(number)] = values(dtype, (2, 3))
        deep.create_dataset(f"big_{number}", data=values(dtype, (3,)).astype(np.dtype(dtype).newbyteorder(">")))
    deep["bool"] = values("?", (2, 2))
    bits = deep.create_dataset("bfloat16", data=np.array([0x3F80, 0xC000, 0x7FC0], dtype="<u2").view("|V2"))
    bits.attrs["dtype"] = "bfloat16"
    file["scalar"] = np.float32(1.5)
    file["count"] = np.int64(2**60 + 1)
    file["empty"] = np.zeros((0, 3), "f4")
    file["nothing"] = h5py.Empty("f4")
    file.create_dataset("unwritten", (2, 2), "f4")
    file.create_dataset("filled", (2, 2), "f4", fillvalue=2.5)
    file["text"] = "naïve 日本"
    file["texts"] = ["a", "", "é"]
    file["fixed"] = np.array([b"ab", b"abcd"], dtype="S4")
    file.create_group("no children")


def attributes(file):
    group = file.create_group("many")
    for number in range(12):
        group.attrs[f"attribute_{number}"] = f"value {number}"
    group.attrs["long"] = "x" * 6000
    single = file.create_group("single")
    single.attrs["long fixed"] = np.bytes_("y" * 5000)
    for number in range(9):
        single.attrs[f"n{number}"] = np.int32(number)
    kinds = file.create_group("kinds").attrs
    kinds["é"] = "ü"
    kinds["empty"] = ""
    kinds["float"] = np.float64(0.1)
    kinds["array"] = np.arange(4, dtype="i4").reshape(2, 2)
    kinds["flag"] = True
    kinds["texts"] = ["kernel", "bias"]
    kinds["fixed"] = np.array([b"kernel", b"bias"])
    kinds["none"] = h5py.Empty("f4")


def links(file):
    file["one"] = np.arange(3, dtype="f4")
    wide = file.create_group("wide")
    for number in range(150):
        wide[f"name_{number * 37 % 150}"] = file["one"]
    ordered = file.create_group("ordered", track_order=True)
    for name in ["z", "a", "m"]:
        ordered[name] = file["one"]
    ordered_wide = file.create_group("ordered_wide", track_order=True)
    for number in range(20):
        ordered_wide[str(20 - number)] = file["one"]
    file["日本"] = file["one"]


def chunks(file):
    data = values("f4", (7, 10))
    file.create_dataset("plain", data=data, chunks=(3, 4))
    file.create_dataset("gzip", data=data, chunks=(3, 4), compression="gzip", shuffle=True)
    file.create_dataset("checked", data=data, chunks=(3, 4), compression="gzip", shuffle=True, fletcher32=True)
    file.create_dataset("fletcher", data=values("u1", (13,)), chunks=(5,), fletcher32=True)
    file.create_dataset("one", data=data, chunks=(7, 10), compression="gzip")
    file.create_dataset("one_plain", data=data, chunks=(7, 10))
    sparse = file.create_dataset("sparse", (20, 20), "i2", chunks=(4, 4), compression="gzip", fillvalue=-3)
    sparse[5:7, 9:14] = 8
    growing = file.create_dataset("growing", (3, 50), "i4", chunks=(2, 3), maxshape=(6, None))
    growing[...] = values("i4", (3, 50))
    gzipped = file.create_dataset("growing_gzip", (40,), "i4", chunks=(1,), maxshape=(None,), compression="gzip")
    gzipped[...] = values("i4", (40,))
    both = file.create_dataset("growing_both", (9, 9), "i4", chunks=(2, 2), maxshape=(None, None))
    both[...] = values("i4", (9, 9))
    both = file.create_dataset("growing_both_gzip", (9, 9), "i4", chunks=(4, 4), maxshape=(None, None), compression="gzip")
    both[...] = values("i4", (9, 9))
    limited = file.create_dataset("limited", (5, 5), "u1", chunks=(2, 2), maxshape=(11, 13))
    limited[...] = values("u1", (5, 5))
    file.create_dataset("cube", data=values("i2", (3, 4, 5)), chunks=(2, 3, 2))
    file.create_dataset("words", data=["one", "two", "three"], chunks=(2,))


def allocated_early(file):
    space = h5py.h5s.create_simple((5, 6))
    creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    creation.set_chunk((2, 4))
    creation.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    h5py.h5d.create(file.id, b"implicit", h5py.h5t.NATIVE_INT16, space, creation)
    file["implicit"][...] = values("i2", (5, 6))
    creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    creation.set_layout(h5py.h5d.COMPACT)
    h5py.h5d.create(file.id, b"compact", h5py.h5t.NATIVE_INT16, space, creation)
    file["compact"][...] = values("i2", (5, 6))


def paged(file):
    """More chunks than a page of an index holds (1,024)."""
    file.create_dataset("fixed", data=values("u1", (1100,)), chunks=(1,))


def paged_growing(file):
    """Blocks from 131,060 on are so large that they have pages; here, the second page of the second block."""
    growing = file.create_dataset("growing", (134700,), "u1", chunks=(1,), maxshape=(None,))
    growing[2990:2995] = values("u1", (5,))
    growing[134608:134613] = values("u1", (5,))


def small_offsets(path):
    creation = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    creation.set_sizes(4, 4)
    with h5py.File(h5py.h5f.create(bytes(path), h5py.h5f.ACC_TRUNC, creation)) as file:
        file.create_group("g").attrs["name"] = "small"
        file["g/x"] = values("f4", (2, 3))
        file.create_dataset("g/y", data=values("f4", (2, 3)), chunks=(1, 2), compression="gzip")


def refused():
    def soft(file):
        file["a"] = h5py.SoftLink("/b")

    def external(file):
        file["a"] = h5py.ExternalLink("other.h5", "/b")

    def storage(file):
        file.create_dataset("a", (4,), "u1", external=[("other.bin", 0, 4)])

    def virtual(file):
        layout = h5py.VirtualLayout((4,), "u1")
        layout[...] = h5py.VirtualSource("other.h5", "b", (4,))
        file.create_virtual_dataset("a", layout)

    def committed(file):
        file["type"] = np.dtype("f4")
        file.create_dataset("a", (4,), file["type"])

    def cycle(file):
        file.create_group("a/b")
        file["a/b/c"] = file["a"]

    for make in [soft, external, storage, virtual, committed, cycle]:
        for libver in ["earliest", "latest"]:
            with h5py.File(FOLDER / f"refused-{make.__name__}-{libver}.h5", "w", libver=libver) as file:
                make(file)


def unsupported(file):
    file["compound"] = np.zeros(2, dtype=[("a", "f4"), ("b", "i4")])
    file["complex"] = np.zeros(2, "c8")
    file["opaque"] = np.zeros(2, "V3")
    file["enum"] = np.zeros(2, h5py.enum_dtype({"A": 0, "B": 1}, "i1"))
    file.create_dataset("sequences", (2,), h5py.vlen_dtype("i4"))
    file["lzf"] = np.zeros(0, "f4")
    file.create_dataset("lzf_chunked", data=np.zeros(100, "f4"), compression="lzf")
    file["ok"] = np.float32(1)
    file["ok"].attrs["compound"] = np.zeros((), dtype=[("a", "f4")])


def describe(dataset):
    dtype = h5py.check_string_dtype(dataset.dtype)
    attributes = {name: describe_value(dataset.attrs[name]) for name in dataset.attrs}
    if dataset.shape is None:
        return {"dtype": dataset.dtype.name, "shape": [0], "attributes": attributes, "bytes": ""}
    if dtype is not None:
        flat = np.asarray(dataset.asstr()[()]).reshape(-1).tolist()
        return {"dtype": "string", "shape": list(dataset.shape), "attributes": attributes, "strings": flat}
    array = np.asarray(dataset[()])
    name = attributes.get("dtype", array.dtype.name)
    little = array.astype(array.dtype.newbyteorder("<")) if array.dtype.kind in "iuf" else array
    stored = little.tobytes()
    found = {"dtype": name, "shape": list(array.shape), "attributes": attributes}
    if len(stored) > 4096:
        return {**found, "deflated": base64.b64encode(zlib.compress(stored)).decode()}
    return {**found, "bytes": base64.b64encode(stored).decode()}


def describe_value(value):
    if isinstance(value, h5py.Empty):
        return None
    if isinstance(value, (str, bytes)):
        return value if isinstance(value, str) else value.decode()
    array = np.asarray(value)
    if array.dtype.kind in "OS":
        return [v.decode() if isinstance(v, bytes) else v for v in array.reshape(-1).tolist()]
    return {"dtype": array.dtype.name, "shape": list(array.shape), "values": array.reshape(-1).tolist()}


def contents(path):
    found = {}
    with h5py.File(path, "r") as file:
        groups = [("", file)]
        while groups:
            prefix, group = groups.pop()
            found[prefix or "/"] = {
                "attributes": {name: describe_value(group.attrs[name]) for name in group.attrs},
                "children": list(group),
            }
            for name, child in group.items():
                if isinstance(child, h5py.Group):
                    groups.append((f"{prefix}/{name}", child))
                else:
                    found[f"{prefix}/{name}"] = describe(child)
    return found


def main():
    if len(sys.argv) > 1:
        print(json.dumps(contents(sys.argv[1])))
        return
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*"):
        old.unlink()
    versions = {
        "plain": (plain, ["earliest", "latest", ("v108", "v108")]),
        "attributes": (attributes, ["earliest", "latest"]),
        "links": (links, ["earliest", "latest"]),
        "chunks": (chunks, ["earliest", "latest", ("v110", "v110")]),
        "early": (allocated_early, ["earliest", "latest"]),
        "paged": (paged, ["latest"]),
        "paged-growing": (paged_growing, ["latest"]),
    }
    for name, (make, libvers) in versions.items():
        for libver in libvers:
            label = libver if isinstance(libver, str) else libver[0]
            with h5py.File(FOLDER / f"{name}-{label}.h5", "w", libver=libver) as file:
                make(file)
    with h5py.File(FOLDER / "user-block.h5", "w", userblock_size=1024) as file:
        file.create_group("g").attrs["name"] = "after a user block"
        file["g/x"] = values("f4", (2, 3))
        file.create_dataset("g/y", data=values("f4", (2, 3)), chunks=(1, 2), compression="gzip")
    small_offsets(FOLDER / "small-offsets.h5")
    expected = {path.name: contents(path) for path in sorted(FOLDER.glob("*.h5"))}
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True, allow_nan=False) + "\n")
    refused()
    with h5py.File(FOLDER / "unsupported.h5", "w") as file:
        unsupported(file)


main()
