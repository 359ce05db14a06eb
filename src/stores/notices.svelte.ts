import type { ErrorCode } from '../core/errors';
import type { Notice, NoticesContract } from './contracts';
import { Timer } from './timer';

type Options = { readonly params?: Notice['params']; readonly action?: Notice['action'] };

/** More would cover the screen; the oldest make way. */
const MOST = 4;
/** Long enough to read two sentences twice; problems stay until they are dismissed. */
const INFO_STAYS_MS = 12_000;

/** What the user should know now. The same notice is never shown twice at a time. */
export class NoticesStore implements NoticesContract {
  #items = $state.raw<readonly Notice[]>([]);
  #nextId = 1;
  readonly #leave = new Map<number, Timer>();

  get items(): readonly Notice[] {
    return this.#items;
  }

  problem(code: ErrorCode, options: Options = {}): void {
    this.#show({ tone: 'problem', code, key: null }, options);
  }

  inform(key: string, options: Options = {}): void {
    const id = this.#show({ tone: 'info', code: null, key }, options);
    const timer = new Timer();
    timer.set(INFO_STAYS_MS, () => this.dismiss(id));
    this.#leave.set(id, timer);
  }

  dismiss(id: number): void {
    this.#leave.get(id)?.clear();
    this.#leave.delete(id);
    this.#items = this.#items.filter((notice) => notice.id !== id);
  }

  #show(what: Pick<Notice, 'tone' | 'code' | 'key'>, { params = {}, action = null }: Options): number {
    const id = this.#nextId++;
    const same = this.#items.find(({ code, key }) => code === what.code && key === what.key);
    if (same) this.dismiss(same.id);
    for (const oldest of this.#items.slice(0, Math.max(0, this.#items.length - MOST + 1))) this.dismiss(oldest.id);
    this.#items = [...this.#items, { id, ...what, params, action }];
    return id;
  }
}
