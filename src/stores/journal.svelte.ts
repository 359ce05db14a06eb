import { EMOTIONS, type EmotionEstimate } from '../core/emotion';
import { codeOf } from '../core/errors';
import type { KeptRecording } from '../core/records/keptRecording';
import type { FeedbackEvent } from '../core/music';
import type { EpochMs } from '../core/units';
import { findTransitions } from '../fusion/history/moodTransitions';
import type { SyncInDatabase } from '../storage/db';
import { listEstimates } from '../storage/rows/estimates';
import { listRecordings } from '../storage/rows/journal/recordings';
import { listFeedbackBetween } from '../storage/rows/feedback';
import type { JournalContract, JournalEntry, NoticesContract } from './contracts';
import type { EmotionStore } from './sensing/emotion.svelte';
import type { FeedbackLog } from './feedbackLog.svelte';
import type { LibraryStore } from './listening/library.svelte';

interface Needs {
  readonly db: SyncInDatabase | null;
  readonly emotion: Pick<EmotionStore, 'simulatedPast'>;
  readonly log: FeedbackLog;
  readonly library: Pick<LibraryStore, 'row'>;
  readonly notices: NoticesContract;
}

/** Moods and where they changed, songs and the user's own words of a span of time, oldest first. */
export class JournalStore implements JournalContract {
  #entries = $state.raw<readonly JournalEntry[]>([]);

  constructor(private readonly needs: Needs) {}

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** @param from,to from ≤ at < to */
  async load(from: EpochMs, to: EpochMs): Promise<void> {
    const { db, emotion, log, notices } = this.needs;
    const isWithin = ({ at }: { readonly at: EpochMs }) => from <= at && at < to;
    const simulated = emotion.simulatedPast.filter(isWithin).map((estimate) => moodEntry(estimate, true));
    try {
      const moods = db ? (await listEstimates(db, from, to)).map((estimate) => moodEntry(estimate, false)) : [];
      const recordings = db ? (await listRecordings(db, from, to)).map(recordingEntry) : [];
      const events = db ? await listFeedbackBetween(db, from, to) : log.events.filter(isWithin);
      const felt = [...moods, ...transitionEntries(moods), ...simulated, ...transitionEntries(simulated)];
      this.#entries = [...felt, ...recordings, ...this.#entriesOf(events)].sort((a, b) => a.at - b.at);
    } catch (error) {
      notices.problem(codeOf(error));
    }
  }

  #entriesOf(events: readonly FeedbackEvent[]): readonly JournalEntry[] {
    const undone = new Set(this.needs.log.events.flatMap((event) => (event.kind === 'correction-undone' ? [event.correctionAt] : [])));
    return events.flatMap((event): readonly JournalEntry[] => {
      const { at, kind, affect } = event;
      if (kind === 'played') {
        const title = this.needs.library.row(event.trackId)?.track.title ?? '';
        return [{ at, kind: 'song', point: affect, label: title, trackId: event.trackId, simulated: false }];
      }
      if (kind !== 'emotion-corrected' || undone.has(at)) return [];
      return [{ at, kind: 'correction', point: event.point, label: event.label, trackId: null, simulated: false }];
    });
  }
}

function moodEntry({ at, probabilities, affect }: EmotionEstimate, simulated: boolean): JournalEntry {
  const label = EMOTIONS.reduce((best, emotion) => (probabilities[emotion] > probabilities[best] ? emotion : best));
  return { at, kind: 'mood', point: { valence: affect.valence, arousal: affect.arousal }, label, trackId: null, simulated };
}

/** What lasted, not each tremble. @param moods oldest first, all real or all simulated */
function transitionEntries(moods: readonly JournalEntry[]): readonly JournalEntry[] {
  const readings = moods.flatMap(({ at, point }) => (point ? [{ at, point }] : []));
  const simulated = moods[0]?.simulated ?? false;
  return findTransitions(readings).transitions.map(({ at, before, after }): JournalEntry => ({
    at,
    kind: 'transition',
    point: after,
    before,
    label: '',
    trackId: null,
    simulated,
  }));
}

/** It stands where it was kept: what was felt then may lie years back, and is told in its words. */
function recordingEntry(recording: KeptRecording): JournalEntry {
  const { keptAt, name } = recording;
  return { at: keptAt, kind: 'recording', point: null, label: name, trackId: null, simulated: false, recording };
}
