import type { Situation } from '../../../core/records/situation';
import { t } from '../../../locales/t';

/** Part of the day in everyday words. @param hour [0, 24) */
export function partOfDay(hour: number): 'night' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 5 || hour >= 22) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 14) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}

type Fact = NonNullable<Situation['activity'] | Situation['company']>;

/** What the device noticed by itself is marked as such. */
function fact(known: Fact): string {
  const what = t(`context.${known.value}`);
  return known.isSaid ? what : t('context.noticed', { what });
}

/** "Afternoon, working, with others (noticed)". */
export function situationSays({ clock, activity, company, weather }: Situation): string {
  const words = [
    ...(clock ? [t(`context.at.${partOfDay(clock.hour)}`)] : []),
    ...(clock && (clock.weekday === 0 || clock.weekday === 6) ? [t('context.weekend')] : []),
    ...(activity ? [fact(activity)] : []),
    ...(company ? [fact(company)] : []),
    ...(weather ? [t(`context.${weather}`)] : []),
  ];
  const said = words.join(', ') || t('context.nothing');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
