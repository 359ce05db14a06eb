import { clockTime } from '../../../modalities/context/clock';
import { ContextStore } from './context.svelte';
import { createMotionAccess } from './motionAccess';

type Given = Omit<ConstructorParameters<typeof ContextStore>[0], 'motion' | 'clockOf'>;

/** The context store on the device's own clock and motion sensor. */
export function createContext(given: Given): ContextStore {
  return new ContextStore({ ...given, motion: createMotionAccess(), clockOf: clockTime });
}
