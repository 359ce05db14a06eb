import { AppError, type ErrorCode } from '../../core/errors';
import type { CancelSignal, Timed } from '../../core/units';
import { createCaptureClock } from '../captureClock';
import type { SensorOptions } from '../modality';
import { frameInterval, isDue } from './pace';

/** What a camera gives; whoever gets one must close it. */
export type CameraFrame = VideoFrame | ImageBitmap;

export interface CameraOptions extends SensorOptions<MediaStream> {
  /** Which camera is wanted; the browser's choice when it is absent or null. */
  readonly deviceId?: string | null;
}

export interface Camera {
  readonly id: string;
  /** Empty until the camera was allowed once. */
  readonly label: string;
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
  return new AppError(CODES[name] ?? 'sensor/unsupported', `the camera does not open: ${name}`, { cause });
}

const devices = (): MediaDevices | null => ('mediaDevices' in navigator ? navigator.mediaDevices : null);

/** The cameras at hand, in the browser's order; empty where the browser lists none. */
export async function listCameras(): Promise<readonly Camera[]> {
  const all = (await devices()?.enumerateDevices()) ?? [];
  return all.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }));
}

async function openCamera(deviceId: string | null | undefined): Promise<MediaStream> {
  const media = devices();
  if (!media) throw new AppError('sensor/unsupported', 'navigator.mediaDevices is missing');
  try {
    return await media.getUserMedia({
      video: {
        width: { ideal: 640 },
        height: { ideal: 480 },
        frameRate: { ideal: 30 },
        ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
      },
    });
  } catch (cause) {
    throw asSensorError(cause);
  }
}

/** A picture and its own time stamp in ms, whose origin only the source knows. */
interface Shot {
  readonly frame: CameraFrame;
  readonly stamp: number;
}

/** Chromium: frames come straight from the track. Ends when the track does. */
async function* shotsOfTrack(track: MediaStreamTrack): AsyncGenerator<Shot, void> {
  const Processor = (globalThis as unknown as { MediaStreamTrackProcessor: new (init: object) => { readable: ReadableStream<VideoFrame> } })
    .MediaStreamTrackProcessor;
  const reader = new Processor({ track, maxBufferSize: 1 }).readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield { frame: value, stamp: value.timestamp / 1000 };
    }
  } finally {
    await reader.cancel();
  }
}

/** Looks at the track again after this long without a frame: one that we stopped ourselves says nothing. */
const SILENCE_MS = 500;

/** Elsewhere: a video element that nobody sees tells when it shows a new frame. */
async function* shotsOfVideo(stream: MediaStream, track: MediaStreamTrack): AsyncGenerator<Shot, void> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  try {
    while (track.readyState === 'live') {
      const stamp = await new Promise<number | null>((resolve) => {
        video.requestVideoFrameCallback(resolve);
        setTimeout(() => resolve(null), SILENCE_MS);
      });
      if (stamp !== null && track.readyState === 'live') yield { frame: await createImageBitmap(video), stamp };
    }
  } finally {
    video.srcObject = null;
  }
}

function shotsOf(stream: MediaStream, track: MediaStreamTrack): AsyncGenerator<Shot, void> {
  return 'MediaStreamTrackProcessor' in globalThis ? shotsOfTrack(track) : shotsOfVideo(stream, track);
}

interface Battery extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

/** Chromium alone tells; elsewhere the battery counts as full. */
async function batteryWatch(): Promise<() => boolean> {
  if (!('getBattery' in navigator)) return () => false;
  const battery = await (navigator as unknown as { getBattery(): Promise<Battery> }).getBattery();
  return () => !battery.charging && battery.level < 0.2;
}

/** Resolves when the page is seen, or when `signal` aborts. */
function whenVisible(signal: CancelSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener('visibilitychange', check);
      signal.removeEventListener('abort', check);
      resolve();
    };
    document.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
    check();
  });
}

/** Why a stream of frames ended: the camera itself only says that it did. */
interface Stay {
  readonly isOver: boolean;
  end(): void;
}

/** Stops the camera when the page is hidden or the caller is done, so that its light goes out. */
function stayWhileSeen(tracks: readonly MediaStreamTrack[], signal: CancelSignal): Stay {
  let isOver = false;
  const stop = () => {
    isOver = true;
    for (const track of tracks) track.stop();
  };
  const onHide = () => {
    if (document.hidden) stop();
  };
  document.addEventListener('visibilitychange', onHide);
  signal.addEventListener('abort', stop);
  if (signal.aborted || document.hidden) stop();
  return {
    get isOver() {
      return isOver;
    },
    end() {
      document.removeEventListener('visibilitychange', onHide);
      signal.removeEventListener('abort', stop);
      for (const track of tracks) track.stop();
    },
  };
}

/** Frames from one opening of the camera, at most as many as the estimator can take. */
async function* watch(stream: MediaStream, signal: CancelSignal, options: CameraOptions): AsyncGenerator<Timed<CameraFrame>, void> {
  const [track] = stream.getVideoTracks();
  if (!track) throw new AppError('sensor/not-found', 'the stream has no video track');
  const stay = stayWhileSeen(stream.getTracks(), signal);
  const isBatteryLow = await batteryWatch();
  const capturedAt = createCaptureClock();
  let last = -Infinity;
  try {
    for await (const { frame, stamp } of shotsOf(stream, track)) {
      const at = capturedAt(stamp, Date.now());
      if (stay.isOver || !isDue(stamp - last, frameInterval({ busyMs: options.busyMs?.() ?? null, isBatteryLow: isBatteryLow() }))) {
        frame.close();
        if (stay.isOver) break;
        continue;
      }
      last = stamp;
      yield { at, value: frame };
    }
    if (!stay.isOver) throw new AppError('sensor/disconnected', `${track.label} ended`);
  } finally {
    stay.end();
  }
}

/**
 * The camera, until `signal` aborts. While the page is hidden the camera is off; then `onOpen` is called again.
 * @throws AppError 'sensor/…' when it cannot be opened or is pulled out
 */
export async function* openSensor(signal: CancelSignal, options: CameraOptions = {}): AsyncGenerator<Timed<CameraFrame>, void> {
  while (!signal.aborted) {
    await whenVisible(signal);
    if (signal.aborted) return;
    const stream = await openCamera(options.deviceId);
    options.onOpen?.(stream);
    yield* watch(stream, signal, options);
  }
}
