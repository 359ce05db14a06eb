import { columnDeviations, columnMeans, columnOf, deviation, laggedDifferences, mean } from '../../../dsp/statistics';
import { scoreKeys } from '../estimateKey';
import { DELTA_LAG } from '../segmentLayout';

const CLASSES = 12;
/** Half a second of frames. */
const CHORD_FRAMES = 21;
const STEPS = [7 / 6, 3 / 2, 2 / 3];

/** 24 triads, major on C first, unit length. */
const TRIADS = [
  [0, 4, 7],
  [0, 3, 7],
].flatMap((shape) => Array.from({ length: CLASSES }, (_, root) => shape.map((interval) => (root + interval) % CLASSES)));

/**
 * Tonal centroids on the circles of fifths, minor and major thirds (Harte, Sandler & Gasser 2006), unit radii.
 * @param share [frames x 12] pitch-class energy, rows summing to 1
 * @returns [frames x 6] sines, then cosines
 */
export function tonalCentroids(share: Float64Array): Float64Array {
  const frames = Math.floor(share.length / CLASSES);
  const out = new Float64Array(frames * 6);
  for (let i = 0; i < frames * CLASSES; i++) {
    const at = Math.floor(i / CLASSES) * 6;
    STEPS.forEach((step, circle) => {
      const angle = (i % CLASSES) * step * Math.PI;
      out[at + circle] = (out[at + circle] ?? 0) + (share[i] ?? 0) * Math.sin(angle);
      out[at + 3 + circle] = (out[at + 3 + circle] ?? 0) + (share[i] ?? 0) * Math.cos(angle);
    });
  }
  return out;
}

/**
 * Chords of half a second, by the best of 24 triads.
 * @returns share of minor triads (weighted by fit), mean fit, share of chord changes; zeros below one second
 */
export function describeTriads(chroma: Float32Array): readonly [number, number, number] {
  const count = Math.floor(chroma.length / CLASSES / CHORD_FRAMES);
  if (count < 2) return [0, 0, 0];
  let minor = 0,
    fit = 0,
    changes = 0,
    previous = -1;
  for (let i = 0; i < count; i++) {
    const profile = columnMeans(chroma.subarray(i * CHORD_FRAMES * CLASSES, (i + 1) * CHORD_FRAMES * CLASSES), CLASSES);
    const norm = Math.max(Math.hypot(...profile), 1e-9) * Math.sqrt(3);
    const matches = TRIADS.map((pitches) => pitches.reduce((sum, pitch) => sum + (profile[pitch] ?? 0), 0) / norm);
    const top = Math.max(...matches);
    const best = matches.indexOf(top);
    if (best >= CLASSES) minor += top;
    fit += top;
    if (i > 0 && best !== previous) changes++;
    previous = best;
  }
  return [minor / Math.max(fit, 1e-9), fit / count, changes / (count - 1)];
}

/** [frames x 12] rows divided by their sum; silent rows stay zero. */
function shareOfFrames(chroma: Float32Array): Float64Array {
  const out = Float64Array.from(chroma);
  for (let at = 0; at < out.length; at += CLASSES) {
    const row = out.subarray(at, at + CLASSES);
    const sum = Math.max(
      row.reduce((total, x) => total + x, 0),
      1e-9,
    );
    row.forEach((x, i) => {
      row[i] = x / sum;
    });
  }
  return out;
}

/** [frames] entropy of the pitch classes, 0 (one note) to 1 (all alike). */
function entropies(share: Float64Array): Float64Array {
  const out = new Float64Array(share.length / CLASSES);
  share.forEach((x, i) => {
    const t = Math.floor(i / CLASSES);
    out[t] = (out[t] ?? 0) - (x * Math.log2(x + 1e-9)) / Math.log2(CLASSES);
  });
  return out;
}

/**
 * Harmony of a segment: pitch classes relative to the tonic (means, deviations), best major and minor key and their difference,
 * pitch-class entropy (mean, deviation), tonal change over 93 ms, deviations and mean radii of the tonal centroid, triads.
 * @param chroma [frames x 12], largest = 1
 * @returns [42]
 */
export function describeTonal(chroma: Float32Array): number[] {
  const means = columnMeans(chroma, CLASSES);
  const deviations = columnDeviations(chroma, CLASSES);
  const { major, minor } = scoreKeys(means);
  const best = major.map((score, i) => Math.max(score, minor[i] ?? 0));
  const tonic = best.indexOf(Math.max(...best));
  const fromTonic = (values: Float64Array): number[] => Array.from(values, (_, i) => values[(i + tonic) % CLASSES] ?? 0);
  const share = shareOfFrames(chroma);
  const entropy = entropies(share);
  const centres = tonalCentroids(share);
  const centre = columnMeans(centres, 6);
  const steps = laggedDifferences(centres, 6, DELTA_LAG);
  const change = Float64Array.from({ length: steps.length / 6 }, (_, t) => Math.hypot(...steps.subarray(t * 6, t * 6 + 6)));
  return [
    ...fromTonic(means),
    ...fromTonic(deviations),
    Math.max(...major),
    Math.max(...minor),
    Math.max(...major) - Math.max(...minor),
    mean(entropy),
    deviation(entropy),
    mean(change),
    ...Array.from({ length: 6 }, (_, i) => deviation(columnOf(centres, 6, i))),
    ...[0, 1, 2].map((i) => Math.hypot(centre[i] ?? 0, centre[i + 3] ?? 0)),
    ...describeTriads(chroma),
  ];
}
