import type { AffectPoint } from '../../core/music';

/** A quiet wave drawn from a song's affect, for songs without a cover: more arousal, more waves; the id shifts it. */
export function coverWave(id: string, { arousal }: AffectPoint): string {
  const phase = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 628, 7) / 100;
  const waves = 1.2 + (arousal + 1) * 0.8;
  const height = 12 + (arousal + 1) * 6;
  const points = Array.from({ length: 27 }, (_, i) => {
    const x = i * 4 - 2;
    return `${x},${(50 + height * Math.sin(phase + (x / 100) * waves * 2 * Math.PI)).toFixed(1)}`;
  });
  return points.join(' ');
}
