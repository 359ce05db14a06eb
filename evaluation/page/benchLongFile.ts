import { createLibraryCrew } from '../../src/workers/libraryCrew';
import { seededRandom } from '../../src/core/random';

export interface LongFileBench {
  readonly hours: number;
  readonly fileMegabytes: number;
  readonly analysisSeconds: number;
  /** Of the page and its workers, MB, by performance.measureUserAgentSpecificMemory; the model is loaded before. */
  readonly memory: { readonly before: number; readonly peak: number; readonly growth: number; readonly samples: number };
}

type MeasuringPerformance = Performance & { measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }> };

const SAMPLE_RATE = 44_100;
const CHANNELS = 2;
const CHUNK_SECONDS = 30;

const measure = async (): Promise<number> => (await (performance as MeasuringPerformance).measureUserAgentSpecificMemory()).bytes / 1e6;

function header(dataBytes: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string) => Array.from(text).forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0)));
  write(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, CHANNELS, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * CHANNELS * 2, true);
  view.setUint16(32, CHANNELS * 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, dataBytes, true);
  return view.buffer;
}

/** Half a minute of chords over noise, 16-bit stereo. */
function renderChunk(): Int16Array<ArrayBuffer> {
  const random = seededRandom(3);
  const frames = SAMPLE_RATE * CHUNK_SECONDS;
  const chunk = new Int16Array(frames * CHANNELS);
  for (let i = 0; i < frames; i++) {
    const beat = 1 - ((i / SAMPLE_RATE) % 0.5);
    const chord = [220, 277.2, 329.6].reduce((sum, hertz) => sum + Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE), 0);
    const value = 3000 * beat * (chord + random() - 0.5);
    chunk[2 * i] = value;
    chunk[2 * i + 1] = 0.7 * value;
  }
  return chunk;
}

/**
 * A file of many hours through one library worker. The file is one piece of sound named many times, so that it takes 5 MB and no disk;
 * the decoder reads it as any other.
 */
export async function benchLongFile(hours: number): Promise<LongFileBench> {
  const piece = new Blob([renderChunk()]);
  const pieces = Math.round((hours * 3600) / CHUNK_SECONDS);
  const file = new File([header(pieces * piece.size), ...Array.from({ length: pieces }, () => piece)], 'long.wav');
  const [work] = createLibraryCrew({ baseUrl: document.baseURI, size: 1 });
  if (!work) throw new RangeError('a crew of one has a worker');
  try {
    await work.prepare();
    const before = await measure();
    const samples: number[] = [];
    let isDone = false;
    const watching = (async () => {
      while (!isDone) samples.push(await measure());
    })();
    const { analysis, tookMs } = await work.analyse({ file });
    isDone = true;
    await watching;
    const peak = Math.max(...samples);
    return {
      hours: analysis.duration / 3600,
      fileMegabytes: file.size / 1e6,
      analysisSeconds: tookMs / 1000,
      memory: { before, peak, growth: peak - before, samples: samples.length },
    };
  } finally {
    work.stop();
  }
}
