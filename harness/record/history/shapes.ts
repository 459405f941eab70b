import { historySchemas } from '../../model/index.ts';

type Type = keyof typeof historySchemas;

/** What is wrong with a parsed line as a history record of today, in words; null where nothing is. */
export const faultOfRecord = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'expected a JSON object, found something else';
  const { type } = value as { readonly type?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(historySchemas, type))
    return `expected a record type, found ${JSON.stringify(type) ?? 'none'}`;
  const result = historySchemas[type as Type].safeParse(value);
  if (result.success) return null;
  const issue = result.error.issues[0];
  const key = issue?.path.join('.') || 'it';
  const found = issue?.path.reduce<unknown>(
    (at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );
  const shown = JSON.stringify(found)?.slice(0, 60) ?? 'nothing';
  return `expected ${key} of a ${type} record to be as its schema says (${issue?.message ?? 'not valid'}), found ${shown}`;
};
