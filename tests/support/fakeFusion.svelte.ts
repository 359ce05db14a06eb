import type { FusedPart } from '../../src/core/fusion';
import type { FusedEstimate } from '../../src/core/music';
import { replayLessons, type Lesson } from '../../src/fusion/personal/replay';
import type { FusionContract, FusionKind } from '../../src/stores/contracts';

const part = (source: string, weight: number, rest: Partial<FusedPart> = {}): FusedPart => ({
  source,
  weight,
  silence: null,
  freshness: 1,
  ageMs: 200,
  signalQuality: 0.86,
  isDecisive: false,
  ...rest,
});

const off = (source: string): FusedPart => part(source, 0, { silence: 'off', freshness: 0, ageMs: null, signalQuality: 0 });

const PARTS: readonly FusedPart[] = [
  part('context', 0.04, { ageMs: 900 }),
  part('face', 0.52, { isDecisive: true }),
  part('physiology', 0.1, { freshness: 0.7, ageMs: 41_000 }),
  part('text', 0.34, { freshness: 0.9, ageMs: 44_000 }),
  part('voice', 0, { silence: 'no-speech', freshness: 0, ageMs: 26_000 }),
];

/** Forty words of somebody whose calm face reads as sad. */
const LESSONS: readonly Lesson[] = Array.from({ length: 40 }, (_, i) => ({
  evidence: { shared: [0, 0, 0, 0, 0, 0, 0], bySource: { face: [0.4 + (i % 3) * 0.2, -0.5, 0.9, -0.2, -0.3, -0.2, -0.1] } },
  label: i % 4 === 3 ? 'sadness' : 'neutral',
}));

/** @param isTogether all five senses speak; otherwise the face alone */
export function createFakeFusion(
  isTogether: boolean,
  latest: () => FusedEstimate | null,
  log: (name: string, ...rest: unknown[]) => void,
): FusionContract {
  let kind = $state<FusionKind>('attention');
  let leftOut = $state.raw<ReadonlySet<string>>(new Set());
  let isLearning = $state(true);
  let gain = $state.raw(isTogether ? replayLessons(LESSONS) : null);
  return {
    get state() {
      const estimate = latest();
      if (!estimate) return null;
      const { affect } = estimate;
      return {
        estimate,
        kind: isTogether ? kind : 'late',
        parts: isTogether ? PARTS : [off('context'), part('face', 1, { isDecisive: true }), off('physiology'), off('text'), off('voice')],
        userState: null,
        memory: isTogether ? { affect, weight: 0.16 } : null,
        uncorrected: gain ? { ...affect, valence: affect.valence - 0.18 } : null,
      };
    },
    get kind() {
      return kind;
    },
    get network() {
      return isTogether ? ('ready' as const) : ('missing' as const);
    },
    get leftOut() {
      return leftOut;
    },
    get isLearning() {
      return isLearning;
    },
    get calibration() {
      const bias = { neutral: 0.6, happiness: 0, sadness: -0.5, anger: 0, fear: 0, disgust: 0, surprise: 0 };
      return gain && isLearning ? { bias, temperature: 1.1, gain: { face: 0.8 }, corrections: 40 } : null;
    },
    get gain() {
      return gain;
    },
    setKind: (to) => ((kind = to), log('setKind', to)),
    setLeftOut: (source, isOut) => {
      leftOut = new Set(isOut ? [...leftOut, source] : [...leftOut].filter((other) => other !== source));
      log('setLeftOut', source, isOut);
    },
    setLearning: (to) => ((isLearning = to), log('setLearning', to)),
    forgetCalibration: () => ((gain = null), log('forgetCalibration')),
  };
}
