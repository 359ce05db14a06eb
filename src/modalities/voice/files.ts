/** Third-party file of the vendor folder: silero VAD v6, which tells speech from everything else. */
export const VOICE_ACTIVITY = 'silero_vad.onnx';
