/** JSON with the keys of every object sorted and no spaces: equal values have equal text, however they were built. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  // Without a prototype, so that a key such as __proto__ is a key like others.
  const made = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).sort()) made[key] = sorted((value as Readonly<Record<string, unknown>>)[key]);
  return made;
};
