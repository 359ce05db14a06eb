import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Emotion } from '../../../src/core/emotion';
import { openApp } from '../../app/openApp';
import { openPage } from '../../browser/openPage';
import { RunError } from '../../input/commandErrors';
import { readManifest, type Item } from '../../input/readManifest';
import type { VoiceBench } from '../../page/benchVoice';
import { spreadOf, type Spread } from '../../page/spread';
import { showProgress } from '../../report/showProgress';
import { voice } from '../../subjects/voice';
import { measureListening, type ListeningCost } from './listeningCost';
import { music, silence, spokenClip, whiteNoise } from './sounds';

const RATE = 48_000;
const LISTEN_SECONDS = 8;
/** A person's clip of each emotion is one; this many are enough. */
const MOST_CLIPS = 40;

const SOUNDS = [
  { name: 'silence', wav: silence(RATE) },
  { name: 'white noise', wav: whiteNoise(RATE) },
  { name: 'music', wav: music(RATE) },
];

interface HeardClip {
  readonly file: string;
  readonly label: string;
  readonly answer: Emotion | null;
  readonly estimates: number;
}

interface Listened {
  readonly bench: VoiceBench;
  readonly browser: string;
}

export interface LiveBench {
  readonly browser: string;
  readonly models: VoiceBench['models'];
  readonly clips: readonly HeardClip[];
  readonly right: number;
  /** What was said to sounds that are no speech: estimates must be 0. */
  readonly sounds: readonly { readonly name: string; readonly estimates: number; readonly absent: VoiceBench['absent'] }[];
  /** From the capture of a window's last sample to its estimate. */
  readonly latency: Spread;
  /** The part of each stage in it: voice activity, features, model. */
  readonly stages: Readonly<Record<string, Spread>>;
  /** Of the built app with its screens, while it hears the first clip over and over. */
  readonly cost: ListeningCost;
}

export interface LiveRequest {
  /** Of acted speech, with a manifest; null: only the sounds that are no speech. */
  readonly folder: string | null;
  readonly where: Readonly<Record<string, string>>;
  /** Where the app was built. */
  readonly app: string | undefined;
}

/** The product's microphone hears files: first clip of each emotion of each person, then what is no speech. */
export async function benchLive({ folder, where, app }: LiveRequest): Promise<LiveBench> {
  const items = folder === null ? [] : await chooseClips(folder, where);
  const paths = items.map(({ file }) => resolve(folder ?? '', file ?? ''));
  const wavs = [...paths.map(spokenClip), ...SOUNDS.map(({ wav }) => wav)];
  const progress = showProgress(wavs.length);
  const heard: Listened[] = [];
  for (const wav of wavs) progress.done(heard.push(await hear(wav)));
  const cost = await withSound(wavs[0] ?? silence(RATE), async (flags) => {
    const opened = await openApp({ folder: app, flags });
    return measureListening(opened).finally(() => opened.close());
  });
  progress.end();
  return { ...report(items, heard), cost };
}

function report(items: readonly Item[], heard: readonly Listened[]): Omit<LiveBench, 'cost'> {
  const clips = heard.slice(0, items.length).map(({ bench: { answer, estimates } }, i) => {
    const { file, label } = items[i] ?? { file: null, label: '' };
    return { file: file ?? '', label: voice.labels.finer?.[label] ?? label, answer, estimates };
  });
  const sounds = heard
    .slice(items.length)
    .map(({ bench: { estimates, absent } }, i) => ({ name: SOUNDS[i]?.name ?? '', estimates, absent }));
  const names = [...new Set(heard.flatMap(({ bench }) => Object.keys(bench.stages)))].filter((name) => name !== 'total');
  return {
    browser: heard[0]?.browser ?? '',
    models: heard[0]?.bench.models ?? [],
    clips,
    right: clips.filter(({ label, answer }) => label === answer).length,
    sounds,
    latency: spreadOf(heard.flatMap(({ bench }) => bench.latencies)),
    stages: Object.fromEntries(names.map((name) => [name, spreadOf(heard.flatMap(({ bench }) => bench.stages[name] ?? []))])),
  };
}

async function chooseClips(folder: string, where: LiveRequest['where']): Promise<readonly Item[]> {
  const options = { limit: null, labelColumn: null, groupColumn: null, byColumn: null, where };
  const seen = new Set<string>();
  return (await readManifest(folder, { labels: voice.labels, input: voice.input, ...options }))
    .filter(({ label, group }) => {
      const key = `${label} ${group}`;
      const isNew = voice.labels.answers.includes(label) && !seen.has(key);
      seen.add(key);
      return isNew;
    })
    .slice(0, MOST_CLIPS);
}

/** Flags of a browser whose microphone plays a sound over and over, for as long as it is used. */
export async function withSound<T>(wav: Buffer, use: (flags: readonly string[]) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'syncin-microphone-'));
  try {
    const file = join(folder, 'sound.wav');
    await writeFile(file, wav);
    return await use([`--use-file-for-fake-audio-capture=${file}`]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A browser of its own for each sound: the fake microphone plays one file for its whole life. */
function hear(wav: Buffer): Promise<Listened> {
  return withSound(wav, async (flags) => {
    const opened = await openPage({ flags });
    try {
      const request = { what: ['voice'] as const, seconds: LISTEN_SECONDS, hours: 0 };
      const ended = await opened.during(() => opened.page.evaluate((asked) => window.bench(asked), request));
      if ('code' in ended || !ended.voice) throw new RunError(`The product failed: ${'code' in ended ? ended.message : 'no answer'}`);
      return { bench: ended.voice, browser: opened.browserVersion };
    } finally {
      await opened.close();
    }
  });
}
