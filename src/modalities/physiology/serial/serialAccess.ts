/** The part of Web Serial that is used here; TypeScript's DOM library has none of it. */
export interface SerialPortLike extends EventTarget {
  readonly readable: ReadableStream<Uint8Array> | null;
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
  forget?(): Promise<void>;
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
}

export interface SerialAccess extends EventTarget {
  /** Needs a click. */
  requestPort(options?: { readonly filters: readonly { readonly usbVendorId: number }[] }): Promise<SerialPortLike>;
  /** Those that were allowed before and are plugged in now. */
  getPorts(): Promise<readonly SerialPortLike[]>;
}

/** null where the browser has no Web Serial. */
export function serialAccess(): SerialAccess | null {
  return (navigator as unknown as { readonly serial?: SerialAccess }).serial ?? null;
}
