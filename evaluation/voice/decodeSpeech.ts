import { SAMPLE_RATE } from '../../src/modalities/voice/frame';

/** Any sound file the browser reads -> mono at 16 kHz, [-1, 1]; null when it cannot be decoded or is empty. */
export async function decodeSpeech(file: Blob): Promise<Float32Array<ArrayBuffer> | null> {
  const context = new OfflineAudioContext(1, 1, SAMPLE_RATE);
  const buffer = await context.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (!buffer || buffer.length === 0) return null;
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index));
  return Float32Array.from(
    { length: buffer.length },
    (_, i) => channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channels.length,
  );
}
