import { t } from '../../locales/t';
import type { SessionContract } from '../../stores/contracts';

/** What runs right now, in words: "Camera on", "Demo listener on". From the permission prompt on, the camera light may be lit. */
export function liveThings(session: SessionContract): readonly string[] {
  const senses = session.senses
    .filter(({ state }) => state.kind === 'live' || state.kind === 'starting' || (state.kind === 'loading' && session.isSensing))
    .map((sense) => t(`live.${sense.id}.on`));
  return session.isSimulated ? [...senses, t('live.demo')] : senses;
}
