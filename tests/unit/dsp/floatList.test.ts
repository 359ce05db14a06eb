import { expect, it } from 'vitest';
import { FloatList } from '../../../src/dsp/floatList';

it('keeps what is pushed, however much', () => {
  const list = new FloatList();
  expect(list.view()).toHaveLength(0);
  for (let i = 0; i < 5000; i++) list.push(i);
  expect(list.length).toBe(5000);
  expect(list.view()[4999]).toBe(4999);
  expect(list.view()[0]).toBe(0);
});
