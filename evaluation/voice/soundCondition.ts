import { UsageError } from '../input/commandErrors';

export const NOISE_KINDS = ['white', 'babble', 'music'] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

/** What happens to a clean recording on its way to the product. */
export interface SoundCondition {
  /** Mixed in at so many dB below the speech. */
  readonly noise: { readonly kind: NoiseKind; readonly snr: number } | null;
  /** A room with a reverberation time of half a second. */
  readonly isReverberant: boolean;
  /** Through Opus at 24 kb/s. */
  readonly isCoded: boolean;
  /** Through the product's own noise suppression. */
  readonly isSuppressed: boolean;
}

export const CLEAN: SoundCondition = { noise: null, isReverberant: false, isCoded: false, isSuppressed: false };

export const isClean = ({ noise, isReverberant, isCoded, isSuppressed }: SoundCondition): boolean =>
  noise === null && !isReverberant && !isCoded && !isSuppressed;

/** Reads `--noise DB --kind K --reverb --codec --suppress`. */
export function readCondition(snr: number | undefined, kind: string | undefined, switches: ReadonlySet<string>): SoundCondition {
  const known = NOISE_KINDS.find((name) => name === (kind ?? 'white'));
  if (known === undefined) throw new UsageError(`--kind is one of ${NOISE_KINDS.join(', ')}, not "${kind}".`);
  if (kind !== undefined && snr === undefined) throw new UsageError('--kind needs --noise <dB>.');
  return {
    noise: snr === undefined ? null : { kind: known, snr },
    isReverberant: switches.has('reverb'),
    isCoded: switches.has('codec'),
    isSuppressed: switches.has('suppress'),
  };
}

/** E.g. '10 dB babble, suppressed'. */
export function nameOf({ noise, isReverberant, isCoded, isSuppressed }: SoundCondition): string {
  const parts = [
    noise ? `${noise.snr} dB ${noise.kind}` : null,
    isReverberant ? 'reverb' : null,
    isCoded ? 'Opus 24 kb/s' : null,
    isSuppressed ? 'suppressed' : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'clean' : parts.join(', ');
}
