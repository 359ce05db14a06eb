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
  const clean = channels.map((channel) => (isSound(channel) ? channel : channel.map(repair)));
  const [first = new Float32Array(0), second, ...rest] = clean;
  if (second === undefined) return { clean, mono: first };
  const mono = new Float32Array(first.length);
  const share = 1 / clean.length;
  for (let i = 0; i < mono.length; i++) mono[i] = ((first[i] ?? 0) + (second[i] ?? 0)) * share;
  for (const channel of rest) for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0) * share;
  return { clean, mono };
}

/** NaN fails both comparisons. */
function isSound(samples: Float32Array): boolean {
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] ?? 0;
    if (!(x > -LARGEST && x < LARGEST)) return false;
  }
  return true;
}

const repair = (x: number): number => (Number.isFinite(x) ? Math.min(Math.max(x, -LARGEST), LARGEST) : 0);
