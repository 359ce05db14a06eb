import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/errors';
import { DEFAULT_SETTINGS } from '../../src/core/settings';
import { listFeedback } from '../../src/storage/rows/feedback';
import { Latencies } from '../../src/stores/sensing/latencies';
import { NoticesStore } from '../../src/stores/notices.svelte';
import { RateMeter } from '../../src/stores/sensing/rateMeter';
import { SettingsStore } from '../../src/stores/settings.svelte';
import { StorageStore } from '../../src/stores/storage.svelte';
import { UpdatesStore } from '../../src/stores/updates.svelte';
import { createWorld, endWorld, NOON, type World } from './support/storeWorld';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => {
  vi.useRealTimers();
  endWorld(world);
});

describe('settings', () => {
  it('keeps what was chosen, through many quick changes', async () => {
    const { settings, db, notices } = world;
    const saves = Array.from({ length: 50 }, (_, i) => settings.update({ volume: i / 50 }));
    await Promise.all(saves);
    const again = new SettingsStore({ db, notices });
    expect(again.isReady).toBe(false);
    await again.load();
    expect(again.isReady).toBe(true);
    expect(again.value.volume).toBe(49 / 50);
    expect(notices.items).toEqual([]);
  });

  it('takes no nonsense and can be cloned', async () => {
    await world.settings.update({ volume: 7, theme: 'dark' });
    expect(world.settings.value).toMatchObject({ volume: DEFAULT_SETTINGS.volume, theme: 'dark' });
    expect(structuredClone(world.settings.value)).toEqual(world.settings.value);
  });

  it('works without a database', async () => {
    const settings = new SettingsStore({ db: null, notices: world.notices });
    await settings.load();
    await settings.update({ theme: 'light' });
    expect(settings.value.theme).toBe('light');
  });

  it('tells when it cannot save', async () => {
    world.db.close();
    await world.settings.update({ theme: 'dark' });
    expect(world.notices.items.map(({ code }) => code)).toEqual(['storage/unavailable']);
  });
});

describe('notices', () => {
  it('shows each once, at most four, and lets news leave by themselves', () => {
    vi.useFakeTimers();
    const notices = new NoticesStore();
    notices.problem('storage/quota');
    notices.problem('storage/quota', { params: { n: 2 } });
    expect(notices.items).toHaveLength(1);
    expect(notices.items[0]).toMatchObject({ tone: 'problem', code: 'storage/quota', params: { n: 2 } });
    for (const code of ['player/blocked', 'player/cannot-play', 'worker/crashed', 'unexpected'] as const) notices.problem(code);
    expect(notices.items.map(({ code }) => code)).toEqual(['player/blocked', 'player/cannot-play', 'worker/crashed', 'unexpected']);
    for (const { id } of notices.items) notices.dismiss(id);
    notices.inform('nothingNew');
    expect(notices.items).toHaveLength(1);
    vi.advanceTimersByTime(13_000);
    expect(notices.items).toEqual([]);
  });
});

describe('feedback log', () => {
  it('appends plain events that the database takes', async () => {
    const { log, db, notices } = world;
    const base = { at: NOON, playlistId: null, affect: null };
    log.append({ ...base, kind: 'rated', trackId: 'a' as never, rating: 'like' });
    log.append({ ...base, kind: 'rated', trackId: 'a' as never, rating: 'dislike' });
    expect(log.ratings.get('a' as never)).toBe('dislike');
    await vi.waitFor(async () => expect(await listFeedback(db)).toHaveLength(2));
    expect(structuredClone(log.events)).toEqual(log.events);
    await log.load();
    expect(log.ratings.get('a' as never)).toBe('dislike');
    expect(notices.items).toEqual([]);
  });
});

describe('storage', () => {
  it('measures, exports and erases', async () => {
    const stopEverything = vi.fn();
    const reload = vi.fn();
    const storage = new StorageStore({ db: world.db, notices: world.notices, now: world.now, stopEverything, reload });
    await storage.measure();
    expect(storage.quotaBytes).toBeGreaterThan(0);
    await world.settings.update({ theme: 'dark' });
    const exported = JSON.parse(await (await storage.exportAll()).text()) as { settings: { theme: string }[] };
    expect(exported.settings[0]?.theme).toBe('dark');
    await storage.eraseEverything();
    expect(stopEverything).toHaveBeenCalledBefore(reload);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(world.db.name);
  });

  it('has nothing to export without a database', async () => {
    const storage = new StorageStore({ db: null, notices: world.notices, now: world.now, stopEverything: vi.fn(), reload: vi.fn() });
    await expect(storage.exportAll()).rejects.toBeInstanceOf(AppError);
  });
});

describe('updates', () => {
  const create = (isBusy: () => boolean) => {
    const page = new EventTarget();
    return { page, updates: new UpdatesStore({ isBusy, page, isOnline: () => false }) };
  };

  it('never reloads mid-song', () => {
    let isBusy = true;
    const { updates } = create(() => isBusy);
    const apply = vi.fn();
    updates.offer(apply);
    expect(updates.isReady).toBe(true);
    updates.rest();
    updates.apply();
    expect(apply).not.toHaveBeenCalled();
    isBusy = false;
    updates.rest();
    expect(apply).toHaveBeenCalledOnce();
  });

  it('keeps the offer to install for later, and uses it once', async () => {
    const { page, updates } = create(() => false);
    const prompt = vi.fn(() => Promise.resolve());
    const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
    page.dispatchEvent(offer);
    expect(offer.defaultPrevented).toBe(true);
    expect(updates.canInstall).toBe(true);
    await updates.install();
    await updates.install();
    expect(prompt).toHaveBeenCalledOnce();
    expect(updates.canInstall).toBe(false);
  });

  it('knows when there is no network', () => {
    expect(create(() => false).updates.isOffline).toBe(true);
  });
});

describe('measures', () => {
  it('keeps the latest times of each stage', () => {
    const latencies = new Latencies();
    for (let i = 1; i <= 1000; i++) latencies.record('face model', i);
    latencies.record('face model', Number.NaN);
    const [stage] = latencies.summarise();
    expect(stage).toMatchObject({ stage: 'face model', n: 512 });
    expect(stage?.p50).toBeCloseTo(745, -1);
    expect(stage?.p95).toBeCloseTo(975, -1);
  });

  it('counts events per second', () => {
    const meter = new RateMeter();
    expect(meter.count(0)).toBe(0);
    let rate = 0;
    for (let at = 50; at <= 5000; at += 50) rate = meter.count(at);
    expect(rate).toBeCloseTo(20, 0);
  });
});
