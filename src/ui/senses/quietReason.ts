import { t } from '../../locales/t';
import type { SenseView } from '../../stores/contracts';
import { formatBytes } from '../words/format';

/** Why a sense says nothing, in one sentence; null while it has an estimate. */
export function quietReason({ id, state, observation, bytesToLoad }: SenseView): string | null {
  switch (state.kind) {
    case 'off':
      return bytesToLoad > 0 ? t('sense.offSize', { size: formatBytes(bytesToLoad) }) : t(`quiet.${id}.off`);
    case 'loading':
      return state.totalBytes > 0
        ? t('sense.loading', { done: formatBytes(state.loadedBytes), total: formatBytes(state.totalBytes) })
        : t('sense.loadingAny');
    case 'starting':
      return t(`quiet.${id}.starting`);
    case 'failed':
      return t(`error.${state.code}`);
    case 'live':
      if (!observation) return t(`quiet.${id}.waiting`);
      return observation.kind === 'absent' ? t(`absence.${observation.reason}`) : null;
  }
}
