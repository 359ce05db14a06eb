// @ts-check
/**
 * A FlatBuffers writer just large enough for TensorFlow Lite metadata: parents are written before their children, so that
 * every offset points forwards, as the format wants it.
 *
 * @typedef {{ kind: 'table', fields: (Field | null)[] }} Table
 * @typedef {{ kind: 'string', text: string }} Text
 * @typedef {{ kind: 'bytes', bytes: Uint8Array }} Bytes
 * @typedef {{ kind: 'floats', values: number[] }} Floats
 * @typedef {{ kind: 'list', items: (Table | Existing)[] }} List
 * @typedef {{ kind: 'existing', at: number }} Existing something in the old file, by its position there
 * @typedef {Table | Text | Bytes | Floats | List | Existing} Node
 * @typedef {{ kind: 'scalar', value: number }} Scalar unsigned, up to 32 bits; a narrower reader sees its low bytes
 * @typedef {Node | Scalar} Field
 */

/** @param {(Field | null)[]} fields in the schema's order @returns {Table} */
export const table = (...fields) => ({ kind: 'table', fields });
/** @param {string} text @returns {Text} */
export const text = (text) => ({ kind: 'string', text });
/** @param {number} value @returns {Scalar} */
export const scalar = (value) => ({ kind: 'scalar', value });
/** @param {number[]} values @returns {Floats} */
export const floats = (...values) => ({ kind: 'floats', values });
/** @param {(Table | Existing)[]} items @returns {List} */
export const list = (...items) => ({ kind: 'list', items });
/** @param {number} at @returns {Existing} */
export const existing = (at) => ({ kind: 'existing', at });

/** Tensors' bytes must start on such a boundary. */
const ALIGNMENT = 16;

class Writer {
  constructor() {
    this.bytes = new Uint8Array(1024);
    this.length = 0;
    /** Slots that point into the old file: their own position, and the target's position there. */
    /** @type {{ slot: number, at: number }[]} */
    this.outward = [];
  }

  get view() {
    return new DataView(this.bytes.buffer);
  }

  /** @param {number} size @returns {number} where the reserved bytes start */
  reserve(size) {
    const start = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    return start;
  }

  /** Pads so that the byte `offset` further on lies on a boundary. @param {number} boundary @param {number} [offset] */
  align(boundary, offset = 0) {
    while ((this.length + offset) % boundary !== 0) this.reserve(1);
  }

  /** @param {number} slot @param {Node} node */
  point(slot, node) {
    if (node.kind === 'existing') this.outward.push({ slot, at: node.at });
    else this.view.setUint32(slot, this.write(node) - slot, true);
  }

  /** @param {Exclude<Node, Existing>} node @returns {number} its position */
  write(node) {
    switch (node.kind) {
      case 'table':
        return this.writeTable(node);
      case 'list':
        return this.writeList(node);
      case 'floats':
        return this.writeBytes(new Uint8Array(Float32Array.from(node.values).buffer), node.values.length, 4);
      case 'string':
        return this.writeBytes(new TextEncoder().encode(`${node.text}\0`), new TextEncoder().encode(node.text).length, 4);
      case 'bytes':
        return this.writeBytes(node.bytes, node.bytes.length, ALIGNMENT);
    }
  }

  /** @param {Table} node */
  writeTable({ fields }) {
    this.align(4);
    const vtable = this.reserve(2 * ((fields.length + 3) & ~1));
    const start = this.length;
    this.view.setUint16(vtable, 4 + 2 * fields.length, true);
    this.view.setUint16(vtable + 2, 4 + 4 * fields.filter((field) => field !== null).length, true);
    this.reserve(4);
    this.view.setInt32(start, start - vtable, true);
    /** @type {[number, Node][]} */
    const children = [];
    for (const [i, field] of fields.entries()) {
      if (field === null) continue;
      const slot = this.reserve(4);
      this.view.setUint16(vtable + 4 + 2 * i, slot - start, true);
      if (field.kind === 'scalar') this.view.setUint32(slot, field.value, true);
      else children.push([slot, field]);
    }
    for (const [slot, child] of children) this.point(slot, child);
    return start;
  }

  /** @param {List} node */
  writeList({ items }) {
    this.align(4);
    const start = this.reserve(4 + 4 * items.length);
    this.view.setUint32(start, items.length, true);
    for (const [i, item] of items.entries()) this.point(start + 4 + 4 * i, item);
    return start;
  }

  /** @param {Uint8Array} content @param {number} count what the length field says @param {number} boundary */
  writeBytes(content, count, boundary) {
    this.align(boundary, 4);
    const start = this.reserve(4 + content.length);
    this.view.setUint32(start, count, true);
    this.bytes.set(content, start + 4);
    return start;
  }
}

/**
 * A whole FlatBuffer with `root` in front of `old`, whose parts `root` may use through `existing`.
 * @param {Table} root @param {string} identifier four letters @param {Uint8Array} [old]
 * @returns {Uint8Array}
 */
export function writeFlatbuffer(root, identifier, old = new Uint8Array()) {
  const writer = new Writer();
  const slot = writer.reserve(8);
  writer.bytes.set(new TextEncoder().encode(identifier), 4);
  writer.point(slot, root);
  if (old.length > 0) writer.align(ALIGNMENT);
  for (const { slot: from, at } of writer.outward) writer.view.setUint32(from, writer.length + at - from, true);
  const joined = new Uint8Array(writer.length + old.length);
  joined.set(writer.bytes.subarray(0, writer.length));
  joined.set(old, writer.length);
  return joined;
}
