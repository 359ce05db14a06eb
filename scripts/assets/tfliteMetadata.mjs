// @ts-check
import { existing, floats, list, scalar, table, text, writeFlatbuffer } from './flatbuffer.mjs';

/** Field numbers of `table Model` in TensorFlow Lite's schema. */
const MODEL = { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4, metadataBuffer: 5, metadata: 6 };
/** Union members of the metadata schema. */
const IMAGE_PROPERTIES = 2;
const NORMALIZATION_OPTIONS = 1;
const RGB = 1;

/** Reads positions out of an existing FlatBuffer. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.root = this.follow(0);
  }

  /** @param {number} slot */
  follow(slot) {
    return slot + this.view.getUint32(slot, true);
  }

  /** @param {number} start of a table @param {number} index @returns {number | null} the field's slot */
  field(start, index) {
    const vtable = start - this.view.getInt32(start, true);
    if (4 + 2 * index >= this.view.getUint16(vtable, true)) return null;
    const offset = this.view.getUint16(vtable + 4 + 2 * index, true);
    return offset === 0 ? null : start + offset;
  }

  /** @param {number} index @returns {import('./flatbuffer.mjs').Existing | null} what the root's field points to */
  child(index) {
    const slot = this.field(this.root, index);
    return slot === null ? null : existing(this.follow(slot));
  }

  /** @param {number} index @returns {import('./flatbuffer.mjs').Existing[]} the tables of a root's list */
  children(index) {
    const vector = this.child(index)?.at;
    if (vector === undefined) return [];
    return Array.from({ length: this.view.getUint32(vector, true) }, (_, i) => existing(this.follow(vector + 4 + 4 * i)));
  }
}

/** The input is an RGB picture scaled to [-1, 1]; the outputs are what the detector's decoder expects, in its order. */
function faceDetectorMetadata() {
  const tensor = (/** @type {string} */ name) => table(text(name));
  const normalisation = table(scalar(NORMALIZATION_OPTIONS), table(floats(127.5), floats(127.5)));
  const image = table(
    text('image'),
    null,
    null,
    table(scalar(IMAGE_PROPERTIES), table(scalar(RGB))),
    list(normalisation),
    table(floats(1), floats(-1)),
  );
  const subgraph = table(null, null, list(image), list(tensor('raw boxes/keypoints'), tensor('scores')));
  return writeFlatbuffer(table(text('BlazeFace short range'), null, text('1'), list(subgraph)), 'M001');
}

/**
 * MediaPipe Tasks refuses a model that does not say how its input is scaled. The published short-range face detector does
 * not, so this adds the TFLITE_METADATA buffer; weights and graph stay untouched behind the new root.
 * @param {Uint8Array} published the .tflite file
 * @returns {Uint8Array} the same model with metadata
 */
export function prepare(published) {
  const old = new Reader(published);
  if (old.child(MODEL.metadata)) throw new Error('the model already has metadata');
  const version = old.field(old.root, MODEL.version);
  const buffers = old.children(MODEL.buffers);
  const metadata = table(text('TFLITE_METADATA'), scalar(buffers.length));
  const content = table({ kind: 'bytes', bytes: faceDetectorMetadata() });
  const root = table(
    scalar(version === null ? 0 : old.view.getUint32(version, true)),
    old.child(MODEL.operatorCodes),
    old.child(MODEL.subgraphs),
    old.child(MODEL.description),
    list(...buffers, content),
    old.child(MODEL.metadataBuffer),
    list(metadata),
  );
  return writeFlatbuffer(root, 'TFL3', published);
}
