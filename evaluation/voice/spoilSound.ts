import { resample } from '../../src/dsp/resample';
import { SAMPLE_RATE } from '../../src/modalities/voice/frame';
import { SUPPRESSION_RATE } from '../../src/modalities/voice/microphone/suppression';
import type { SubjectOptions } from '../subjects/subject';
import { decodeSpeech } from './decodeSpeech';
import { babbleOf, mixNoise, roomResponse, whiteNoise } from './mixNoise';
import type { NoiseKind, SoundCondition } from './soundCondition';
import { createOfflineSuppressor } from './suppressSound';
import { throughOpus } from './throughOpus';

type Sound = Float32Array<ArrayBuffer>;
export type Spoiler = (clean: Sound) => Promise<Sound>;

const NOISE_SECONDS = 20;
const VOICES = 6;
const REVERBERATION_SECONDS = 0.5;

/** Takes a recording through what was asked for: room, noise, suppression, codec, in this order. Seeded: the same every time. */
export async function createSpoiler(condition: SoundCondition, openItems: SubjectOptions['openItems']): Promise<Spoiler> {
  const noise = condition.noise && (await noiseOf(condition.noise.kind, openItems));
  const suppress = condition.isSuppressed ? await createSuppression() : null;
  const room = roomResponse(SAMPLE_RATE, REVERBERATION_SECONDS, 5);
  let count = 0;
  return async (clean) => {
    let sound = condition.isReverberant ? await convolve(clean, room) : clean;
    if (condition.noise && noise) sound = mixNoise(sound, noise, condition.noise.snr, 7919 * count++);
    if (suppress) sound = suppress(sound);
    return condition.isCoded ? throughOpus(sound) : sound;
  };
}

async function noiseOf(kind: NoiseKind, openItems: SubjectOptions['openItems']): Promise<Sound> {
  const length = NOISE_SECONDS * SAMPLE_RATE;
  if (kind === 'white') return whiteNoise(length, 3);
  if (kind === 'babble') {
    const voices = await Promise.all((await openItems(VOICES)).map(decodeSpeech));
    return babbleOf(
      voices.filter((one) => one !== null),
      length,
    );
  }
  return demoMusic(length);
}

/** The demo songs, one after the other. */
async function demoMusic(length: number): Promise<Sound> {
  const [{ demoPiece, DEMO_PIECES }, { renderPiece }] = await Promise.all([
    import('../../src/library/demo/demoPieces'),
    import('../../src/library/demo/synthesisePiece'),
  ]);
  const out = new Float32Array(length);
  const each = Math.floor(length / 4);
  for (let k = 0; k < 4; k++) {
    const { left, sampleRate } = renderPiece(demoPiece((k * 5) % DEMO_PIECES.length).spec);
    out.set(resample(left.subarray(5 * sampleRate), sampleRate, SAMPLE_RATE).subarray(0, each), k * each);
  }
  return out;
}

async function convolve(sound: Sound, response: Sound): Promise<Sound> {
  const context = new OfflineAudioContext(1, sound.length + response.length, SAMPLE_RATE);
  const toBuffer = (samples: Sound): AudioBuffer => {
    const buffer = context.createBuffer(1, samples.length, SAMPLE_RATE);
    buffer.copyToChannel(samples, 0);
    return buffer;
  };
  const source = new AudioBufferSourceNode(context, { buffer: toBuffer(sound) });
  source.connect(new ConvolverNode(context, { buffer: toBuffer(response), disableNormalization: true })).connect(context.destination);
  source.start();
  return levelled((await context.startRendering()).getChannelData(0));
}

/** No sample beyond full scale. */
function levelled(sound: Sound): Sound {
  const peak = sound.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return peak > 0.99 ? sound.map((x) => (0.99 * x) / peak) : sound;
}

/** The product's own noise suppression, at the rate it knows. */
async function createSuppression(): Promise<(sound: Sound) => Sound> {
  const suppress = await createOfflineSuppressor();
  return (sound) => {
    const up = Float32Array.from(resample(sound, SAMPLE_RATE, SUPPRESSION_RATE));
    return Float32Array.from(resample(suppress(up), SUPPRESSION_RATE, SAMPLE_RATE));
  };
}
