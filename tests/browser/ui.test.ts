import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import App from '../../src/ui/App.svelte';
import { createFakeStores, type Variant } from '../support/fakeStores.svelte';

let stop: (() => void) | null = null;

/** Draws the whole app with invented data; `calls` holds every verb that the screens used. */
function open(variant: Variant, hash = '#/now') {
  location.hash = hash;
  const { stores, calls } = createFakeStores(variant);
  const target = document.body.appendChild(document.createElement('div'));
  const app = mount(App, { target, props: { stores } });
  stop = () => {
    void unmount(app);
    target.remove();
  };
  flushSync();
  return { stores, calls, target };
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
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((b) => (b.getAttribute('aria-label') ?? b.textContent ?? '').trim().startsWith(name));
const press = (key: string, init: KeyboardEventInit = {}, on: EventTarget = document.body) => {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  flushSync();
};

afterEach(() => {
  stop?.();
  stop = null;
  delete document.documentElement.dataset['theme'];
});

describe('first run', () => {
  it('opens nothing before the notice is accepted, then what was wished', async () => {
    const { calls } = open('first');
    const wish = await until(() => document.querySelector<HTMLInputElement>('#wish-face'));
    wish.click();
    flushSync();
    expect(calls).toEqual([]);
    button('Continue with Face')?.click();
    await until(() => calls.includes('start face'));
    expect(calls[0]).toMatch(/^update .*consentAt/);
    await until(() => byTestId('sentence'));
  });

  it('shows the demo listener with its library', async () => {
    const { calls } = open('first');
    (await until(() => button('Show me with a demo listener'))).click();
    await until(() => calls.includes('addDemoLibrary'));
    expect(calls).toContain('startSimulation');
    expect((await until(() => byTestId('sentence'))).textContent).toContain('demo listener');
  });
});

describe('Now', () => {
  it('says what seems, marks the leading label and lets one tap correct and undo it', () => {
    const { calls } = open('playing');
    expect(byTestId('sentence')?.textContent).toBe('You seem calm, and a little bright.');
    expect(byTestId('fused-label')?.dataset).toMatchObject({ emotion: 'neutral', sure: 'true', simulated: 'false' });
    press('4');
    expect(calls).toContain('correct sadness');
    expect(byTestId('sentence')?.textContent).toContain('sad');
    button('Undo')?.click();
    flushSync();
    expect(byTestId('sentence')?.textContent).toContain('You seem');
  });

  it('is not sure when it is not sure', () => {
    open('unsure');
    expect(byTestId('sentence')?.textContent).toBe('Not sure how you seem just now.');
    expect(byTestId('fused-label')?.dataset['sure']).toBe('false');
  });

  it('shows why a sense says nothing, and offers to try again', () => {
    const { calls } = open('denied');
    const row = byTestId('sense-face');
    expect(row?.dataset['state']).toBe('failed');
    expect(row?.textContent).toContain('did not allow');
    button('Try again')?.click();
    expect(calls).toContain('start face');
  });

  it('moves the target with the keyboard and sets it with Enter', () => {
    const { stores } = open('playing');
    const target = byTestId('plane-target');
    press('ArrowRight', {}, target ?? document);
    press('ArrowUp', { shiftKey: true }, target ?? document);
    expect(stores.recommendation.target).toEqual({ valence: 0.7, arousal: 0.34 });
    press('Enter', {}, target ?? document);
    target?.dispatchEvent(new FocusEvent('blur'));
    flushSync();
    expect(stores.recommendation.target).toEqual({ valence: 0.75, arousal: 0.35 });
  });

  it('lists ten songs whose reasons add up', () => {
    open('playing');
    expect(document.querySelectorAll('[data-testid="queue-item"]')).toHaveLength(9);
    const why = byTestId('why');
    const terms = [...(why?.querySelectorAll('li b') ?? [])].map((b) => Number((b.textContent ?? '').replace('−', '-').replace('+', '')));
    expect(terms.reduce((a, b) => a + b, 0)).toBeCloseTo(Number(why?.querySelector('.t > b')?.textContent), 9);
  });

  it('stops sensing from its corner and on two Escapes', () => {
    const { calls } = open('playing');
    press('Escape');
    expect(calls).not.toContain('stopAll');
    press('Escape');
    expect(calls).toContain('stopAll');
    expect(byTestId('stop-sensing')).toBeNull();
  });
});

describe('Library', () => {
  it('draws only the rows on screen of 10,000', async () => {
    open('huge', '#/library');
    await until(() => byTestId('song-row'));
    await tick();
    const rows = document.querySelectorAll('[data-testid="song-row"]');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(60);
    expect(document.querySelector('table.songs')?.getAttribute('aria-rowcount')).toBe('10001');
  });

  it('imports files from the hidden input and tells progress and failures', async () => {
    const { calls } = open('importing', '#/library');
    await until(() => byTestId('analysis-banner'));
    expect(byTestId('analysis-banner')?.dataset).toMatchObject({ done: '104', total: '318', failed: '4' });
    expect(byTestId('failures')?.querySelectorAll('[data-testid="failure"]')).toHaveLength(4);
    button('Pause')?.click();
    expect(calls).toContain('pause');
    const input = document.querySelector<HTMLInputElement>('[data-testid="import-files"]');
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'a.mp3', { type: 'audio/mpeg' }));
    if (input) input.files = transfer.files;
    input?.dispatchEvent(new Event('change', { bubbles: true }));
    expect(calls).toContain('importFiles 1');
  });

  it('shows songs in several files when asked; one may stay alone, or all', async () => {
    const { calls, stores } = open('playing', '#/library');
    const ids = stores.library.rows.slice(0, 5).map(({ track }) => track.id);
    (await until(() => button('Look for them'))).click();
    const groups = () => [...document.querySelectorAll('[data-testid="near-duplicates"] [role="group"]')];
    await until(() => groups().length === 2);
    expect(calls.filter((call) => call.startsWith('remove'))).toEqual([]);
    button('Keep only')?.click();
    (await until(() => document.querySelector<HTMLButtonElement>('dialog .btn.main'))).click();
    await until(() => groups().length === 1);
    expect(calls).toContain(`remove ${ids[1]}`);
    [...document.querySelectorAll('button')].find((b) => b.textContent === 'Keep all')?.click();
    await until(() => groups().length === 0);
    expect(byTestId('near-duplicates')?.textContent).toContain('No song is here twice.');
  });

  it('queues the chosen songs, says so, and lets them go', async () => {
    const { calls } = open('playing', '#/library');
    await until(() => byTestId('song-row'));
    const boxes = () => [...document.querySelectorAll<HTMLInputElement>('td.pick input')];
    boxes()[1]?.click();
    // The whole cell takes the tap.
    boxes()[3]?.closest('label')?.click();
    flushSync();
    expect(byTestId('selection')?.textContent).toContain('2 songs chosen');
    button('Add to queue')?.click();
    flushSync();
    expect(calls).toContain('enqueue 2 last');
    expect(byTestId('notice')?.textContent).toContain('Queued: 2 songs.');
    expect(byTestId('selection')).toBeNull();
    boxes()[0]?.click();
    flushSync();
    button('Play next')?.click();
    expect(calls).toContain('enqueue 1 next');
  });

  it('shows albums, plays one in its order and opens its songs', async () => {
    const { calls } = open('playing', '#/library');
    (await until(() => button('Albums'))).click();
    const albums = await until(() => {
      const found = [...document.querySelectorAll<HTMLElement>('[data-testid="album"]')];
      return found.length > 0 && found;
    });
    expect(albums.map((album) => album.querySelector('b')?.textContent)).toEqual(['First Light', 'Nine Rooms', 'Salt Roads']);
    albums[2]?.querySelector<HTMLButtonElement>('.start')?.click();
    expect(calls.find((call) => call.startsWith('playTracks'))).toMatch(/^playTracks \d+ 0$/);
    albums[2]?.querySelector<HTMLButtonElement>('.open')?.click();
    flushSync();
    await until(() => byTestId('song-row'));
    expect(button('Take away: Salt Roads')).toBeDefined();
  });

  it('teaches when it is empty', async () => {
    const { calls } = open('empty', '#/library');
    (await until(() => button('Use the demo songs'))).click();
    expect(calls).toContain('addDemoLibrary');
  });
});

describe('every screen', () => {
  it.each(['now', 'library', 'song/song-0', 'playlists', 'journal', 'lab', 'settings'])(
    '%s draws with one h1 and without overflow',
    async (screen) => {
      open('playing', `#/${screen}`);
      await until(() => document.querySelector('main h1'));
      expect(document.querySelectorAll('h1')).toHaveLength(1);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
      expect(document.querySelectorAll('main [style*="NaN"]')).toHaveLength(0);
      expect(document.body.innerHTML).not.toMatch(/NaN|undefined|\{\w+\}/);
    },
  );

  it('asks before it erases everything', async () => {
    const { calls } = open('playing', '#/settings');
    (await until(() => button('Erase everything'))).click();
    flushSync();
    expect(calls).not.toContain('eraseEverything');
    byTestId('erase-confirm')?.click();
    expect(calls).toContain('eraseEverything');
  });

  it('shows notices with their sentence and action', async () => {
    const { calls } = open('importing');
    expect((await until(() => byTestId('notice'))).textContent).toContain('forgot');
    [...(byTestId('notice')?.querySelectorAll('button') ?? [])][0]?.click();
    expect(calls).toEqual(expect.arrayContaining(['allow', 'dismiss 1']));
  });
});
