export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}
