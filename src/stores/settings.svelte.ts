import { codeOf } from '../core/errors';
import { DEFAULT_SETTINGS, type Settings } from '../core/settings';
import type { SyncInDatabase } from '../storage/db';
import { loadSettings, saveSettings, validSettings } from '../storage/rows/settings';
import type { NoticesContract, SettingsContract } from './contracts';

interface Needs {
  /** null: nothing can be kept; settings last until the page closes. */
  readonly db: SyncInDatabase | null;
  readonly notices: NoticesContract;
}

/** What the user chose, kept across visits. */
export class SettingsStore implements SettingsContract {
  #value = $state.raw<Settings>(DEFAULT_SETTINGS);
  #isReady = $state(false);
  #saving: Promise<void> | null = null;
  #unsaved = false;

  constructor(private readonly needs: Needs) {}

  get value(): Settings {
    return this.#value;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  async load(): Promise<void> {
    try {
      if (this.needs.db) this.#value = await loadSettings(this.needs.db);
    } catch (error) {
      this.needs.notices.problem(codeOf(error));
    }
    this.#isReady = true;
  }

  /** Out-of-range values are set to their default, as they would be after a reload. */
  update(patch: Partial<Settings>): Promise<void> {
    this.#value = validSettings({ ...this.#value, ...patch });
    this.#unsaved = true;
    this.#saving ??= this.#save().finally(() => (this.#saving = null));
    return this.#saving;
  }

  /** A dragged slider changes sixty times a second: while one save runs, later changes wait for the next. */
  async #save(): Promise<void> {
    while (this.#unsaved && this.needs.db) {
      this.#unsaved = false;
      try {
        await saveSettings(this.needs.db, this.#value);
      } catch (error) {
        this.needs.notices.problem(codeOf(error));
      }
    }
  }
}
