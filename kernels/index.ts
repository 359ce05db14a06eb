export { applyRuns, roots } from './filters';
export { measure, weigh } from './fourier';
export { scanPeak, weighLoudness } from './level';
export { filterPhases, halve } from './resample';
