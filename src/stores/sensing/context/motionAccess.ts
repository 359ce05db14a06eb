import type { MotionAccess } from './context.svelte';

/** Safari asks; other browsers give the motion of a phone to any secure page. */
interface AskingMotionEvent {
  requestPermission?(): Promise<'granted' | 'denied'>;
}

/** The motion sensor of a phone or tablet. Desktop browsers know the event and never fire it. */
export function createMotionAccess(): MotionAccess {
  const event = globalThis.DeviceMotionEvent as AskingMotionEvent | undefined;
  return {
    canMove: event !== undefined && navigator.maxTouchPoints > 0,
    ask: async () => event !== undefined && (!event.requestPermission || (await event.requestPermission()) === 'granted'),
  };
}
