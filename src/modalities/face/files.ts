/** Third-party files of the vendor folder. The detector gives boxes and five points, the landmarker 478 points, pose and blendshapes. */
export const LOADER = 'vision_wasm_module_internal.js';
export const RUNTIME = 'vision_wasm_module_internal.wasm';
export const DETECTOR = 'face_detection_short_range.tflite';
export const LANDMARKER = 'face_landmarker.task';
/** The better one first; a build may lack it. */
export const FACE_FINDERS = [LANDMARKER, DETECTOR] as const;
