import type { EmotionEstimate } from '../../core/emotion';
import { t } from '../../locales/t';
import type { FusedPart, FusedState, SenseView } from '../../stores/contracts';
import { percent } from '../words/format';
import { BLIND_SD, certainty } from '../words/headline';
import { rankedEmotions } from '../words/mood';
import { sourceSentence } from '../words/source';

const NAMES = {
  face: 'now.whyFace',
  voice: 'now.whyVoice',
  text: 'now.whyText',
  physiology: 'now.whyPhysiology',
  context: 'now.whyContext',
} as const;
/** A sense with a smaller share is not worth a word. */
const TOLD_FROM = 0.03;
/** The last minutes and the user's own words are named from this share, and this move on the plane, on. */
const PAST_FROM = 0.1;
const MOVED_FROM = 0.1;
/** Two points nearer than this on the plane mean the same. */
const NEAR = 0.35;

const list = new Intl.ListFormat('en');

/** Another name, as for a plug-in's sense, stays as it is. */
const nameOf = (source: string): string => (source in NAMES ? t(NAMES[source as keyof typeof NAMES]) : source);

function agrees({ affect, probabilities }: EmotionEstimate, fused: EmotionEstimate): boolean {
  const arousal = Math.abs(affect.arousal - fused.affect.arousal);
  if (affect.valenceSd >= BLIND_SD) return arousal < NEAR;
  const isSameLabel = rankedEmotions(probabilities)[0] === rankedEmotions(fused.probabilities)[0];
  return isSameLabel || Math.hypot(arousal, affect.valence - fused.affect.valence) < NEAR;
}

/** Who stands with the answer and who against it, the last minutes among them. */
function sides(others: readonly FusedPart[], { estimate, memory }: FusedState, bySense: BySense): readonly (readonly string[])[] {
  const told = others.flatMap(({ source, weight }) => {
    const own = bySense.get(source as SenseView['id']);
    return own && weight >= TOLD_FROM ? [{ name: nameOf(source), isWith: agrees(own, estimate) }] : [];
  });
  const past = memory && memory.weight >= PAST_FROM ? [memory.affect] : [];
  const all = [
    ...told,
    ...past.map(({ valence, arousal }) => ({
      name: t('now.whyPast'),
      isWith: Math.hypot(valence - estimate.affect.valence, arousal - estimate.affect.arousal) < NEAR,
    })),
  ];
  return [true, false].map((side) => all.flatMap(({ name, isWith }) => (isWith === side ? [name] : [])));
}

function wasMoved({ estimate: { affect }, uncorrected }: FusedState): boolean {
  return uncorrected !== null && Math.hypot(affect.valence - uncorrected.valence, affect.arousal - uncorrected.arousal) >= MOVED_FROM;
}

type BySense = ReadonlyMap<SenseView['id'], EmotionEstimate>;

/**
 * Why the estimate is what it is, in one sentence: who led, who stands with it, who against.
 * @param isRecorded the body's signals are those of a recording
 */
export function whySentence(state: FusedState, bySense: BySense, isRecorded: boolean): string {
  const { estimate } = state;
  const [lead, ...others] = state.parts.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  const [backed = [], against = []] = sides(others, state, bySense);
  if (!lead || estimate.simulated || backed.length + against.length === 0) return sourceSentence(estimate, isRecorded);
  const said = [
    t(lead.weight >= 0.5 ? 'now.whyMostly' : 'now.whyMost', { lead: nameOf(lead.source), n: percent(lead.weight) }),
    ...(backed.length > 0 ? [t('now.whyBacked', { senses: list.format(backed) })] : []),
    ...(against.length > 0 ? [t('now.whyAgainst', { senses: list.format(against) })] : []),
    ...(wasMoved(state) ? [t('now.whyMoved')] : []),
  ];
  return t('now.why', { why: said.join(', '), sure: certainty(estimate.confidence) });
}
