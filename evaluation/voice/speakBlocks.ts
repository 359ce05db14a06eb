import type { EmotionEstimate, Observation } from '../../src/core/emotion';
import type { UnitInterval } from '../../src/core/units';
import { clippedShare } from '../../src/modalities/voice/activity/levels';
import { BLOCK, SAMPLE_RATE, type VoiceBlock } from '../../src/modalities/voice/frame';
import type { EmotionHost } from '../../src/workers/hosts';

/** Quiet blocks before and after: the product hears that the speech has begun and ended, and says its last word. */
const BEFORE = 2;
const AFTER = 7;
const MS_PER_SAMPLE = 1000 / SAMPLE_RATE;
/** Recordings begin here; any time would do. */
const EPOCH = Date.UTC(2020, 0, 1);

/** One estimate of the product, with what the model itself says of calm. */
export interface Spoken {
  readonly estimate: EmotionEstimate;
  readonly calm: UnitInterval | null;
}

export interface Heard {
  readonly spoken: readonly Spoken[];
  /** What was said last when there is no estimate. */
  readonly last: Observation | null;
}

/** Sends a recording to the product as its microphone would, block by block. @param take counts recordings */
export async function speakBlocks(host: EmotionHost, pcm: Float32Array, take: number): Promise<Heard> {
  const speech = Math.ceil(pcm.length / BLOCK);
  const source = { deviceId: 'file', take, isSuppressed: false };
  const spoken: Spoken[] = [];
  let last: Observation | null = null;
  for (let i = -BEFORE; i < speech + AFTER; i++) {
    const samples = new Float32Array(BLOCK);
    if (i >= 0 && i < speech) samples.set(pcm.subarray(i * BLOCK, (i + 1) * BLOCK));
    const sampleTime = (i + BEFORE) * BLOCK;
    const block: VoiceBlock = { samples, sampleTime, clipped: clippedShare(samples), isPlaying: false, source };
    const at = EPOCH + take * 60_000 + (sampleTime + BLOCK) * MS_PER_SAMPLE;
    const pushed = await host.push('voice', { at, value: block }, [samples.buffer]);
    if (pushed === 'superseded' || pushed.observation === null) continue;
    last = pushed.observation;
    if (last.kind === 'estimate') spoken.push({ estimate: last.estimate, calm: pushed.reading?.calm ?? null });
  }
  return { spoken, last };
}
