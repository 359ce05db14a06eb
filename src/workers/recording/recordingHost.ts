import type { MeasuredCurve, RecordingSummary } from '../../core/records/keptRecording';
import type { Timed, UnitInterval } from '../../core/units';
import type { PhysiologyFrame } from '../../modalities/physiology/frame';
import type { ReadProgress } from '../../modalities/physiology/recordings/readRecording';
import type { Stretch } from '../../modalities/physiology/recordings/replay/stretches';
import { createWorkerHost, type HostedWorker } from '../workerHost';
import type { RecordingHandlers, RecordingOverview } from './recordingHandlers';

export interface RecordingHost {
  /** Rejects with 'recording/*', 'worker/crashed', or an AbortError. */
  read(files: readonly File[], signal: AbortSignal, onProgress: (progress: ReadProgress) => void): Promise<RecordingOverview>;
  summarise(stretch: Stretch): Promise<RecordingSummary>;
  /** Loads the model at the first call. */
  judge(stretch: Stretch, signal: AbortSignal, onProgress: (done: UnitInterval) => void): Promise<MeasuredCurve | null>;
  packets(part: Stretch, deviceId: string): Promise<readonly Timed<PhysiologyFrame>[]>;
  /** Lets go of the recording and all of its memory. */
  stop(): void;
}

function spawnRecordingWorker(): HostedWorker {
  return new Worker(new URL('./recording.worker.ts', import.meta.url), { type: 'module', name: 'recording' });
}

/** The worker that reads recordings; it starts at the first one and lives until `stop`, since it holds what was read. */
export function createRecordingHost(baseUrl: string, spawn: () => HostedWorker = spawnRecordingWorker): RecordingHost {
  // A worker that died has lost the recording: a new one could not answer, so none is started.
  const host = createWorkerHost<RecordingHandlers>({ spawn, idleMs: null, maxRestarts: 0 });
  return {
    read: (files, signal, onProgress) => host.remote.read({ files }, { signal, onProgress: (value) => onProgress(value as ReadProgress) }),
    summarise: (stretch) => host.remote.summarise({ stretch }),
    judge: (stretch, signal, onProgress) =>
      host.remote.judge({ stretch, baseUrl }, { signal, onProgress: (value) => onProgress(value as number) }),
    packets: (part, deviceId) => host.remote.packets({ part, deviceId }),
    stop: () => host.stop(),
  };
}
