/** Pixels: x to the right, y down, from the picture's top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Head rotation, radians; 0 looks straight into the camera. Positive yaw turns towards the picture's right, positive pitch down. */
export interface HeadPose {
  readonly yaw: number;
  readonly pitch: number;
}

/** One face as the detector saw it. Left and right are the picture's, not the person's. */
export interface DetectedFace {
  readonly box: Box;
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly nose: Point;
  readonly mouth: Point;
  /** [2n] x, y in px; empty when only the detector is there. */
  readonly landmarks: Float32Array;
  /** From the landmark model; null when only the detector is there, then it is estimated from the key points. */
  readonly pose: HeadPose | null;
  /** [52] activations 0..1 in MediaPipe's order; empty when only the detector is there. */
  readonly blendshapes: Float32Array;
}

/** A camera picture with the faces found in it, or a picture that already is one tight face. */
export type FaceFrame =
  | {
      readonly kind: 'picture';
      /** Size of the whole picture, px. */
      readonly width: number;
      readonly height: number;
      /** The part of the picture that `rgba` holds: all of it, or the surroundings of the nearest face. */
      readonly region: Box;
      /** [4 * region.width * region.height] RGBA, row by row, 0..255. */
      readonly rgba: Uint8ClampedArray;
      /** The nearest (largest) face. */
      readonly face: DetectedFace | null;
      /** How many faces there are: a sign of company. */
      readonly faces: number;
    }
  | { readonly kind: 'crop'; readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };

/** What a preview draws over the camera picture. */
export interface FaceGeometry {
  /** Size of the picture that the numbers below refer to, px. */
  readonly width: number;
  readonly height: number;
  readonly box: Box | null;
  /** [2n] x, y in px; empty when only the detector is there. */
  readonly landmarks: Float32Array;
  readonly faces: number;
}

/** The drawable part of a frame. */
export function geometryOf(frame: FaceFrame): FaceGeometry {
  const { width, height } = frame;
  if (frame.kind === 'crop') return { width, height, box: { x: 0, y: 0, width, height }, landmarks: new Float32Array(), faces: 1 };
  return { width, height, box: frame.face?.box ?? null, landmarks: frame.face?.landmarks ?? new Float32Array(), faces: frame.faces };
}
