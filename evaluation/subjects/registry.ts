import { face } from './face';
import { music } from './music';
import { physiology } from './physiology';
import type { Subject } from './subject';
import { text } from './text';
import { voice } from './voice';

/** What `npm run evaluate` can be asked for: one line each. */
export const subjects = { face, music, physiology, text, voice } as const satisfies Readonly<Record<string, Subject>>;
export type SubjectId = keyof typeof subjects;

export function isSubjectId(id: string): id is SubjectId {
  return Object.hasOwn(subjects, id);
}
