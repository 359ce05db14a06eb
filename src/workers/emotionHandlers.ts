import type { Observation } from '../core/emotion';
import type { Milliseconds, Timed } from '../core/units';
import type { FaceGeometry } from '../modalities/face/frame';
import type { StillImage } from '../modalities/modality';
import type { ModalityId } from '../modalities/registry';
import type { CallContext } from '../rpc/rpc';

/** A model that is ready, as the model table shows it. */
export interface OpenedModel {
  readonly name: string;
  readonly version: string;
  /** E.g. 'wasm, 2 threads' or 'webgpu'. */
  readonly backend: string;
}

export interface OpenResult {
  readonly models: readonly OpenedModel[];
}

export interface PushResult {
  /** null: the modality's window is not complete. */
  readonly observation: Observation<ModalityId> | null;
  readonly geometry: FaceGeometry | null;
  /** ms per stage of this frame: 'detect', 'crop', 'model', and 'total' from capture to estimate. */
  readonly stages: Readonly<Record<string, Milliseconds>>;
  /** Time inside the worker. */
  readonly took: Milliseconds;
}

export interface ImageResult {
  readonly observation: Observation<ModalityId>;
  readonly stages: Readonly<Record<string, Milliseconds>>;
}

export type EmotionHandlers = {
  open(request: { readonly id: ModalityId; readonly baseUrl: string }, context: CallContext): Promise<OpenResult>;
  push(request: { readonly id: ModalityId; readonly frame: Timed<unknown> }): Promise<PushResult>;
  estimateImage(request: { readonly id: ModalityId; readonly image: StillImage; readonly cropped: boolean }): Promise<ImageResult>;
  close(request: { readonly id: ModalityId }): void;
};
