import { ByteReader } from '../reading/byteReader';
import { readBytes, type ReadContext } from '../reading/readText';
import type { RecordingFile } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';
import { FitMessages, type FitDefinition, type FitField } from './fitMessages';

const SIGNATURE = '.FIT';
const SHORTEST_HEADER = 12;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** The stream ended within a message, or a message has no definition: what was read before stays good. */
class BrokenFit extends Error {}

/** One file: a header, messages that each follow a definition given before, a checksum. */
class FitReader {
  readonly #definitions = new Map<number, FitDefinition>();
  readonly #messages: FitMessages;
  #left = 0;

  constructor(
    private readonly bytes: ByteReader,
    builder: RecordingBuilder,
  ) {
    this.#messages = new FitMessages(builder);
  }

  /** @returns false at the end of the stream; several files may follow each other */
  async readFile(): Promise<boolean> {
    this.bytes.checksum = 0;
    const first = await this.bytes.take(1);
    if (!first) return false;
    const size = first[0] ?? 0;
    if (size < SHORTEST_HEADER) throw new BrokenFit('no header');
    const header = await this.#take(size - 1);
    if (new TextDecoder().decode(header.subarray(7, 11)) !== SIGNATURE) throw new BrokenFit('no signature');
    this.#left = viewOf(header).getUint32(3, true);
    while (this.#left > 0) await this.#readMessage();
    await this.#take(2);
    if (this.bytes.checksum !== 0) throw new BrokenFit('the checksum is wrong');
    return true;
  }

  async #readMessage(): Promise<void> {
    const header = (await this.#take(1))[0] ?? 0;
    if (header & 0x80) await this.#readData((header >> 5) & 3, header & 31);
    else if (header & 0x40) await this.#readDefinition(header & 15, (header & 0x20) !== 0);
    else await this.#readData(header & 15, null);
  }

  async #readDefinition(local: number, hasDeveloperFields: boolean): Promise<void> {
    const fixed = viewOf(await this.#take(5));
    const isLittleEndian = fixed.getUint8(1) === 0;
    const message = fixed.getUint16(2, isLittleEndian);
    const fields = await this.#readFields(fixed.getUint8(4));
    const extra = hasDeveloperFields ? await this.#readFields((await this.#take(1))[0] ?? 0) : [];
    const size = [...fields, ...extra].reduce((sum, field) => sum + field.size, 0);
    this.#definitions.set(local, { message, isLittleEndian, fields, size });
  }

  async #readFields(count: number): Promise<FitField[]> {
    const bytes = await this.#take(3 * count);
    return Array.from({ length: count }, (_, i) => ({ number: bytes[3 * i] ?? 0, size: bytes[3 * i + 1] ?? 0 }));
  }

  async #readData(local: number, offset: number | null): Promise<void> {
    const definition = this.#definitions.get(local);
    if (!definition) throw new BrokenFit('a message without its definition');
    this.#messages.read(definition, viewOf(await this.#take(definition.size)), offset);
  }

  async #take(count: number): Promise<Uint8Array> {
    const bytes = await this.bytes.take(count);
    if (!bytes) throw new BrokenFit('the file ends early');
    this.#left -= count;
    return bytes;
  }
}

/** A FIT file of a watch, bike computer or strap: heart rates of an activity or a day, and the beats where the device kept them. */
export async function readFit(file: RecordingFile, context: ReadContext, builder: RecordingBuilder): Promise<void> {
  const reader = new FitReader(new ByteReader(readBytes(file, context)), builder);
  try {
    while (await reader.readFile());
  } catch (error) {
    if (!(error instanceof BrokenFit)) throw error;
    builder.markDamaged();
  }
}
