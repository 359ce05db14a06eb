import { loadModel } from '../../ml/loadModel';
import type { Session } from '../../ml/session';
import { createEstimator } from '../../modalities/physiology/estimator';
import { serve, type Port } from '../../rpc/rpc';
import { createRecordingHandlers } from './recordingHandlers';

let loading: Promise<Session> | null = null;
const load = async (baseUrl: string): Promise<Session> =>
  (await loadModel(new URL('models/physiology-arousal/', baseUrl).href, { threads: 1 })).session;

serve(
  self as unknown as Port,
  createRecordingHandlers({
    async openEstimator(baseUrl) {
      const session = await (loading ??= load(baseUrl).catch((error: unknown) => {
        loading = null;
        throw error;
      }));
      return createEstimator([session]);
    },
    breathe: () => new Promise((resolve) => setTimeout(resolve)),
  }),
);
