import type * as MediaPipe from '@mediapipe/tasks-vision';
import type {
  FaceDetector,
  FaceDetectorResult,
  FaceLandmarker,
  FaceLandmarkerResult,
  ImageSource,
  NormalizedLandmark,
} from '@mediapipe/tasks-vision';
import { AppError } from '../../core/errors';
import type { Timed } from '../../core/units';
import { fetchVerified } from '../../ml/modelFiles';
import { fetchVendorIndex, wantedFiles } from '../../ml/vendor';
import type { FrontEnd, FrontEndOptions, StillImage } from '../modality';
import { DETECTOR, FACE_FINDERS, LOADER, RUNTIME } from './files';
import { regionOf } from './features';
import type { Box, DetectedFace, FaceFrame, HeadPose, Point } from './frame';
import type { CameraFrame } from './sensor';

/** Several people may look at the screen; more are not told apart. */
const MOST_FACES = 3;

type Vision = typeof MediaPipe;
/** The loader script leaves its factory here, and every task takes it away. */
const shared = globalThis as { ModuleFactory?: unknown };

interface Runtime {
  readonly vision: Vision;
  readonly factory: unknown;
  readonly wasmBinaryPath: string;
}

let runtime: Promise<Runtime> | null = null;

async function loadRuntime(vendorUrl: string): Promise<Runtime> {
  const vision = await import('@mediapipe/tasks-vision');
  try {
    await import(/* @vite-ignore */ new URL(LOADER, vendorUrl).href);
  } catch (cause) {
    throw new AppError('model/fetch-failed', 'the face detector cannot be loaded', { cause });
  }
  return { vision, factory: shared.ModuleFactory, wasmBinaryPath: new URL(RUNTIME, vendorUrl).href };
}

/** A module runs once, so its factory is kept: each task of MediaPipe wants to find it anew. */
async function lendRuntime(vendorUrl: string): Promise<Runtime> {
  runtime ??= loadRuntime(vendorUrl);
  try {
    const lent = await runtime;
    shared.ModuleFactory = lent.factory;
    return lent;
  } catch (error) {
    runtime = null;
    throw error;
  }
}

const scaled = ({ x, y }: { x: number; y: number }, width: number, height: number): Point => ({ x: x * width, y: y * height });
const between = (...points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** BlazeFace key points: the person's right eye (on the picture's left), left eye, nose tip, mouth, ears. */
export function facesOfDetector({ detections }: FaceDetectorResult, width: number, height: number): DetectedFace[] {
  return detections.flatMap(({ boundingBox, keypoints }) => {
    const [leftEye, rightEye, nose, mouth] = keypoints.map((point) => scaled(point, width, height));
    if (!boundingBox || !leftEye || !rightEye || !nose || !mouth) return [];
    const box: Box = { x: boundingBox.originX, y: boundingBox.originY, width: boundingBox.width, height: boundingBox.height };
    return [{ box, leftEye, rightEye, nose, mouth, landmarks: new Float32Array(), pose: null, blendshapes: new Float32Array() }];
  });
}

/** Corners of the eyes, because the iris follows the gaze; nose tip; inner lips. Indices of the MediaPipe face mesh. */
const MESH = { leftEye: [33, 133], rightEye: [362, 263], nose: [1], mouth: [13, 14] } as const;

/** Columns of the 4x4 matrix are the head's axes in camera space: x right, y up, z towards the camera. */
function poseOf(matrix: readonly number[] | undefined): HeadPose | null {
  const [x, y, z] = [matrix?.[8], matrix?.[9], matrix?.[10]];
  if (x === undefined || y === undefined || z === undefined) return null;
  return { yaw: Math.atan2(x, z), pitch: Math.atan2(-y, Math.hypot(x, z)) };
}

