import type { UnitInterval } from '../../core/units';
import type { Player, PlayerEvents } from '../../player/player';
import type { SettingsContract } from '../contracts';

export interface SoundNeeds {
  readonly settings: SettingsContract;
  /** Called at the first play: browsers give no sound before a click. */
  readonly createPlayer: (events: PlayerEvents) => Player;
}

/** The player, made when first needed, and the settings that it follows, whoever changes them. */
export class Sound {
  #isMuted = $state(false);
  player: Player | null = null;
  readonly #stopFollowing: () => void;

  constructor(
    private readonly needs: SoundNeeds,
    private readonly events: PlayerEvents,
  ) {
    this.#stopFollowing = $effect.root(() => {
      $effect(() => this.#apply());
    });
  }

  get volume(): UnitInterval {
    return this.needs.settings.value.volume;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  /** Turning the knob also unmutes. */
  setVolume(volume: UnitInterval): void {
    this.#isMuted = false;
    void this.needs.settings.update({ volume: Math.min(1, Math.max(0, volume)) });
  }

  toggleMute(): void {
    this.#isMuted = !this.#isMuted;
  }

  ready(): Player {
    if (!this.player) {
      this.player = this.needs.createPlayer(this.events);
      this.#apply();
    }
    return this.player;
  }

  async close(): Promise<void> {
    this.#stopFollowing();
    await this.player?.close();
    this.player = null;
  }

  #apply(): void {
    const { volume, volumeLimit, levelling, crossfade } = this.needs.settings.value;
    const isMuted = this.#isMuted;
    this.player?.apply({ volume, volumeLimit, levelling, crossfade, isMuted });
  }
}
