/** What the page tells the capture worklet, and what that sends back: the only words between them. */
export const CAPTURE_PROCESSOR = 'syncin-capture';

export interface CaptureOptions {
  /** Samples per message. */
  readonly length: number;
}

/** Sound as it came, at the rate of its audio context. */
export interface CapturedChunk {
  /** [length] mono, [-1, 1]. */
  readonly pcm: Float32Array<ArrayBuffer>;
  /** Index of the first sample on the context's clock. */
  readonly frame: number;
}
