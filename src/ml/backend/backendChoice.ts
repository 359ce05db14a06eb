import { AppError } from '../../core/errors';
import type { Milliseconds } from '../../core/units';
import type { Session } from '../session';

export interface OpenSession extends Session {
  /** As the model table shows it: 'wasm, 2 threads', 'webgpu'. */
  readonly backend: string;
  release(): Promise<void>;
}

/** One way to run a model. */
export interface BackendCandidate {
  readonly name: string;
  open(): Promise<OpenSession>;
}

export interface ChoiceOptions {
  /** Throws when the backend computes wrong numbers; must not be timed. */
  readonly verify: (session: OpenSession) => Promise<void>;
  /** One run of typical size. */
  readonly probe: (session: OpenSession) => Promise<unknown>;
  readonly clock: () => Milliseconds;
  /** The winner of an earlier measurement on this machine: only that one is opened then. */
  readonly remembered?: string | null;
}

export interface Choice {
  readonly session: OpenSession;
  readonly name: string;
  /** Median of the probe per backend that was tried; empty when the choice was remembered. */
  readonly measured: Readonly<Record<string, Milliseconds>>;
}

/** A model that answers this fast leaves nothing to win that is worth the download of another runtime. */
export const FAST_ENOUGH_MS: Milliseconds = 12;
/** Timer noise must not decide. */
const CLEARLY_FASTER = 0.8;
const WARM_UP_RUNS = 2;
const TIMED_RUNS = 5;

/** Median of a few runs after warming up. */
export async function measure(run: () => Promise<unknown>, clock: () => Milliseconds): Promise<Milliseconds> {
  for (let i = 0; i < WARM_UP_RUNS; i++) await run();
  const times: number[] = [];
  for (let i = 0; i < TIMED_RUNS; i++) {
    const started = clock();
    await run();
    times.push(clock() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMED_RUNS / 2)] ?? Infinity;
}

async function openVerified(candidate: BackendCandidate, { verify }: ChoiceOptions): Promise<OpenSession> {
  const session = await candidate.open();
  try {
    await verify(session);
  } catch (error) {
    await session.release();
    throw error;
  }
  return session;
}

/** A backend that does not work here is a reason to try the next; an abort or a bug is not. */
function asReason(error: unknown): AppError {
  if (error instanceof Error && error.name === 'AbortError') throw error;
  return error instanceof AppError ? error : new AppError('model/run-failed', 'the backend did not start', { cause: error });
}

async function openRemembered(candidates: readonly BackendCandidate[], options: ChoiceOptions): Promise<Choice | null> {
  const candidate = candidates.find(({ name }) => name === options.remembered);
  if (!candidate) return null;
  try {
    return { session: await openVerified(candidate, options), name: candidate.name, measured: {} };
  } catch (error) {
    asReason(error);
    return null; // Another driver or browser since then: measure again.
  }
}

interface Contender {
  readonly session: OpenSession;
  readonly name: string;
  readonly took: Milliseconds;
}

async function enter(candidate: BackendCandidate, options: ChoiceOptions): Promise<Contender | AppError> {
  try {
    const session = await openVerified(candidate, options);
    return { session, name: candidate.name, took: await measure(() => options.probe(session), options.clock) };
  } catch (error) {
    return asReason(error);
  }
}

/** The winner stays open. */
async function duel(champion: Contender | null, challenger: Contender): Promise<Contender> {
  if (!champion) return challenger;
  const wins = challenger.took < champion.took * CLEARLY_FASTER;
  await (wins ? champion : challenger).session.release();
  return wins ? challenger : champion;
}

/**
 * Opens the candidates in order, checks each, times each, and keeps the fastest. Later ones are not even opened, and so
 * not downloaded, once one is fast enough.
 * @throws the first candidate's error when none works
 */
export async function chooseBackend(candidates: readonly BackendCandidate[], options: ChoiceOptions): Promise<Choice> {
  const known = await openRemembered(candidates, options);
  if (known) return known;
  const measured: Record<string, Milliseconds> = {};
  const reasons: AppError[] = [];
  let champion: Contender | null = null;
  for (const candidate of candidates) {
    if (champion && champion.took <= FAST_ENOUGH_MS) break;
    const entered = await enter(candidate, options);
    if (entered instanceof AppError) {
      reasons.push(entered);
      continue;
    }
    measured[entered.name] = entered.took;
    champion = await duel(champion, entered);
  }
  if (!champion) throw reasons[0] ?? new AppError('model/unavailable', 'no backend to choose from');
  return { session: champion.session, name: champion.name, measured };
}
