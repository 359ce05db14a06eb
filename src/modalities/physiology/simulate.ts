import { gaussian, seededRandom } from '../../core/random';
import type { Bipolar, EpochMs, Milliseconds, Seconds, Timed } from '../../core/units';
import type { PhysiologyDeviceKind, PhysiologyFrame } from './frame';
import { NO_READINGS, type Readings } from './readings';

/** Devices that can be simulated: what they are and what they measure. */
export const SIMULATED_DEVICES = ['heart-strap', 'skin', 'pulse', 'thermometer'] as const;
export type SimulatedDevice = (typeof SIMULATED_DEVICES)[number];

const KINDS: Readonly<Record<SimulatedDevice, PhysiologyDeviceKind>> = {
  'heart-strap': 'heart-strap',
  thermometer: 'thermometer',
  skin: 'serial',
  pulse: 'serial',
};

export interface SimulateOptions {
  readonly seed: number;
  readonly startAt: EpochMs;
  readonly deviceId?: string;
  /** How activated the simulated person is, so many seconds after the start. */
  readonly arousalAt: (time: Seconds) => Bipolar;
}

type Packets = Generator<readonly [time: Seconds, readings: Readings], never>;

const EDA_RATE = 16;
const PPG_RATE = 50;
/** About one beat in two hundred comes early and is followed by a pause, as in many healthy people. */
const ECTOPIC_SHARE = 1 / 200;

/** 0 asleep … 1 alarmed. */
const activation = (arousal: Bipolar): number => Math.min(1, Math.max(0, (arousal + 1) / 2));

/**
 * Beat times of a heart: rate rises and respiratory sinus arrhythmia (0.2..0.3 Hz) shrinks with activation; a slow wave at 0.1 Hz
 * and noise lie over both (after McSharry et al. 2003, simplified).
 * @returns the beats as [time of the beat, RR interval before it], seconds and ms
 */
function* beats(random: () => number, arousalAt: SimulateOptions['arousalAt']): Generator<readonly [Seconds, Milliseconds], never> {
  let time: Seconds = 0;
  let breath = random() * 2 * Math.PI;
  let debt: Milliseconds = 0;
  for (;;) {
    const a = activation(arousalAt(time));
    const mean = 60_000 / (54 + 44 * a);
    const sinus = (60 - 48 * a) * Math.sin(breath) + 22 * Math.sin(2 * Math.PI * 0.1 * time) + 6 * gaussian(random);
    let rr = mean + sinus + debt;
    debt = 0;
    if (random() < ECTOPIC_SHARE) {
      debt = 0.33 * rr;
      rr *= 0.67;
    }
    time += rr / 1000;
    breath += 2 * Math.PI * (0.2 + 0.1 * a) * (rr / 1000);
    yield [time, rr];
  }
}

/** One notification a second with the beats since the last, as straps send. Now and then the electrodes run dry for a moment. */
function* strap(random: () => number, arousalAt: SimulateOptions['arousalAt']): Packets {
  const heart = beats(random, arousalAt);
  let [beatAt, rr] = heart.next().value;
  let dryUntil = 0;
  const latest: Milliseconds[] = [];
  for (let time = 1; ; time++) {
    const rrIntervals: Milliseconds[] = [];
    for (; beatAt <= time; [beatAt, rr] = heart.next().value) {
      // Straps count in 1/1024 s.
      rrIntervals.push((Math.round((rr * 1024) / 1000) * 1000) / 1024);
      latest.push(rr);
      if (latest.length > 8) latest.shift();
    }
    if (time > 20 && random() < 1 / 240) dryUntil = time + 4;
    const mean = latest.reduce((sum, one) => sum + one, 0) / latest.length;
    if (time < dryUntil) yield [time, { ...NO_READINGS, hasContact: false }];
    else yield [time, { ...NO_READINGS, heartRate: latest.length > 0 ? Math.round(60_000 / mean) : null, rrIntervals, hasContact: true }];
  }
}

/** A skin conductance response: fast rise, slow decay, amplitude 1 (after the Bateman function, 0.75 s and 2.5 s). */
function response(since: Seconds): number {
  if (since < 0 || since > 25) return 0;
  return 1.9 * (Math.exp(-since / 2.5) - Math.exp(-since / 0.75));
}

