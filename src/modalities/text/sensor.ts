import type { CancelSignal, Timed } from '../../core/units';
import type { SensorOptions } from '../modality';
import type { TextFrame } from './frame';
import type { TextInbox } from './inbox';

export interface TextSensorOptions extends SensorOptions {
  /** Where the page puts what is written; it lives longer than the sense is on. */
  readonly inbox: TextInbox;
}

/** What is written, until `signal` aborts. There is no device: nobody's typing is watched, only what was sent off counts. */
export function openSensor(signal: CancelSignal, { inbox }: TextSensorOptions): AsyncGenerator<Timed<TextFrame>, void> {
  return inbox.frames(signal);
}
