import type { Locator, Page } from '@playwright/test';
import { expect } from './app';

/** The field on Now and what was written in it. */
export class Writing {
  readonly field: Locator;
  readonly entries: Locator;

  constructor(readonly page: Page) {
    this.field = page.getByTestId('write');
    this.entries = page.getByTestId('entry');
  }

  /** Writes an entry and waits until it was read. @returns the entry */
  async write(text: string): Promise<Locator> {
    await this.field.fill(text);
    await this.field.press('Enter');
    await expect(this.field).toHaveValue('');
    const entry = this.entries.first();
    await expect(entry).not.toHaveAttribute('data-by', 'reading');
    return entry;
  }

  /** What the database keeps: all that a reload would find. */
  stored(): Promise<string[]> {
    return this.page.evaluate(async () => (await readStores(['entries'])).entries?.map((entry) => entry['text'] as string) ?? []);
  }
}

/** Drops a file onto the page as the desktop would. */
export async function dropFile(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, text]) => {
      const items = new DataTransfer();
      items.items.add(new File([text], file, { type: 'text/plain' }));
      return items;
    },
    [name, content] as const,
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}
