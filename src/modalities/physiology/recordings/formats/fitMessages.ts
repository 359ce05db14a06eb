import type { RecordingBuilder } from '../recordingBuilder';
import { FIT_EPOCH_S } from './table';

/** Global numbers of the messages that hold heart rates or beats, from the profile that Garmin publishes. */
const RECORD = 20;
const MONITORING = 55;
const HRV = 78;
/** Numbers of their fields. */
const TIMESTAMP = 253;
/** Message, and its field of the heart rate. */
const RATES: ReadonlyMap<number, number> = new Map([
  [RECORD, 3],
  [MONITORING, 27],
]);
const MONITORING_TIME = 26;
const HRV_TIMES = 0;
/** Beats that have run further from the last time stamp than this begin anew there. */
const MOST_DRIFT = 5000;

export interface FitField {
  readonly number: number;
  readonly size: number;
}

export interface FitDefinition {
  readonly message: number;
  readonly isLittleEndian: boolean;
  readonly fields: readonly FitField[];
  /** Bytes of a data message. */
  readonly size: number;
}

/** Gives the data messages their meaning. Invalid values of the protocol (all bits set) are none. */
export class FitMessages {
  /** FIT seconds. */
  #time = 0;
  #beatAt = 0;

  constructor(private readonly builder: RecordingBuilder) {}

  /** @param offset low five bits of the time, of a message with a compressed header */
  read(definition: FitDefinition, bytes: DataView, offset: number | null): void {
    if (offset !== null) this.#time += (offset - this.#time) & 31;
    let place = 0;
    let rate: number | null = null;
    for (const { number, size } of definition.fields) {
      if (number === TIMESTAMP && size === 4) this.#time = bytes.getUint32(place, definition.isLittleEndian);
      else rate = this.#readField(definition, new DataView(bytes.buffer, bytes.byteOffset + place, size), number) ?? rate;
      place += size;
    }
    // Only now: the time stamp may stand behind the rate.
    if (rate !== null && rate !== 0xff) this.builder.addHeartRate(this.#now(), rate);
  }

  /** @returns the heart rate, if the field is one */
  #readField({ message, isLittleEndian }: FitDefinition, field: DataView, number: number): number | null {
    if (RATES.get(message) === number && field.byteLength === 1) return field.getUint8(0);
    if (message === HRV && number === HRV_TIMES) this.#addBeats(field, isLittleEndian);
    if (message === MONITORING && number === MONITORING_TIME && field.byteLength === 2) this.#advance(field.getUint16(0, isLittleEndian));
    return null;
  }

  #now(): number {
    return (this.#time + FIT_EPOCH_S) * 1000;
  }

  /** The low 16 bits of a later time. */
  #advance(low: number): void {
    this.#time += (low - this.#time) & 0xffff;
  }

  #addBeats(times: DataView, isLittleEndian: boolean): void {
    if (Math.abs(this.#beatAt - this.#now()) > MOST_DRIFT) this.#beatAt = this.#now();
    for (let place = 0; place + 2 <= times.byteLength; place += 2) {
      const interval = times.getUint16(place, isLittleEndian);
      if (interval === 0xffff) continue;
      this.#beatAt += interval;
      this.builder.addInterval(this.#beatAt, interval);
    }
  }
}
