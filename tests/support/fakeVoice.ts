import type { EmotionEstimate } from '../../src/core/emotion';
import type { EstimateId } from '../../src/core/units';
import type { BaselineState } from '../../src/modalities/modality';
import { MelRing } from '../../src/stores/sensing/voice/melRing';
import type { SenseState, SenseView } from '../../src/stores/contracts';
import type { VoiceContract, VoiceReading } from '../../src/stores/sensing/voice/voiceContract';
import { makeProbabilities, NOON } from './uiFixtures';

const VOICE_ESTIMATE: EmotionEstimate<'voice'> = {
  id: 'voice-1' as EstimateId,
  source: 'voice',
  at: NOON,
  windowMs: 2600,
  probabilities: makeProbabilities({ neutral: 0.42, happiness: 0.38, surprise: 0.1 }),
  affect: { valence: 0.3, valenceSd: 0.3, arousal: 0.1, arousalSd: 0.22 },
  confidence: 0.62,
  signalQuality: 0.81,
  latencyMs: 24,
  models: [],
};

/** The sense as the session shows it. */
export const voiceView = (state: SenseState): SenseView => ({
  id: 'voice',
  state,
  bytesToLoad: state.kind === 'off' ? 4_900_000 : 0,
  observation: state.kind === 'live' ? { kind: 'estimate', estimate: VOICE_ESTIMATE } : null,
  framesPerSecond: 0,
});

const READING: VoiceReading = {
  level: -27,
  noiseFloor: -62,
  isSpeaking: true,
  speechSeconds: 2.6,
  f0: 187,
  isEchoLikely: false,
  mel: new Float32Array(),
  prosody: { f0: 187, f0Range: 3.1, voiced: 0.62, level: -27, speechRate: 4.2, jitter: 0.011, shimmer: 0.072, hnr: 14.3, tilt: -9.4 },
  quality: 0.81,
  cues: [
    { trait: 'pitch', distance: 1.8 },
    { trait: 'rate', distance: -1.2 },
  ],
  check: { activation: 0.8, agrees: true },
  calm: 0.1,
};

/** Syllables as a spectrogram shows them: harmonics that rise and fall, with pauses. */
function drawnSpeech(): MelRing {
  const strip = new MelRing(64, 188);
  for (let i = 0; i < 188; i++) {
    const swell = i % 70 > 54 ? 0 : Math.max(0, Math.sin((Math.PI * (i % 18)) / 18));
    const column = Float32Array.from({ length: 64 }, (_, band) => {
      const harmonic = 0.5 + 0.5 * Math.cos((2 * Math.PI * band) / (4 + Math.sin(i / 23)));
      const formant = Math.exp(-(((band - 14 - 5 * Math.sin(i / 31)) / 9) ** 2)) + 0.6 * Math.exp(-(((band - 36) / 8) ** 2));
      return Math.min(1, 0.06 + swell * harmonic * formant);
    });
    strip.push(column);
  }
  return strip;
}

/** A person speaking into one of two microphones; `calls` get every verb. */
export function createFakeVoice(isOn: boolean, log: (name: string, ...rest: unknown[]) => void): VoiceContract {
  let calibration: BaselineState = { kind: 'none' };
  const later = (name: string, ...rest: unknown[]) => (log(name, ...rest), Promise.resolve());
  return {
    microphones: isOn
      ? [
          { id: 'a', label: 'Built-in microphone' },
          { id: 'b', label: 'Headset with a long name' },
        ]
      : [],
    microphoneId: null,
    isSuppressed: false,
    reading: isOn ? READING : null,
    strip: drawnSpeech(),
    interruption: null,
    get calibration() {
      return calibration;
    },
    chooseMicrophone: (id) => later('chooseMicrophone', id),
    setSuppressed: (to) => later('setSuppressed', to),
    startCalibration: () => ((calibration = { kind: 'recording', progress: 0.3 }), later('startCalibration')),
    cancelCalibration: () => ((calibration = { kind: 'none' }), later('cancelCalibration')),
    eraseCalibration: () => later('eraseCalibration'),
  };
}
