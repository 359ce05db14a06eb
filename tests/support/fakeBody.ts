import type { EmotionEstimate } from '../../src/core/emotion';
import type { EstimateId } from '../../src/core/units';
import type { BodyContract, BodyDevice, BodyTrace, RecordingContract, SenseState } from '../../src/stores/contracts';
import { makeProbabilities, NOON } from './uiFixtures';

export const BODY_ESTIMATE: EmotionEstimate<'physiology'> = {
  id: 'physiology-1' as EstimateId,
  source: 'physiology',
  at: NOON,
  windowMs: 60_000,
  probabilities: makeProbabilities({}),
  affect: { valence: 0, valenceSd: 1, arousal: 0.34, arousalSd: 0.22 },
  confidence: 0.6,
  signalQuality: 0.92,
  latencyMs: 12,
  models: [],
};

const DEVICES: readonly BodyDevice[] = [
  {
    id: 'strap',
    name: 'Polar H10 1234ABCD',
    kind: 'heart-strap',
    isSimulated: false,
    link: 'connected',
    failure: null,
    battery: 0.12,
    hasContact: true,
    lastAt: Date.now(),
    canCalibrate: false,
    isAway: false,
    board: null,
  },
  {
    id: 'board',
    name: '',
    kind: 'serial',
    isSimulated: false,
    link: 'reconnecting',
    failure: null,
    battery: null,
    hasContact: null,
    lastAt: null,
    canCalibrate: true,
    isAway: false,
    board: { usb: null, baudRate: null, heardRate: 115_200, plain: 'skin', calibration: null },
  },
  {
    id: 'old',
    name: 'Thermo',
    kind: 'thermometer',
    isSimulated: false,
    link: 'failed',
    failure: 'sensor/no-readings',
    battery: null,
    hasContact: null,
    lastAt: null,
    canCalibrate: false,
    isAway: false,
    board: null,
  },
];

/** A wave over the last minutes. */
function trace(stepMs: number, valueAt: (time: number) => number): BodyTrace {
  return {
    lastAt: Date.now(),
    each(from, see) {
      const now = Date.now();
      for (let at = Math.ceil(from / stepMs) * stepMs; at <= now; at += stepMs) see(at, valueAt(at / 1000));
    },
  };
}

/** No recording is open. */
function createFakeRecording(log: (name: string, ...rest: unknown[]) => void): RecordingContract {
  return {
    state: { kind: 'none' },
    playing: null,
    open: (files) => (log('openRecording', files.length), Promise.resolve()),
    choosePart: () => Promise.resolve(),
    play: () => log('playRecording'),
    pause: () => log('pauseRecording'),
    setSpeed: (speed) => log('setSpeed', speed),
    stop: () => log('stopRecording'),
    keep: () => Promise.resolve(),
    close: () => log('closeRecording'),
  };
}

/** Three devices in three states, or none. */
export function createFakeBody(
  isOn: boolean,
  log: (name: string, ...rest: unknown[]) => void,
  set: (state: SenseState) => void,
): BodyContract {
  const later = (name: string, ...rest: unknown[]) => (log(name, ...rest), Promise.resolve());
  return {
    devices: isOn ? DEVICES : [],
    readings: isOn
      ? { at: Date.now(), heartRate: 72, rmssd: 38, microsiemens: 4.31, skinTemperature: 33.1 }
      : { at: Date.now(), heartRate: null, rmssd: null, microsiemens: null, skinTemperature: null },
    traces: {
      heartRate: trace(1000, (time) => 72 + 4 * Math.sin(time / 2) + Math.sin(time * 3)),
      pulse: { lastAt: null, each: () => {} },
      rmssd: trace(2000, (time) => 38 + 8 * Math.sin(time / 30)),
      microsiemens: trace(250, (time) => 4 + 0.3 * Math.sin(time / 20) + 0.4 * Math.max(0, Math.sin(time / 4)) ** 8),
    },
    baseline: { kind: 'none' },
    failure: null,
    canBluetooth: true,
    canSerial: true,
    isSimulated: false,
    isRecorded: false,
    recording: createFakeRecording(log),
    connect: (kind) => (log('connect', kind), set({ kind: 'live' }), Promise.resolve(true)),
    addDemo: (id) => later('addDemo', id),
    reconnect: (id) => later('reconnect', id),
    adjust: (id, change) => log('adjust', id, change),
    disconnect: (id) => log('disconnect', id),
    forget: (id) => later('forget', id),
    calibrate: (id) => log('calibrate', id),
    wake: () => isOn,
    startBaseline: () => later('startBaseline'),
  };
}
