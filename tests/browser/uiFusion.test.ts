import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import App from '../../src/ui/App.svelte';
import { createFakeStores, type Variant } from '../support/fakeStores.svelte';

let stop: (() => void) | null = null;
afterEach(() => {
  stop?.();
  stop = null;
});

function open(variant: Variant, hash: string) {
  location.hash = hash;
  const { stores, calls } = createFakeStores(variant);
  const target = document.body.appendChild(document.createElement('div'));
  const app = mount(App, { target, props: { stores } });
  stop = () => {
    void unmount(app);
    target.remove();
  };
  flushSync();
  return calls;
}

async function until<T>(find: () => T | null | undefined | false): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('never appeared');
}

const byTestId = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const named = (name: string) => document.querySelector<HTMLElement>(`[aria-label="${name}"]`);

it('now says how the senses were put together, how old each word is, and why one has no weight', async () => {
  open('together', '#/now');
  const how = await until(() => byTestId('how'));
  expect(how.textContent).toBe(
    'Put together by attention · the last minutes count 16 % · 40 times that you said how you feel are taken in',
  );
  expect(byTestId('age-face')?.textContent).toBe('just now');
  expect(document.querySelector('.head p')?.textContent).toContain('Mostly your face (52 %)');
});

it('one sense alone is not put together', async () => {
  open('playing', '#/now');
  await until(() => byTestId('together'));
  expect(byTestId('how')).toBeNull();
});

it('the lab leaves a sense out, and changes the way of putting together by click and by key', async () => {
  const calls = open('together', '#/lab');
  await until(() => byTestId('part-face'));
  expect(byTestId('part-voice')?.textContent).toContain('Nobody is speaking.');
  named('Voice counts')?.click();
  await until(() => calls.includes('setLeftOut voice true'));
  expect(document.body.textContent).toContain('Some senses have no weight now.');
  const group = named('Way of putting together');
  group?.querySelector<HTMLElement>('[data-id="early"]')?.click();
  group?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
  expect(calls).toEqual(expect.arrayContaining(['setKind early', 'setKind late']));
  expect(document.activeElement?.getAttribute('data-id')).toBe('late');
});

it('without the network there is no way to choose, and the lab says so', async () => {
  open('playing', '#/lab');
  await until(() => byTestId('part-face'));
  expect(named('Way of putting together')).toBeNull();
  expect(document.body.textContent).toContain('The fusion network is not loaded.');
});

it('what the user’s words were worth is told, and can be forgotten', async () => {
  open('together', '#/lab');
  expect((await until(() => byTestId('own-gain'))).textContent).toMatch(/40 times you said how you feel/);
  stop?.();
  const calls = open('together', '#/settings');
  const learn = await until(() => document.querySelector<HTMLInputElement>('#s-learn'));
  learn.click();
  const forget = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Forget it');
  forget?.click();
  flushSync();
  expect(calls).toEqual(expect.arrayContaining(['setLearning false', 'forgetCalibration']));
  expect(forget?.disabled).toBe(true);
});
