import { spawnSync } from 'node:child_process';

/** Whether this machine can decode recordings of the data folder: tests that must skip, visibly, where it cannot. */
export const hasFfmpeg = (): boolean => spawnSync('ffmpeg', ['-version']).status === 0;
