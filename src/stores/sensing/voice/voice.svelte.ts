import type { BaselineState } from '../../../modalities/modality';
import type { VoiceReading } from '../../../modalities/voice/frame';
import type { Interruption, Microphone, MicrophoneOptions } from '../../../modalities/voice/sensor';
import type { PushResult } from '../../../workers/emotionHandlers';
import type { EmotionHost } from '../../../workers/hosts';
import type { SettingsContract } from '../../contracts';
import type { SenseFollower } from '../session.svelte';
import { MelRing } from './melRing';
import type { VoiceContract } from './voiceContract';

interface Needs {
  readonly host: Pick<EmotionHost, 'baseline'>;
  readonly settings: SettingsContract;
  readonly listMicrophones: () => Promise<readonly Microphone[]>;
  /** Whether our own player sounds right now. */
  readonly isPlaying: () => boolean;
  /** Address of the bundled capture worklet. */
  readonly workletUrl: string;
  /** Switches the sense off and on again, if it is on: a microphone is opened with its settings. */
  readonly restart: () => Promise<void>;
}

const MEL_BANDS = 64;
/** Three seconds at 62.5 columns a second: the window that the model judges. */
const STRIP_COLUMNS = 188;
const UNKNOWN: BaselineState = { kind: 'none' };

/** The microphone and what is known of the person's voice. Sound itself never comes here. */
export class VoiceStore implements VoiceContract, SenseFollower {
  readonly isSimulated = false;
  readonly isRecorded = false;
  readonly strip = new MelRing(MEL_BANDS, STRIP_COLUMNS);
  #microphones = $state.raw<readonly Microphone[]>([]);
  #reading = $state.raw<VoiceReading | null>(null);
  #interruption = $state.raw<Interruption | null>(null);
  #calibration = $state.raw<BaselineState>(UNKNOWN);

  constructor(private readonly needs: Needs) {}

  get microphones(): readonly Microphone[] {
    return this.#microphones;
  }

  get microphoneId(): string | null {
    return this.needs.settings.value.microphoneId;
  }

  get isSuppressed(): boolean {
    return this.needs.settings.value.noiseSuppression;
  }

  get reading(): VoiceReading | null {
    return this.#reading;
  }

  get interruption(): Interruption | null {
    return this.#interruption;
  }

  get calibration(): BaselineState {
    return this.#calibration;
  }

  /** What the sensor is told each time it opens. */
  get sensorOptions(): MicrophoneOptions {
    const { isPlaying, workletUrl } = this.needs;
    return {
      deviceId: this.microphoneId,
      isSuppressed: this.isSuppressed,
      isPlaying,
      workletUrl,
      // Only now has the browser told the names of the devices.
      onOpen: () => void this.refreshMicrophones(),
      onInterruption: (interruption) => (this.#interruption = interruption),
    };
  }

  async refreshMicrophones(): Promise<void> {
    this.#microphones = await this.needs.listMicrophones();
  }

  async chooseMicrophone(id: string): Promise<void> {
    await this.needs.settings.update({ microphoneId: id });
    await this.needs.restart();
  }

  async setSuppressed(isOn: boolean): Promise<void> {
    await this.needs.settings.update({ noiseSuppression: isOn });
    await this.needs.restart();
  }

  async startCalibration(): Promise<void> {
    const result = await this.needs.host.baseline({ id: 'voice', wanted: 'start' });
    if (result) this.#calibration = result.state;
  }

  async cancelCalibration(): Promise<void> {
    const kept = await this.needs.host.baseline({ id: 'voice', wanted: 'save' });
    if (!kept) return;
    const result = await this.needs.host.baseline({ id: 'voice', wanted: { restore: kept.saved } });
    if (result) this.#calibration = result.state;
  }

  async eraseCalibration(): Promise<void> {
    await this.needs.settings.update({ voiceProfile: null });
    await this.needs.restart();
  }

  /** The sense is open in its worker, or open again after a crash: it needs to know its person. */
  async onOpened(): Promise<void> {
    const kept = this.needs.settings.value.voiceProfile;
    if (kept === null) return;
    const result = await this.needs.host.baseline({ id: 'voice', wanted: { restore: JSON.parse(kept) as unknown } });
    if (result) this.#calibration = result.state;
  }

  onResult({ reading, baseline }: PushResult): void {
    const before = this.#calibration.kind;
    if (reading) {
      this.strip.push(reading.mel);
      this.#reading = reading;
    }
    if (baseline) this.#calibration = baseline;
    // A worker that was restarted has forgotten its person.
    if (before === 'ready' && baseline?.kind === 'none') void this.onOpened();
    if (before === 'recording' && baseline?.kind === 'ready') void this.#keepProfile();
  }

  onEnd(): void {
    this.#reading = null;
    this.#interruption = null;
    this.#calibration = UNKNOWN;
    this.strip.clear();
  }

  async #keepProfile(): Promise<void> {
    const result = await this.needs.host.baseline({ id: 'voice', wanted: 'save' });
    if (result && result.saved !== null) await this.needs.settings.update({ voiceProfile: JSON.stringify(result.saved) });
  }
}
