import type { PhysiologyDeviceKind } from '../frame';
import { BAUD_RATES, type BaudRate } from '../serial/baudRate';
import type { PlainMeaning } from '../serial/interpretLine';
import { ADC_COUNTS, type AdcBits, type GroveCalibration } from '../serial/skinConductance';

/** How a board on a serial port is read. */
export interface BoardSettings {
  /** What the browser tells of its make; null when it tells nothing. */
  readonly usb: { readonly vendorId: number; readonly productId: number } | null;
  /** Chosen by the user; null: found out by listening. */
  readonly baudRate: BaudRate | null;
  /** The rate that was found last, which is tried first. */
  readonly heardRate: BaudRate | null;
  readonly plain: PlainMeaning;
  /** null: that of the module as it is sold. */
  readonly calibration: GroveCalibration | null;
}

/** What the user may change of a board. */
export type BoardChange = Partial<Pick<BoardSettings, 'baudRate' | 'plain'>>;

/** What is kept of a paired device so that a later visit can offer it again: who it is and how it is read, nothing that it measured. */
export interface KeptDevice {
  readonly id: string;
  readonly kind: Exclude<PhysiologyDeviceKind, 'recording'>;
  /** As it calls itself; may be empty. */
  readonly name: string;
  /** Of serial devices. */
  readonly board: BoardSettings | null;
}

export const NEW_BOARD: BoardSettings = { usb: null, baudRate: null, heardRate: null, plain: 'skin', calibration: null };

/** More devices than anybody wears; a longer list is not one of ours. */
const MOST_DEVICES = 32;
const KINDS: readonly unknown[] = ['heart-strap', 'thermometer', 'serial'] satisfies readonly KeptDevice['kind'][];

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | null => (typeof value === 'object' && value !== null ? (value as Fields) : null);
const isUsbNumber = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff;
const rateOf = (value: unknown): BaudRate | null => BAUD_RATES.find((rate) => rate === value) ?? null;

function readUsb(saved: unknown): BoardSettings['usb'] {
  const { vendorId, productId } = fieldsOf(saved) ?? {};
  return isUsbNumber(vendorId) && isUsbNumber(productId) ? { vendorId, productId } : null;
}

function readCalibration(saved: unknown): GroveCalibration | null {
  const { bits, openCircuit } = fieldsOf(saved) ?? {};
  if (!(String(bits) in ADC_COUNTS) || typeof openCircuit !== 'number') return null;
  return openCircuit > 0 && openCircuit <= ADC_COUNTS[bits as AdcBits] ? { bits: bits as AdcBits, openCircuit } : null;
}

function readBoard(saved: unknown): BoardSettings {
  const { usb, baudRate, heardRate, plain, calibration } = fieldsOf(saved) ?? {};
  return {
    usb: readUsb(usb),
    baudRate: rateOf(baudRate),
    heardRate: rateOf(heardRate),
    plain: plain === 'pulse' ? 'pulse' : 'skin',
    calibration: readCalibration(calibration),
  };
}

function readDevice(saved: unknown): KeptDevice | null {
  const { id, kind, name, board } = fieldsOf(saved) ?? {};
  if (typeof id !== 'string' || id === '' || !KINDS.includes(kind) || typeof name !== 'string') return null;
  return { id, kind: kind as KeptDevice['kind'], name, board: kind === 'serial' ? readBoard(board) : null };
}

/** What `JSON.stringify` made of kept devices once; of anything else what can be made out, at worst nothing. */
export function readKeptDevices(json: string | null): readonly KeptDevice[] {
  let saved: unknown;
  try {
    saved = JSON.parse(json ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(saved)) return [];
  const read = saved.slice(0, MOST_DEVICES).flatMap((one) => readDevice(one) ?? []);
  return read.filter(({ id }, i) => read.findIndex((other) => other.id === id) === i);
}
