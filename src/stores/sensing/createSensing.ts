import type { EpochMs } from '../../core/units';
import { measureLoad } from '../../ml/modelSize';
import { modalities, type ModalityId } from '../../modalities/registry';
import type { SyncInDatabase } from '../../storage/db';
import { createEmotionHost, type EmotionHost } from '../../workers/hosts';
import { createRecordingHost } from '../../workers/recording/recordingHost';
import type { NoticesContract, SettingsContract } from '../contracts';
import type { FeedbackLog } from '../feedbackLog.svelte';
import { BodyStore } from './body/body.svelte';
import { createContext } from './context/createContext';
import { createDeviceMakers } from './body/deviceMakers';
import type { EmotionStore } from './emotion.svelte';
import { LabStore } from './lab.svelte';
import type { SensorOpener } from './runSense';
import { SessionStore } from './session.svelte';
import { createVoice } from './voice/createVoice';
import { drafts } from './words/drafts';
import { takeShared } from './words/shared';
import { WordsStore } from './words/words.svelte';

interface Given {
  /** Where models/ and vendor/ lie. */
  readonly baseUrl: string;
  readonly now: () => EpochMs;
  readonly seed: () => number;
  readonly settings: SettingsContract;
  readonly emotion: EmotionStore;
  readonly log: FeedbackLog;
  readonly notices: NoticesContract;
  /** null when the browser keeps nothing for this page. */
  readonly db: SyncInDatabase | null;
  /** Those of fusion and of the library, which the lab shows beside those of the senses. */
  readonly otherModels: readonly string[];
  readonly onRest: () => void;
  /** Whether the player sounds right now. */
  readonly isPlaying: () => boolean;
}

const SENSES = Object.keys(modalities) as readonly ModalityId[];
/** Device code is loaded when it is needed only. */
const listCameras = async () => (await import('../../modalities/face/sensor')).listCameras();
const modelsOf = (id: ModalityId): readonly string[] => modalities[id].models;

/** Bytes that switching a sense on has still to load. */
async function measureSense(id: ModalityId, baseUrl: string): Promise<number> {
  const models = modelsOf(id).map((name) => new URL(`models/${name}/`, baseUrl).href);
  const size = await measureLoad({ models, vendorUrl: new URL('vendor/', baseUrl).href, vendorFiles: modalities[id].vendorFiles });
  return size.missingBytes;
}

function createLab(baseUrl: string, otherModels: readonly string[], host: EmotionHost): LabStore {
  const models = [...SENSES.flatMap(modelsOf), ...otherModels];
  return new LabStore({ models, modelsUrl: new URL('models/', baseUrl).href, droppedFrames: () => host.droppedFrames });
}

/** The senses with the worker behind them: their life, their devices, and what they cost. */
export function createSensing({ baseUrl, otherModels, onRest, isPlaying, ...shared }: Given) {
  const { now, seed, settings, emotion, notices, db, log } = shared;
  const host = createEmotionHost({ baseUrl });
  const lab = createLab(baseUrl, otherModels, host);
  const body = new BodyStore({
    ...{ host, settings, notices, now, db },
    recordings: createRecordingHost(baseUrl),
    devices: createDeviceMakers({ now, seed }),
    can: { canBluetooth: 'bluetooth' in navigator, canSerial: 'serial' in navigator },
    start: () => void session.start('physiology'),
    stop: () => session.stop('physiology'),
    silence: () => session.silence('physiology', 'lost'),
  });
  const voice = createVoice({ host, settings, isPlaying, restart: () => session.restart('voice') });
  const words: WordsStore = new WordsStore({
    ...{ host, db, notices, now, drafts },
    isOn: () => session.isOn('text'),
    takeShared: () => takeShared(baseUrl),
    // A simulated listener and a real one are never mixed.
    accept: (observation) => {
      if (!session.isSimulated && !emotion.latest?.simulated) emotion.accept(observation, false);
    },
  });
  const context = createContext({ settings, notices, log, now, faces: () => session.faceGeometry?.faces ?? null });
  /** What each sensor must be told beside what all are. */
  const sensors: Readonly<Record<ModalityId, SensorOpener>> = {
    face: (signal, options) => modalities.face.openSensor(signal, { ...options, deviceId: settings.value.cameraId }),
    voice: (signal) => modalities.voice.openSensor(signal, voice.sensorOptions),
    text: (signal) => modalities.text.openSensor(signal, { inbox: words.inbox }),
    physiology: (signal, { busyMs }) => modalities.physiology.openSensor(signal, { ...(busyMs && { busyMs }), hub: body.hub }),
    context: (signal) => modalities.context.openSensor(signal, context.sensorOptions),
  };
  const session: SessionStore = new SessionStore({
    ...{ host, settings, emotion, lab, notices, now, seed, onRest, modelsOf },
    senses: SENSES,
    followers: { physiology: body, voice, text: words, context },
    measure: (id) => measureSense(id, baseUrl),
    openSensor: (id, signal, options) => sensors[id](signal, options),
    listCameras,
  });
  const stopSensing = () => {
    session.stopAll();
    body.recording.close();
    words.chat.close();
    lab.close();
    host.stop();
  };
  return { session, body, voice, words, context, lab, stopSensing };
}
