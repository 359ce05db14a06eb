import { expect, SyncIn, test } from './app';
import { EmulatedBluetooth } from './bluetooth';

const STRAP = { address: '0A:0A:0A:0A:0A:01', name: 'Strap One' };
const SECOND = { address: '0A:0A:0A:0A:0A:02', name: 'Strap Two' };
const beats = (bpm: number) => [0x16, bpm, 0x00, 0x04];

let bluetooth: EmulatedBluetooth | null = null;
test.afterEach(() => bluetooth?.stop());

async function open(page: SyncIn['page'], state?: 'absent') {
  bluetooth = await EmulatedBluetooth.start(page, state);
  const app = new SyncIn(page);
  await app.openAndAccept();
  const row = page.getByTestId('sense-physiology');
  await row.getByRole('button', { name: 'Switch on' }).click();
  return { bluetooth, row };
}

test('a strap: chosen, read, lost, back by itself; two straps; noise', async ({ page }) => {
  test.setTimeout(180_000);
  const { bluetooth, row } = await open(page);
  const rate = page.getByTestId('heart-rate');
  const device = page.getByTestId('device');
  // A strap repeats itself once a second; a single value would be gone after three.
  const expectRate = (bpm: number) =>
    expect(async () => {
      await bluetooth.send(STRAP.address, beats(bpm));
      await expect(rate).toContainText(String(bpm), { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
  await bluetooth.advertise(STRAP);
  await bluetooth.answerPicker(STRAP.address);
  await page.getByTestId('connect-heart-strap').click();
  await expect(device).toHaveAttribute('data-link', 'connected');
  await expectRate(72);
  for (const noise of [[], [0x16], [0xff], [0x01, 0xff, 0xff], [0x10, 0, 0, 0, 0xff, 0xff]]) await bluetooth.send(STRAP.address, noise);
  await expect(row).not.toContainText('NaN');
  await bluetooth.lose(STRAP.address);
  await expect(device).toHaveAttribute('data-link', 'reconnecting');
  await expect(rate).not.toContainText(/\d/);
  bluetooth.comeBack(STRAP.address);
  await expect(device).toHaveAttribute('data-link', 'connected', { timeout: 20_000 });
  await expectRate(81);
  await bluetooth.advertise(SECOND);
  await bluetooth.answerPicker(SECOND.address);
  await page.getByRole('button', { name: 'Add a device' }).click();
  await page.getByTestId('connect-heart-strap').click();
  await expect(device).toHaveCount(2);
  await expect(device.nth(1)).toHaveAttribute('data-link', 'connected');
  // A value that is not renewed goes.
  await expect(rate).not.toContainText(/\d/, { timeout: 20_000 });
});

test('nobody chooses: no error, nothing paired', async ({ page }) => {
  const { bluetooth } = await open(page);
  await bluetooth.advertise(STRAP);
  await bluetooth.answerPicker('cancel');
  await page.getByTestId('connect-heart-strap').click();
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText('No device was chosen.');
  await expect(page.getByTestId('device')).toHaveCount(0);
});

test('the adapter is off: one sentence', async ({ page }) => {
  await open(page, 'absent');
  await page.getByTestId('connect-heart-strap').click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Bluetooth is off');
});

test('a strap of an earlier visit: offered after a reload, chosen again where the browser forgot it', async ({ page }) => {
  test.setTimeout(120_000);
  const { bluetooth, row } = await open(page);
  const device = page.getByTestId('device');
  await bluetooth.advertise(STRAP);
  await bluetooth.answerPicker(STRAP.address);
  await page.getByTestId('connect-heart-strap').click();
  await expect(device).toHaveAttribute('data-link', 'connected');
  await page.reload();
  await new SyncIn(page).go('settings');
  await expect(device).toContainText(STRAP.name);
  await expect(device).toHaveAttribute('data-link', 'closed');
  await new SyncIn(page).go('now');
  await row.getByRole('button', { name: 'Switch on' }).click();
  await bluetooth.afterReload();
  await bluetooth.advertise(STRAP);
  await bluetooth.answerPicker(STRAP.address);
  await page.getByTestId('connect-again').click();
  await expect(device).toHaveCount(1);
  await expect(device).toHaveAttribute('data-link', 'connected');
});
