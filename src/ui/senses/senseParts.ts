import type { Component } from 'svelte';
import type { EmotionEstimate } from '../../core/emotion';
import { t } from '../../locales/t';
import type { SenseView } from '../../stores/contracts';
import { BLIND_SD, CLEARLY, saysWhat } from '../words/headline';
import BodyPreview from './body/BodyPreview.svelte';
import ContextPreview from './context/ContextPreview.svelte';
import FacePreview from './face/FacePreview.svelte';
import TextPreview from './text/TextPreview.svelte';
import VoicePreview from './voice/VoicePreview.svelte';

/** What a sense shows of its raw signal: it fills the first column of its row. */
export const PREVIEWS: Readonly<Record<SenseView['id'], Component<{ readonly isSimulated: boolean }>>> = {
  face: FacePreview,
  voice: VoicePreview,
  text: TextPreview,
  physiology: BodyPreview,
  context: ContextPreview,
};

/** Knows how activated someone is and not which emotion. */
export const knowsArousalOnly = ({ affect }: Pick<EmotionEstimate, 'affect'>): boolean => affect.valenceSd >= BLIND_SD;

export function arousalWord({ affect }: Pick<EmotionEstimate, 'affect'>): 'high' | 'mid' | 'low' {
  if (affect.arousal > CLEARLY) return 'high';
  return affect.arousal < -CLEARLY ? 'low' : 'mid';
}

/** What a sense says, in a word or two. */
export function senseSays(estimate: EmotionEstimate): string {
  return knowsArousalOnly(estimate) ? t(`body.${arousalWord(estimate)}`) : saysWhat(estimate);
}
