/** Samples beyond 12 dB over full scale are taken for damage. */
const LARGEST = 4;

export interface CleanBlock {
  /** The channels, repaired where they had to be. */
  readonly clean: readonly Float32Array[];
  /** [n] their mean. */
  readonly mono: Float32Array;
}

/**
 * Mean of all channels. Samples that are not finite count as 0, those over 12 dB above full scale as that.
 * @param channels equally long; not written to
 */
export function mixDown(channels: readonly Float32Array[]): CleanBlock {
  const [first = new Float32Array(0), second, ...rest] = channels;
  const mono = second === undefined ? first : new Float32Array(first.length);
  const isClean = second === undefined ? isSound(first) : addPair(first, second, 1 / channels.length, mono);
  if (!isClean || !rest.every(isSound)) return mixDown(channels.map((channel) => channel.map(repair)));
  const share = 1 / channels.length;
  for (const channel of rest) for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0) * share;
  return { clean: channels, mono };
}

/** Writes `share` of each sum to `mono`. @returns whether all samples are sound */
function addPair(left: Float32Array, right: Float32Array, share: number, mono: Float32Array): boolean {
  for (let i = 0; i < mono.length; i++) {
    const l = left[i] ?? 0,
      r = right[i] ?? 0;
    // NaN fails every comparison.
    if (!(l >= -LARGEST && l <= LARGEST && r >= -LARGEST && r <= LARGEST)) return false;
    mono[i] = (l + r) * share;
  }
  return true;
}

function isSound(samples: Float32Array): boolean {
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] ?? 0;
    if (!(x >= -LARGEST && x <= LARGEST)) return false;
  }
  return true;
}

const repair = (x: number): number => (Number.isFinite(x) ? Math.min(Math.max(x, -LARGEST), LARGEST) : 0);
