import { hasMessage, t, type Params } from '../../locales/t';
import type { Notice } from '../../stores/contracts';

/** The sentence of a notice: its error code's, else its key's under `notice`. */
export function noticeText(notice: Notice): string {
  if (notice.code) return t(`error.${notice.code}`, notice.params);
  return sentence(['notice'], notice.key ?? '', notice.params);
}

/** The word on a notice's button: its key under `action`, else under `notice`. */
export function actionText(key: string): string {
  return sentence(['action', 'notice'], key, {});
}

function sentence(branches: readonly string[], key: string, params: Params): string {
  const found = branches.map((branch) => `${branch}.${key}`).find(hasMessage);
  return found && hasMessage(found) ? t(found, params) : t('notice.generic');
}
