import { AppError, type ErrorCode } from '../../../core/errors';

export interface Microphone {
  readonly id: string;
  /** Empty until the microphone was allowed once. */
  readonly label: string;
}

export interface MicrophoneRequest {
  /** Which microphone is wanted; the browser's choice when it is null. */
  readonly deviceId: string | null;
  /** Our player sounds: the browser takes its song out of the signal. */
  readonly cancelsEcho: boolean;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  NotAllowedError: 'sensor/permission-denied',
  SecurityError: 'sensor/permission-denied',
  NotFoundError: 'sensor/not-found',
  OverconstrainedError: 'sensor/not-found',
  NotReadableError: 'sensor/in-use',
  // Not ours: the browser says so when the hardware refuses.
  AbortError: 'sensor/in-use',
};

function asSensorError(cause: unknown): AppError {
  const name = cause instanceof Error ? cause.name : '';
  return new AppError(CODES[name] ?? 'sensor/unsupported', `the microphone does not open: ${name}`, { cause });
}

const devices = (): MediaDevices | null => ('mediaDevices' in navigator ? navigator.mediaDevices : null);

/** The microphones at hand, in the browser's order; empty where the browser lists none. */
export async function listMicrophones(): Promise<readonly Microphone[]> {
  const all = (await devices()?.enumerateDevices()) ?? [];
  return all.filter(({ kind }) => kind === 'audioinput').map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/**
 * The browser's own noise suppression and gain control are off: the model was trained on plain sound, and a gain that follows
 * the voice hides how loud it is.
 * @throws AppError 'sensor/…'
 */
export async function openMicrophone({ deviceId, cancelsEcho }: MicrophoneRequest): Promise<MediaStream> {
  const media = devices();
  if (!media) throw new AppError('sensor/unsupported', 'navigator.mediaDevices is missing');
  try {
    return await media.getUserMedia({
      audio: {
        channelCount: { ideal: 1 },
        echoCancellation: cancelsEcho,
        noiseSuppression: false,
        autoGainControl: false,
        ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
      },
    });
  } catch (cause) {
    throw asSensorError(cause);
  }
}
