import { FUSION_KINDS, type FusionKind } from '../../core/fusion';
import { STRATEGY_IDS } from '../../core/music';
import { CONTEXT_PARTS, type ContextPart } from '../../core/records/situation';
import { DEFAULT_SETTINGS, type Settings } from '../../core/settings';
import type { SyncInDatabase } from '../db';
import { guardStorage } from '../storageError';
import { transact } from '../transact';

type Guards = { readonly [K in keyof Settings]: (value: unknown) => value is Settings[K] };

const oneOf =
  <T extends string>(...allowed: readonly T[]) =>
  (value: unknown): value is T =>
    allowed.some((item) => item === value);
const between =
  (low: number, high: number) =>
  (value: unknown): value is number =>
    typeof value === 'number' && value >= low && value <= high;
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isMomentOrNull = (value: unknown): value is number | null => value === null || between(0, Number.MAX_SAFE_INTEGER)(value);

const GUARDS: Guards = {
  consentAt: isMomentOrNull,
  theme: oneOf('system', 'dark', 'light'),
  language: oneOf('en'),
  strategy: oneOf(...STRATEGY_IDS),
  cameraId: isTextOrNull,
  microphoneId: isTextOrNull,
  noiseSuppression: isBoolean,
  bodyBaseline: isTextOrNull,
  bodyDevices: isTextOrNull,
  voiceProfile: isTextOrNull,
  fusionKind: (value): value is FusionKind | null => value === null || oneOf(...FUSION_KINDS)(value),
  learnCorrections: isBoolean,
  calibrationSince: isMomentOrNull,
  contextParts: (value): value is readonly ContextPart[] => Array.isArray(value) && value.every(oneOf(...CONTEXT_PARTS)),
  volume: between(0, 1),
  volumeLimit: between(0, 1),
  levelling: isBoolean,
  crossfade: between(0, 12),
  copyFiles: isBoolean,
  singleKeys: isBoolean,
};

/** Settings out of anything: what is missing, of the wrong type or out of range gets its default; unknown fields go. */
export function validSettings(stored: unknown): Settings {
  const found = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const keep = (key: keyof Settings): unknown => (GUARDS[key](found[key]) ? found[key] : DEFAULT_SETTINGS[key]);
  return Object.fromEntries((Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]).map((key) => [key, keep(key)])) as unknown as Settings;
}

export const loadSettings = async (db: SyncInDatabase): Promise<Settings> =>
  validSettings(await guardStorage(() => db.get('settings', 'settings')));

export const saveSettings = (db: SyncInDatabase, settings: Settings): Promise<void> =>
  transact(db, ['settings'], 'readwrite', async (transaction) => {
    await transaction.objectStore('settings').put(validSettings(settings), 'settings');
  });
