"""Makes saving reproducible: fixed dates in metadata.json and in the archive, shared object ids that count from one."""

import datetime
import zipfile
from contextlib import contextmanager

from keras.src.saving import saving_lib, serialization_lib


EPOCH = (1980, 1, 1, 0, 0, 0)


class _FixedDatetime:
    @staticmethod
    def now():
        return datetime.datetime(2024, 1, 2, 3, 4, 5)


class _FixedModule:
    datetime = _FixedDatetime


@contextmanager
def reproducible_saving():
    seen = []

    def counted_id(obj):
        for n, known in enumerate(seen):
            if known is obj:
                return n + 1
        seen.append(obj)
        return len(seen)

    original, from_file, writestr = saving_lib.datetime, zipfile.ZipInfo.from_file, zipfile.ZipFile.writestr

    def undated(*args, **kwargs):
        info = from_file(*args, **kwargs)
        info.date_time = EPOCH
        return info

    def write_undated(archive, name, data):
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = archive.compression
        info.external_attr = 0o600 << 16
        writestr(archive, info, data)

    saving_lib.datetime = _FixedModule
    zipfile.ZipInfo.from_file = undated
    zipfile.ZipFile.writestr = write_undated
    serialization_lib.id = counted_id
    try:
        yield
    finally:
        saving_lib.datetime = original
        zipfile.ZipInfo.from_file = from_file
        zipfile.ZipFile.writestr = writestr
        del serialization_lib.id
