import type { CancelSignal } from '../../../core/units';

/** Why no sound arrives although the microphone is open. */
export type Interruption =
  /** The browser put the audio context to sleep; any key or click wakes it. */
  | 'asleep'
  /** The system or a switch on the device muted the microphone. */
  | 'muted';

/** Why one opening of the microphone is over. */
export interface TakeEnd {
  readonly reason: 'aborted' | 'lost' | 'changed';
  readonly detail: string;
}

interface Listeners {
  readonly onEnd: (end: TakeEnd) => void;
  readonly onInterruption: ((interruption: Interruption | null) => void) | undefined;
}

export interface StreamWatch {
  readonly deviceId: string;
  /** Also watches whether the graph behind the stream runs, and wakes it. */
  follow(context: AudioContext): void;
  /** Stops the tracks, so that the browser's sign goes out. */
  close(): void;
}

const isAsleep = (context: AudioContext | null): context is AudioContext =>
  context !== null && context.state !== 'running' && context.state !== 'closed';

class Watch implements StreamWatch {
  readonly deviceId: string;
  readonly #track: MediaStreamTrack | undefined;
  readonly #rate: number | undefined;
  /** Takes every listener off at once. */
  readonly #life = new AbortController();
  #context: AudioContext | null = null;
  #told: Interruption | null = null;

  constructor(
    private readonly stream: MediaStream,
    private readonly signal: CancelSignal,
    private readonly listeners: Listeners,
  ) {
    this.#track = stream.getAudioTracks()[0];
    const settings = this.#track?.getSettings();
    this.deviceId = settings?.deviceId ?? '';
    this.#rate = settings?.sampleRate;
    this.#listen(this.#life.signal);
    signal.addEventListener('abort', this.#abort);
    if (signal.aborted) this.#abort();
    else if (this.#track?.readyState !== 'live') this.#lose();
  }

  follow(context: AudioContext): void {
    this.#context = context;
    context.addEventListener('statechange', () => this.#tell(), { signal: this.#life.signal });
    this.#awaken();
    this.#tell();
  }

  close(): void {
    this.#life.abort();
    this.signal.removeEventListener('abort', this.#abort);
    for (const track of this.stream.getTracks()) track.stop();
  }

  #listen(signal: AbortSignal): void {
    this.#track?.addEventListener('ended', () => this.#lose(), { signal });
    for (const name of ['mute', 'unmute'] as const) this.#track?.addEventListener(name, () => this.#tell(), { signal });
    navigator.mediaDevices.addEventListener('devicechange', () => this.#compare(), { signal });
    for (const name of ['pointerdown', 'keydown', 'visibilitychange'] as const) {
      document.addEventListener(name, () => this.#awaken(), { signal });
    }
  }

  readonly #abort = (): void => this.listeners.onEnd({ reason: 'aborted', detail: '' });

  #lose(): void {
    this.listeners.onEnd({ reason: 'lost', detail: `${this.#track?.label ?? 'the microphone'} ended` });
  }

  /** A headset that begins to be used as one changes its rate without a word. */
  #compare(): void {
    const rate = this.#track?.getSettings().sampleRate;
    if (rate !== this.#rate) this.listeners.onEnd({ reason: 'changed', detail: `${String(this.#rate)} Hz is now ${String(rate)} Hz` });
  }

  /** Only a gesture may wake a context in some browsers; in others this does. A refusal is told by the state. */
  #awaken(): void {
    if (isAsleep(this.#context)) this.#context.resume().catch(() => this.#tell());
  }

  #tell(): void {
    const interruption: Interruption | null = isAsleep(this.#context) ? 'asleep' : this.#track?.muted ? 'muted' : null;
    if (interruption === this.#told) return;
    this.#told = interruption;
    this.listeners.onInterruption?.(interruption);
  }
}

/** Watches over one opened microphone. */
export function watchStream(stream: MediaStream, signal: CancelSignal, listeners: Listeners): StreamWatch {
  return new Watch(stream, signal, listeners);
}
