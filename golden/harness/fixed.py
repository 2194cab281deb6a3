"""Makes saving reproducible: fixed dates in metadata.json and in the archive, shared object ids that count from one."""

import datetime
import zipfile
from contextlib import contextmanager

from keras.src.saving import saving_lib, serialization_lib


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

    original, from_file = saving_lib.datetime, zipfile.ZipInfo.from_file

    def undated(*args, **kwargs):
        info = from_file(*args, **kwargs)
        info.date_time = (1980, 1, 1, 0, 0, 0)
        return info

    saving_lib.datetime = _FixedModule
    zipfile.ZipInfo.from_file = undated
    serialization_lib.id = counted_id
    try:
        yield
    finally:
        saving_lib.datetime = original
        zipfile.ZipInfo.from_file = from_file
        del serialization_lib.id
