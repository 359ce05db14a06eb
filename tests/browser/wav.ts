/** A sine as a 16-bit mono WAV file. */
export function sineWav(seconds: number, { frequency = 440, amplitude = 0.3, sampleRate = 22_050 } = {}): Blob {
  const samples = Math.round(seconds * sampleRate);
  const view = new DataView(new ArrayBuffer(44 + 2 * samples));
  const text = (at: number, value: string) => [...value].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + 2 * samples, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, 2 * samples, true);
  for (let i = 0; i < samples; i++)
    view.setInt16(44 + 2 * i, 32_767 * amplitude * Math.sin((2 * Math.PI * frequency * i) / sampleRate), true);
  return new Blob([view.buffer], { type: 'audio/wav' });
}
