import { UsageError } from './commandErrors';

/** `split=test,sex=F` @throws UsageError */
export function readWhere(conditions: string | undefined): Readonly<Record<string, string>> {
  const pairs = (conditions?.split(',') ?? []).map((condition) => {
    const [name, value] = condition.split('=');
    if (!name || value === undefined) throw new UsageError(`--where needs COLUMN=VALUE, not "${condition}".`);
    return [name.trim(), value.trim()] as const;
  });
  return Object.fromEntries(pairs);
}