/** Tonic level that drifts towards the activation, and responses that come more often the higher it is. */
function* skin(random: () => number, arousalAt: SimulateOptions['arousalAt']): Packets {
  const responses: { at: Seconds; size: number }[] = [];
  let level = 2 + 5 * activation(arousalAt(0));
  for (let packet = 0; ; packet++) {
    const samples = new Float32Array(EDA_RATE / 4);
    for (let i = 0; i < samples.length; i++) {
      const time = packet / 4 + i / EDA_RATE;
      const a = activation(arousalAt(time));
      level += (2 + 5 * a - level) / (25 * EDA_RATE);
      if (random() < (1.5 + 13 * a * a) / 60 / EDA_RATE) responses.push({ at: time, size: 0.1 + 0.6 * a * random() });
      while ((responses[0]?.at ?? time) < time - 25) responses.shift();
      const phasic = responses.reduce((sum, { at, size }) => sum + size * response(time - at), 0);
      samples[i] = Math.max(0, level + phasic + 0.004 * gaussian(random));
    }
    yield [(packet + 1) / 4, { ...NO_READINGS, hasContact: true, eda: { sampleRate: EDA_RATE, samples } }];
  }
}

/** The wave of one beat: systolic peak and the smaller diastolic one. @param phase 0..1 of the beat */
const wave = (phase: number): number => Math.exp(-(((phase - 0.22) / 0.09) ** 2)) + 0.35 * Math.exp(-(((phase - 0.52) / 0.11) ** 2));

function* pulse(random: () => number, arousalAt: SimulateOptions['arousalAt']): Packets {
  const heart = beats(random, arousalAt);
  let [nextAt, rr] = heart.next().value;
  const step = 0.1;
  for (let packet = 0; ; packet++) {
    const samples = new Float32Array(PPG_RATE * step);
    const rrIntervals: Milliseconds[] = [];
    for (let i = 0; i < samples.length; i++) {
      const time = packet * step + i / PPG_RATE;
      while (time >= nextAt) {
        rrIntervals.push(Math.round(rr));
        [nextAt, rr] = heart.next().value;
      }
      const phase = 1 - (nextAt - time) / (rr / 1000);
      samples[i] = 512 + 120 * wave(phase) + 12 * Math.sin(2 * Math.PI * 0.25 * time) + 3 * gaussian(random);
    }
    const heartRate = rrIntervals.length > 0 ? Math.round(60_000 / (rrIntervals.at(-1) ?? 1000)) : null;
    yield [(packet + 1) * step, { ...NO_READINGS, heartRate, rrIntervals, ppg: { sampleRate: PPG_RATE, samples } }];
  }
}

/** The skin of the hand cools when blood is drawn inwards, over minutes. */
function* thermometer(random: () => number, arousalAt: SimulateOptions['arousalAt']): Packets {
  let celsius = 33.8 - 2 * activation(arousalAt(0));
  for (let time = 2; ; time += 2) {
    celsius += (33.8 - 2 * activation(arousalAt(time)) - celsius) / 60;
    yield [time, { ...NO_READINGS, skinTemperature: Math.round((celsius + 0.02 * gaussian(random)) * 100) / 100 }];
  }
}

const MAKERS = { 'heart-strap': strap, skin, pulse, thermometer } as const satisfies Record<SimulatedDevice, unknown>;

/** What a device would send; endless, so the caller stops reading. The same options give the same packets. */
export function* simulateDevice(device: SimulatedDevice, options: SimulateOptions): Generator<Timed<PhysiologyFrame>, never> {
  const deviceId = options.deviceId ?? `simulated-${device}`;
  const packets = MAKERS[device](seededRandom(options.seed), options.arousalAt);
  for (;;) {
    const [time, readings] = packets.next().value;
    yield { at: options.startAt + Math.round(time * 1000), value: { ...readings, deviceId, kind: KINDS[device] } };
  }
}

/** Ten minutes: rest, a stressful stretch from the fourth minute to the seventh, rest again. */
const LASTS: Seconds = 600;
const storyAt = (time: Seconds): Bipolar => {
  if (time < 180 || time > 480) return -0.5;
  return Math.min(0.7, -0.5 + (time - 180) / 20, -0.5 + (480 - time) / 40);
};

/** Strap, skin sensor and thermometer of one person, in time order. */
export function* simulate(seed: number): Generator<Timed<PhysiologyFrame>> {
  const devices = (['heart-strap', 'skin', 'thermometer'] as const).map((device, i) =>
    simulateDevice(device, { seed: seed * 8 + i, startAt: 0, arousalAt: storyAt }),
  );
  const next = devices.map((device) => device.next().value);
  for (;;) {
    const first = next.reduce((best, frame, i) => (frame.at < (next[best]?.at ?? Infinity) ? i : best), 0);
    const frame = next[first];
    const device = devices[first];
    if (!frame || !device || frame.at > LASTS * 1000) return;
    yield frame;
    next[first] = device.next().value;
  }
}
