import { hasMessage, t } from '../../../locales/t';
import type { BodyDevice } from '../../../stores/contracts';

/** What a device is called: by itself, by what it is, or as the demo device that it is. */
export function deviceName({ name, kind, isSimulated }: BodyDevice): string {
  const demo = `body.demo.${name}`;
  if (isSimulated && hasMessage(demo)) return t(demo);
  return name === '' ? t(`body.kind.${kind}`) : name;
}

const linkWords = ({ link, isAway }: BodyDevice): string => t(isAway ? 'body.away' : `body.link.${link}`);

/** How it is, in a few words each: connection, skin, battery, age of the last value. */
export function deviceFacts(device: BodyDevice, now: number): readonly string[] {
  const { link, kind, battery, hasContact, lastAt, name } = device;
  const seconds = lastAt === null ? null : Math.max(0, Math.round((now - lastAt) / 1000));
  return [
    ...(name === '' || device.isSimulated ? [] : [t(`body.kind.${kind}`)]),
    linkWords(device),
    ...(link === 'connected' && hasContact !== null ? [t(hasContact ? 'body.contact' : 'body.noContact')] : []),
    ...(battery === null ? [] : [t('body.battery', { n: Math.round(battery * 100) })]),
    ...(seconds === null ? [] : [seconds < 2 ? t('body.ageNow') : t('body.age', { n: seconds })]),
  ];
}
