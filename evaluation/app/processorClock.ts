import type { Page } from 'playwright-core';

/** ms that the page's main thread has computed so far; unlike the clock on the wall it does not count what else the machine does. */
export type ProcessorClock = () => Promise<number>;

export async function openProcessorClock(page: Page): Promise<ProcessorClock> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}
