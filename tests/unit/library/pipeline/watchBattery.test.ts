import { expect, test } from 'vitest';
import { watchBattery, type Battery } from '../../../../src/library/pipeline/watchBattery';

class FakeBattery extends EventTarget implements Battery {
  charging = false;
  level = 0.8;

  become(level: number, charging: boolean): void {
    Object.assign(this, { level, charging });
    this.dispatchEvent(new Event('levelchange'));
    this.dispatchEvent(new Event('chargingchange'));
  }
}

test('low is below 30 % and not charging; every change is told once', () => {
  const battery = new FakeBattery();
  const told: boolean[] = [];
  const end = watchBattery(battery, (isLow) => told.push(isLow));
  battery.become(0.5, false);
  battery.become(0.29, false);
  battery.become(0.2, false);
  battery.become(0.2, true);
  end();
  battery.become(0.1, false);
  expect(told).toEqual([false, true, false]);
});

test('a device that shows no battery changes nothing', () => {
  expect(() => watchBattery(null, () => expect.unreachable())()).not.toThrow();
});