function boxAround(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function faceOfMesh(mesh: readonly NormalizedLandmark[], width: number, height: number): Omit<DetectedFace, 'pose' | 'blendshapes'> {
  const points = mesh.map((point) => scaled(point, width, height));
  const at = (indices: readonly number[]) => between(...indices.flatMap((i) => points[i] ?? []));
  return {
    box: boxAround(points),
    leftEye: at(MESH.leftEye),
    rightEye: at(MESH.rightEye),
    nose: at(MESH.nose),
    mouth: at(MESH.mouth),
    landmarks: Float32Array.from(points.flatMap(({ x, y }) => [x, y])),
  };
}

export function facesOfLandmarker(result: FaceLandmarkerResult, width: number, height: number): DetectedFace[] {
  return result.faceLandmarks.map((mesh, i) => ({
    ...faceOfMesh(mesh, width, height),
    pose: poseOf(result.facialTransformationMatrixes[i]?.data),
    blendshapes: Float32Array.from(result.faceBlendshapes[i]?.categories ?? [], ({ score }) => score),
  }));
}

/** Finds all faces of a picture of the given size. `at` rises from call to call for video, and is null for a still. */
interface Finder {
  find(source: ImageSource, width: number, height: number, at: number | null): Promise<DetectedFace[]>;
  close(): void;
}

function landmarkFinder(landmarker: FaceLandmarker): Finder {
  let mode: 'VIDEO' | 'IMAGE' = 'VIDEO';
  let last = 0;
  return {
    async find(source, width, height, at) {
      const wanted = at === null ? 'IMAGE' : 'VIDEO';
      if (wanted !== mode) await landmarker.setOptions({ runningMode: wanted });
      mode = wanted;
      if (at === null) return facesOfLandmarker(landmarker.detect(source), width, height);
      // MediaPipe refuses a time that does not rise.
      last = Math.max(last + 1, at);
      return facesOfLandmarker(landmarker.detectForVideo(source, last), width, height);
    },
    close: () => landmarker.close(),
  };
}

function detectorFinder(detector: FaceDetector): Finder {
  return {
    find: async (source, width, height) => facesOfDetector(detector.detect(source), width, height),
    close: () => detector.close(),
  };
}

async function openFinder({ vendorUrl, signal }: FrontEndOptions): Promise<Finder> {
  const index = await fetchVendorIndex(vendorUrl);
  const [file] = wantedFiles(index, [FACE_FINDERS]);
  if (!file) throw new AppError('model/unavailable', 'this build has no face detector');
  const { name, spec } = file;
  const modelAssetBuffer = await fetchVerified(new URL(name, vendorUrl).href, spec);
  const { vision, wasmBinaryPath } = await lendRuntime(vendorUrl);
  if (signal.aborted) throw Object.assign(new Error('opening the face detector was aborted'), { name: 'AbortError' });
  const files = { wasmLoaderPath: '', wasmBinaryPath };
  // The CPU delegate is exact everywhere; a GPU delegate would fight with the page for the same device.
  const baseOptions = { modelAssetBuffer, delegate: 'CPU' } as const;
  try {
    if (name === DETECTOR) return detectorFinder(await vision.FaceDetector.createFromOptions(files, { baseOptions, runningMode: 'IMAGE' }));
    return landmarkFinder(
      await vision.FaceLandmarker.createFromOptions(files, {
        baseOptions,
        runningMode: 'VIDEO',
        numFaces: MOST_FACES,
        outputFaceBlendshapes: true,
        outputFacialTransformationMatrixes: true,
      }),
    );
  } catch (cause) {
    throw new AppError('model/run-failed', `${name} does not open`, { cause });
  }
}

const areaOf = ({ box }: DetectedFace) => box.width * box.height;

/** The largest face is the nearest one. */
export function nearestFace(faces: readonly DetectedFace[]): DetectedFace | null {
  return faces.reduce<DetectedFace | null>((nearest, face) => (nearest && areaOf(nearest) >= areaOf(face) ? nearest : face), null);
}

/** Reads the pixels of a part of a picture. */
class PixelReader {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });

  read(source: CanvasImageSource, region: Box): Uint8ClampedArray {
    if (!this.#context) throw new AppError('model/run-failed', 'no 2D canvas in this worker');
    const { x, y, width, height } = region;
    if (this.#canvas.width < width || this.#canvas.height < height) {
      this.#canvas.width = Math.max(this.#canvas.width, width);
      this.#canvas.height = Math.max(this.#canvas.height, height);
    }
    this.#context.drawImage(source, x, y, width, height, 0, 0, width, height);
    return this.#context.getImageData(0, 0, width, height).data;
  }
}

const sizeOf = (raw: CameraFrame): { width: number; height: number } =>
  'displayWidth' in raw ? { width: raw.displayWidth, height: raw.displayHeight } : { width: raw.width, height: raw.height };

const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };

/** Worker only: finds the faces of a camera frame and reads the pixels of the nearest one. */
export async function openFrontEnd(options: FrontEndOptions): Promise<FrontEnd<CameraFrame, FaceFrame>> {
  const finder = await openFinder(options);
  const pixels = new PixelReader();
  return {
    async read({ at, value: raw }: Timed<CameraFrame>) {
      try {
        const { width, height } = sizeOf(raw);
        const faces = await finder.find(raw, width, height, at);
        const face = nearestFace(faces);
        const region = face ? regionOf(face, width, height) : EMPTY;
        const rgba = face ? pixels.read(raw, region) : new Uint8ClampedArray();
        return { at, value: { kind: 'picture', width, height, region, rgba, face, faces: faces.length } };
      } finally {
        raw.close();
      }
    },
    async readImage({ width, height, data }: StillImage, cropped: boolean) {
      if (cropped) return { kind: 'crop', width, height, rgba: data };
      const picture = new ImageData(Uint8ClampedArray.from(data), width, height);
      const faces = await finder.find(picture, width, height, null);
      return {
        kind: 'picture',
        width,
        height,
        region: { x: 0, y: 0, width, height },
        rgba: data,
        face: nearestFace(faces),
        faces: faces.length,
      };
    },
    close: () => finder.close(),
  };
}
