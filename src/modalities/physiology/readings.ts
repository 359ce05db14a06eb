import type { PhysiologyFrame } from './frame';

/** The part of a frame that a device measures; the rest is who it is. */
export type Readings = Omit<PhysiologyFrame, 'deviceId' | 'kind'>;

export const NO_READINGS: Readings = {
  heartRate: null,
  rrIntervals: [],
  hasContact: null,
  eda: null,
  ppg: null,
  skinTemperature: null,
  acceleration: null,
};

/** Slower and faster hearts exist, but not on a strap that sits right. */
const SLOWEST_HEART = 20;
const FASTEST_HEART = 260;
/** °C; outside it the thermometer lies on a table or in the sun. */
const COLDEST_SKIN = 10;
const WARMEST_SKIN = 45;

export const plausibleHeartRate = (bpm: number): number | null => (bpm >= SLOWEST_HEART && bpm <= FASTEST_HEART ? bpm : null);
export const plausibleSkinTemperature = (celsius: number): number | null =>
  celsius >= COLDEST_SKIN && celsius <= WARMEST_SKIN ? celsius : null;
/** A gap of many seconds is a lost connection, not a beat; 0 is no interval. Everything between is left to artefact correction. */
export const isInterval = (rr: number): boolean => rr >= 60_000 / 300 && rr <= 4000;
