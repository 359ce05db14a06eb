"""Reads a TensorFlow V2 checkpoint without TensorFlow: an uncompressed leveldb table of entries, and one shard of data."""
import struct
from pathlib import Path

import numpy as np

FLOAT32 = 1
FOOTER = 48     # bytes: two block handles, padding, magic number


def varint(data, at):
    """Little-endian base-128 number at `at`, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def table_block(data, offset, size):
    """[(key, value)] of one block; keys share a prefix with the one before."""
    if data[offset + size] != 0:
        raise ValueError("compressed table blocks are not supported")
    block = data[offset:offset + size]
    end = size - 4 - 4 * struct.unpack("<I", block[-4:])[0]
    at, key, entries = 0, b"", []
    while at < end:
        shared, at = varint(block, at)
        fresh, at = varint(block, at)
        length, at = varint(block, at)
        key = key[:shared] + block[at:at + fresh]
        at += fresh
        entries.append((key, block[at:at + length]))
        at += length
    return entries


def message(data):
    """[(field, value)] of a protocol buffer; numbers as int, everything else as bytes."""
    at, fields = 0, []
    while at < len(data):
        tag, at = varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            length, at = varint(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            value, at = data[at:at + length], at + length
        fields.append((tag >> 3, value))
    return fields


def load_checkpoint(folder):
    """{variable: float32 array} of `folder/.index` and `folder/.data-00000-of-00001`."""
    folder = Path(folder)
    index, shard = (folder / ".index").read_bytes(), (folder / ".data-00000-of-00001").read_bytes()
    footer, at = index[-FOOTER:], 0
    for _ in range(2):
        _, at = varint(footer, at)          # handle of the meta index
    offset, at = varint(footer, at)
    size, at = varint(footer, at)
    variables = {}
    for _, handle in table_block(index, offset, size):
        start, at = varint(handle, 0)
        length, at = varint(handle, at)
        for key, value in table_block(index, start, length):
            entry = dict(message(value))
            if key and entry.get(1) == FLOAT32:      # BundleEntryProto: 1 dtype, 2 shape, 4 offset, 5 size
                shape = [dict(message(d)).get(1, 0) for f, d in message(entry.get(2, b"")) if f == 2]
                first = entry.get(4, 0)
                variables[key.decode()] = np.frombuffer(shard[first:first + entry[5]], np.float32).reshape(shape)
    return variables
