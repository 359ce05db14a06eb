import { quadrantLabels } from '../input/labels';
import type { Subject } from './subject';

export const music: Subject = {
  id: 'music',
  input: 'file',
  labels: quadrantLabels,
  async open() {
    throw new Error('waits for the library worker');
  },
};
