import { NOTHING, type Seven } from '../../../src/fusion/distribution';
import type { Answer, Network } from '../../../src/fusion/network/attention';
import type { FusionNetwork } from '../../../src/fusion/network/network';

const speak =
  (gate: number, correction: Seven): Network =>
  (tokens): Answer => {
    const known = tokens.filter(({ evidence }) => evidence > 0);
    const total = known.reduce((sum, { evidence }) => sum + evidence, 0);
    return {
      correction: known.length > 0 ? correction : NOTHING,
      gates: new Map(known.map(({ source, evidence }) => [source, gate * evidence])),
      attention: new Map(known.map(({ source, evidence }) => [source, evidence / total])),
    };
  };

/** A network of three lines: every sense gated alike, and a correction that is given. */
export const fakeNetwork = (correction: Seven = NOTHING): FusionNetwork => ({
  attention: speak(0.8, correction),
  early: speak(0, correction),
  memory: { tau: 30, likeness: 1, gain: 0.4 },
  placeAmongSongs: (valence, arousal) => new Float32Array(64).fill(0).map((_, i) => (i === 0 ? valence : i === 1 ? arousal : 0)),
});
