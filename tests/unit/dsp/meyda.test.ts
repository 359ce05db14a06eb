import Meyda from 'meyda';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random';
import { rootMeanSquare } from '../../../src/dsp/energy';
import { measureShape, spectralFlatness, type SpectralShape } from '../../../src/dsp/spectrum/spectralShape';

/**
 * A second opinion beside librosa's: Meyda, which computes on single frames in the browser. Only features that both define
 * alike; it takes no roll-off of 85 % and no flatness with a floor.
 */
const SAMPLE_RATE = 44_100;
const FRAME = 512;
const BIN_HZ = SAMPLE_RATE / FRAME;

function frames(): [string, Float32Array][] {
  const random = seededRandom(7);
  const make = (sample: (t: number) => number) => Float32Array.from({ length: FRAME }, (_, i) => sample(i / SAMPLE_RATE));
  return [
    ['a tone', make((t) => Math.sin(2 * Math.PI * 1000 * t))],
    ['two tones', make((t) => 0.5 * Math.sin(2 * Math.PI * 440 * t) + 0.2 * Math.sin(2 * Math.PI * 6000 * t))],
    ['noise', make(() => random() - 0.5)],
  ];
}

describe.each(frames())('%s', (_name, frame) => {
  let amplitude: Float64Array;
  beforeAll(() => {
    // Unwindowed: Meyda windows the samples even for the root mean square.
    Object.assign(Meyda, { bufferSize: FRAME, sampleRate: SAMPLE_RATE, windowingFunction: 'rect' });
    amplitude = Float64Array.from(Meyda.extract('amplitudeSpectrum', frame) as unknown as Float32Array);
  });

  test('root mean square', () => {
    expect(rootMeanSquare(frame)).toBeCloseTo(Meyda.extract('rms', frame) as number, 6);
  });

  test('spectral centroid and bandwidth', () => {
    const shape: SpectralShape = { centroid: 0, bandwidth: 0, rolloff: 0 };
    measureShape(amplitude, BIN_HZ, 0, amplitude.length - 1, shape);
    expect(shape.centroid / BIN_HZ).toBeCloseTo(Meyda.extract('spectralCentroid', frame) as number, 4);
    expect(shape.bandwidth / BIN_HZ).toBeCloseTo(Meyda.extract('spectralSpread', frame) as number, 4);
  });

  test('spectral flatness, of the same spectrum', () => {
    expect(spectralFlatness(amplitude)).toBeCloseTo(Meyda.extract('spectralFlatness', frame) as number, 4);
  });
});
