import type { EpochMs, Milliseconds, Timed } from '../../../core/units';
import type { PhysiologyFrame, SampledSeries } from '../frame';
import { isInterval, NO_READINGS, plausibleHeartRate, plausibleSkinTemperature } from '../readings';
import { LineInterpreter, type PlainMeaning, type SerialReading } from './interpretLine';
import { LineSplitter } from './lineSplitter';
import { parseLine } from './parseLine';
import { SampleRateMeter } from './sampleRate';
import { ADC_COUNTS, DEFAULT_CALIBRATION, groveConductance, plausibleConductance, type GroveCalibration } from './skinConductance';

export interface SerialReaderOptions {
  readonly deviceId: string;
  readonly plain?: PlainMeaning;
  readonly calibration?: GroveCalibration;
}

/** Raw readings kept for a calibration. */
const KEPT = 64;
/** More samples than this in one packet are a hiccup of the machine; older ones make way. */
const MOST_SAMPLES = 4096;

interface Packet {
  eda: number[];
  ppg: number[];
  rrIntervals: Milliseconds[];
  heartRate: number | null;
  skinTemperature: number | null;
  /** Skin readings, and those of them with the electrodes on. */
  touches: { all: number; on: number };
}

const emptyPacket = (): Packet => ({
  eda: [],
  ppg: [],
  rrIntervals: [],
  heartRate: null,
  skinTemperature: null,
  touches: { all: 0, on: 0 },
});

/** Text from a serial port in, packets of readings out. Holds one line and one packet, however long it runs. */
export class SerialReader {
  readonly #lines = new LineSplitter();
  readonly #interpreter: LineInterpreter;
  readonly #rates = { eda: new SampleRateMeter(), ppg: new SampleRateMeter() };
  #calibration: GroveCalibration;
  #raw: number[] = [];
  #packet = emptyPacket();
  #lastInterval: Milliseconds | null = null;
  /** Lines so far, and those of them that meant something. */
  counts = { lines: 0, read: 0 };

  constructor(private readonly options: SerialReaderOptions) {
    this.#interpreter = new LineInterpreter(options.plain ?? 'skin');
    this.#calibration = options.calibration ?? DEFAULT_CALIBRATION;
  }

  get calibration(): GroveCalibration {
    return this.#calibration;
  }

  /** @param at when the piece arrived @returns its readings as one packet; null when its lines hold none */
  push(piece: string, at: EpochMs): Timed<PhysiologyFrame> | null {
    let isRead = false;
    for (const line of this.#lines.push(piece)) {
      this.counts.lines++;
      const parsed = parseLine(line);
      const reading = parsed && this.#interpreter.read(parsed);
      if (reading) {
        this.counts.read++;
        this.#add(reading);
        isRead = true;
      }
    }
    return isRead ? this.#close(at) : null;
  }

  #close(at: EpochMs): Timed<PhysiologyFrame> {
    const { eda, ppg, rrIntervals, heartRate, skinTemperature, touches } = this.#packet;
    this.#packet = emptyPacket();
    return {
      at,
      value: {
        ...NO_READINGS,
        deviceId: this.options.deviceId,
        kind: 'serial',
        rrIntervals,
        heartRate,
        skinTemperature,
        hasContact: touches.all > 0 ? touches.on > 0 : null,
        eda: this.#series('eda', eda, at),
        ppg: this.#series('ppg', ppg, at),
      },
    };
  }

  /**
   * Takes the latest readings as those of open electrodes: call while nobody touches them.
   * @returns the calibration from now on; null when no skin conductance module sends anything
   */
  calibrate(): GroveCalibration | null {
    const sorted = this.#raw.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    if (median === undefined || median <= 0) return null;
    this.#calibration = { ...this.#calibration, openCircuit: median };
    return this.#calibration;
  }

  #add(reading: SerialReading): void {
    const packet = this.#packet;
    if (reading.skin !== undefined) this.#addSkin(reading.skin);
    if (reading.microsiemens !== undefined) this.#addConductance(plausibleConductance(reading.microsiemens));
    if (reading.pulse !== undefined && packet.ppg.length < MOST_SAMPLES) packet.ppg.push(reading.pulse);
    if (reading.celsius !== undefined) packet.skinTemperature = plausibleSkinTemperature(reading.celsius);
    this.#addBeat(reading);
  }

  #addBeat({ interval, heartRate }: SerialReading): void {
    // A sketch that prints its last beat on every line goes on doing so when the finger is gone: only a change is news.
    const isNews = !interval?.isRepeated || interval.ms !== this.#lastInterval;
    if (interval && isNews && isInterval(interval.ms)) this.#packet.rrIntervals.push(interval.ms);
    if (heartRate !== undefined && isNews) this.#packet.heartRate = plausibleHeartRate(heartRate);
    if (interval) this.#lastInterval = interval.ms;
  }

  #addSkin(raw: number): void {
    const { bits, openCircuit } = this.#calibration;
    // A reading that ten bits cannot hold gives the wider converter away.
    if (bits === 10 && raw >= ADC_COUNTS[10] && raw < ADC_COUNTS[12]) this.#calibration = { bits: 12, openCircuit: openCircuit * 4 };
    this.#raw.push(raw);
    if (this.#raw.length > KEPT) this.#raw.shift();
    this.#addConductance(groveConductance(raw, this.#calibration));
  }

  #addConductance(microsiemens: number | null): void {
    this.#packet.touches.all++;
    if (microsiemens === null || this.#packet.eda.length >= MOST_SAMPLES) return;
    this.#packet.touches.on++;
    this.#packet.eda.push(microsiemens);
  }

  /** null until the rate is known: samples without one mean nothing. */
  #series(name: 'eda' | 'ppg', samples: readonly number[], at: EpochMs): SampledSeries | null {
    if (samples.length === 0) return null;
    const sampleRate = this.#rates[name].count(samples.length, at);
    return sampleRate === null ? null : { sampleRate, samples: Float32Array.from(samples) };
  }
}
