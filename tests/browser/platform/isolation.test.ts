import { expect, test } from 'vitest';

test('pages under test are cross-origin isolated, as the app is', () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
});

test('the fake camera and microphone answer without a click', async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const kinds = stream.getTracks().map((track) => track.kind);
  stream.getTracks().forEach((track) => {
    track.stop();
  });
  expect(kinds.sort()).toEqual(['audio', 'video']);
});

test('Web Bluetooth is switched on', () => {
  expect('bluetooth' in navigator).toBe(true);
});
