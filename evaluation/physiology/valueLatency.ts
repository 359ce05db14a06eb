import type { Page } from 'playwright-core';
import { DEFAULT_CALIBRATION, groveConductance } from '../../src/modalities/physiology/serial/skinConductance';

const STEPS = 120;
const STEP_MS = 333;
const READY_MS = 30_000;

/** Readings far enough apart to be told from each other on the screen, in a seeming disorder. */
const LEVELS = Array.from({ length: 40 }, (_, i) => {
  const raw = 160 + ((i * 17) % 40) * 6;
  return { raw, text: (groveConductance(raw, DEFAULT_CALIBRATION) ?? 0).toFixed(2) };
});

/** ms from the moment at which the board hands over a new value to the end of the frame that shows it. */
export async function measureValueLatency(page: Page): Promise<readonly number[]> {
  return page.evaluate(followValues, { levels: LEVELS, steps: STEPS, stepMs: STEP_MS, readyMs: READY_MS });
}

interface Wanted {
  readonly levels: typeof LEVELS;
  readonly steps: number;
  readonly stepMs: number;
  readonly readyMs: number;
}

/** Runs in the page. The board sends the level of the moment; each step brings another one. */
async function followValues({ levels, steps, stepMs, readyMs }: Wanted): Promise<number[]> {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const screen = document.querySelector('[data-testid="body-details"]');
  if (!screen) throw new Error('the details of the body are not on the screen');
  const shown = (text: string, within: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${text} was never shown`)), within);
      const look = (): void => {
        if (!screen.textContent?.includes(text)) return;
        observer.disconnect();
        clearTimeout(timer);
        // A frame's callbacks run before it is drawn; a task after it comes when it was handed over.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      };
      const observer = new MutationObserver(look);
      observer.observe(screen, { subtree: true, childList: true, characterData: true });
      look();
    });
  const took: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { raw, text } = levels[step % levels.length] ?? { raw: 0, text: '' };
    const isFirst = step === 0;
    let sentAt = 0;
    globalThis.boardReading = raw;
    globalThis.boardSent = () => (sentAt ||= performance.now());
    const at = await shown(text, isFirst ? readyMs : 5000);
    if (!isFirst) took.push(at - sentAt);
    // Not in step with anything in the app.
    await pause(stepMs * (0.5 + Math.random()));
  }
  return took;
}

declare global {
  /** The reading that the board sends 100 times a second. */
  var boardReading: number;
  var boardTalk: ReturnType<typeof setInterval>;
  /** Called when a line was handed over. */
  var boardSent: (() => void) | undefined;
}

/** Runs in the page: 100 lines a second, one at a time, as a board does. */
export function startTalking(): void {
  globalThis.boardReading = 300;
  globalThis.boardTalk = setInterval(() => {
    globalThis.board.send(`GSR:${globalThis.boardReading}\r\n`);
    globalThis.boardSent?.();
    globalThis.boardSent = undefined;
  }, 10);
}
