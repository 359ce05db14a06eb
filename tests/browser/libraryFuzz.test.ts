import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/core/errors';
import { decodeBlocks } from '../../src/library/decode';
import { readFile } from '../../src/library/files/readFile';
import { wavFile } from '../support/media';
import { mutate, type Original } from '../support/mutate';

/** A part of what `npm run fuzz` does; another part than the one it begins with. */
const COUNT = 120;
const FIRST = 10_000;
const SLOW_MS = 10_000;

const fixture = async (name: string): Promise<Original> => {
  const response = await fetch(new URL(`../fixtures/audio/${name}`, import.meta.url));
  return { name, bytes: new Uint8Array(await response.arrayBuffer()) };
};

/** Seconds of sound, or why there are none. */
async function take(file: File): Promise<number | ErrorCode> {
  try {
    await readFile({ file, copyKey: null });
    let seconds = 0;
    for await (const { channels, sampleRate } of decodeBlocks(file)) seconds += (channels[0]?.length ?? 0) / sampleRate;
    return seconds;
  } catch (error) {
    return (error as { code?: ErrorCode }).code ?? 'unexpected';
  }
}

test(`${COUNT} broken files end in sound or in a reason, none hangs`, async () => {
  const originals: [Original, ...Original[]] = [{ name: 'tune.wav', bytes: wavFile({ seconds: 4 }) }];
  for (const name of ['tune.mp3', 'tune.flac', 'tune.ogg', 'tune.m4a', 'tune.opus']) originals.push(await fixture(name));
  const reasons = new Set<string>();
  let sounding = 0;
  for (let number = FIRST; number < FIRST + COUNT; number++) {
    const { name, bytes } = mutate(originals, number);
    const start = performance.now();
    const outcome = await take(new File([bytes], name));
    expect(performance.now() - start, name).toBeLessThan(SLOW_MS);
    if (typeof outcome === 'number') sounding++;
    else reasons.add(outcome);
  }
  expect(ERROR_CODES).toEqual(expect.arrayContaining([...reasons]));
  expect([...reasons]).not.toContain('unexpected');
  // Damage that spares most of the sound must not cost the song.
  expect(sounding).toBeGreaterThan(COUNT / 3);
}, 180_000);
