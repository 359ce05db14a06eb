import { describe, expect, it } from 'vitest';
import { speakBlocks } from '../../../../evaluation/voice/speakBlocks';
import type { Timed } from '../../../../src/core/units';
import { BLOCK, type VoiceBlock } from '../../../../src/modalities/voice/frame';
import type { EmotionHost } from '../../../../src/workers/hosts';

type Pushed = Awaited<ReturnType<EmotionHost['push']>>;

/** A product that notes what it hears and answers by the number of the block. */
function listenerThat(answer: (index: number) => Pushed): { host: EmotionHost; blocks: Timed<VoiceBlock>[] } {
  const blocks: Timed<VoiceBlock>[] = [];
  const push = (_id: string, frame: Timed<unknown>): Promise<Pushed> => {
    blocks.push(frame as Timed<VoiceBlock>);
    return Promise.resolve(answer(blocks.length - 1));
  };
  return { host: { push } as unknown as EmotionHost, blocks };
}

const nothing = { observation: null, reading: null } as unknown as Pushed;
const absent = { observation: { kind: 'absent', source: 'voice', at: 0, reason: 'no-speech' }, reading: null } as unknown as Pushed;
const estimate = { observation: { kind: 'estimate', estimate: { id: 'one' } }, reading: { calm: 0.25 } } as unknown as Pushed;

describe('speakBlocks', () => {
  it('speaks a recording between quiet blocks, without a gap and to its last sample', async () => {
    const { host, blocks } = listenerThat(() => nothing);
    const pcm = Float32Array.from({ length: BLOCK + 10 }, () => 0.5);
    await speakBlocks(host, pcm, 3);
    expect(blocks.map(({ value }) => value.sampleTime)).toEqual(blocks.map((_, i) => i * BLOCK));
    expect(blocks.every(({ value }) => value.source.take === 3 && value.samples.length === BLOCK)).toBe(true);
    const heard = blocks.map(({ value }) => value.samples.reduce((sum, x) => sum + x, 0) / 0.5);
    expect(heard).toEqual([0, 0, BLOCK, 10, 0, 0, 0, 0, 0, 0, 0]);
  });
  it('tells when each block ended, and recordings a minute apart', async () => {
    const [first, second] = [listenerThat(() => nothing), listenerThat(() => nothing)];
    await speakBlocks(first.host, new Float32Array(BLOCK), 0);
    await speakBlocks(second.host, new Float32Array(BLOCK), 1);
    expect((first.blocks[1]?.at ?? 0) - (first.blocks[0]?.at ?? 0)).toBeCloseTo(96, 6);
    expect((second.blocks[0]?.at ?? 0) - (first.blocks[0]?.at ?? 0)).toBe(60_000);
  });
  it('gives every estimate, and what was said last where there is none', async () => {
    const talking = listenerThat((i) => (i === 2 || i === 4 ? estimate : i === 3 ? 'superseded' : nothing));
    const { spoken } = await speakBlocks(talking.host, new Float32Array(2 * BLOCK), 0);
    expect(spoken).toEqual(Array.from({ length: 2 }, () => ({ estimate: { id: 'one' }, calm: 0.25 })));
    const silent = await speakBlocks(listenerThat(() => absent).host, new Float32Array(BLOCK), 0);
    expect(silent.spoken).toEqual([]);
    expect(silent.last).toMatchObject({ kind: 'absent', reason: 'no-speech' });
  });
  it('tells clipped blocks', async () => {
    const { host, blocks } = listenerThat(() => nothing);
    await speakBlocks(host, new Float32Array(BLOCK).fill(1), 0);
    expect(blocks.map(({ value }) => value.clipped).slice(0, 4)).toEqual([0, 0, 1, 0]);
  });
});
