import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { prepare } from '../../../scripts/assets/tfliteMetadata.mjs';

const FILE = join(resolve(import.meta.dirname, '../../..'), 'node_modules/@mediapipe/face_detection/face_detection_short_range.tflite');
const published = new Uint8Array(readFileSync(FILE));

/** Follows a FlatBuffer by the format's own rules, independently of the writer. */
class FlatBuffer {
  readonly view: DataView;
  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  follow = (slot: number) => slot + this.view.getUint32(slot, true);
  field(table: number, index: number): number {
    const vtable = table - this.view.getInt32(table, true);
    const offset = 4 + 2 * index < this.view.getUint16(vtable, true) ? this.view.getUint16(vtable + 4 + 2 * index, true) : 0;
    if (offset === 0) throw new Error(`field ${index} is absent`);
    return table + offset;
  }
  child = (table: number, index: number) => this.follow(this.field(table, index));
  length = (vector: number) => this.view.getUint32(vector, true);
  item = (vector: number, index: number) => this.follow(vector + 4 + 4 * index);
  text = (at: number) => new TextDecoder().decode(this.bytes.subarray(at + 4, at + 4 + this.length(at)));
}

test('the published weights stand unchanged behind a new root', () => {
  const prepared = prepare(published);
  const start = prepared.length - published.length;
  expect(start % 16).toBe(0);
  expect(start).toBeLessThan(2048);
  expect(prepared.subarray(start).every((byte, i) => byte === published[i])).toBe(true);
  const [before, after] = [new FlatBuffer(published), new FlatBuffer(prepared)];
  expect(new TextDecoder().decode(prepared.subarray(4, 8))).toBe('TFL3');
  const [oldRoot, newRoot] = [before.follow(0), after.follow(0)];
  for (const part of [1, 2, 3]) expect(after.child(newRoot, part) - start).toBe(before.child(oldRoot, part));
  const [oldBuffers, newBuffers] = [before.child(oldRoot, 4), after.child(newRoot, 4)];
  expect(after.length(newBuffers)).toBe(before.length(oldBuffers) + 1);
  for (let i = 0; i < before.length(oldBuffers); i++) expect(after.item(newBuffers, i) - start).toBe(before.item(oldBuffers, i));
});

test('the metadata says that the input is an RGB picture scaled by 127.5', () => {
  const model = new FlatBuffer(prepare(published));
  const entry = model.item(model.child(model.follow(0), 6), 0);
  expect(model.text(model.child(entry, 0))).toBe('TFLITE_METADATA');
  const index = model.view.getUint32(model.field(entry, 1), true);
  const content = model.child(model.item(model.child(model.follow(0), 4), index), 0);
  expect((content + 4) % 16).toBe(0);
  const metadata = new FlatBuffer(model.bytes.slice(content + 4, content + 4 + model.length(content)));
  expect(new TextDecoder().decode(metadata.bytes.subarray(4, 8))).toBe('M001');
  const subgraph = metadata.item(metadata.child(metadata.follow(0), 3), 0);
  const input = metadata.item(metadata.child(subgraph, 2), 0);
  expect(metadata.text(metadata.child(input, 0))).toBe('image');
  const normalisation = metadata.child(metadata.item(metadata.child(input, 4), 0), 1);
  for (const part of [0, 1]) expect(metadata.view.getFloat32(metadata.child(normalisation, part) + 4, true)).toBe(127.5);
  expect(metadata.length(metadata.child(subgraph, 3))).toBe(2);
});

test('a model that has metadata already is refused', () => {
  expect(() => prepare(prepare(published))).toThrow(/already has metadata/);
});
