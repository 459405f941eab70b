import type { ZodType } from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { keysAt } from './keys.ts';
import { nearest } from './nearest.ts';

/** Steps from the root of a document: keys and indices. */
export type Path = readonly PropertyKey[];

type Explanation = { readonly message: string; readonly hint: string; readonly onKey?: string };

/** One issue for each thing that is wrong: of a union, those of the branch that fits best; of several unknown keys, one each. */
export const flatten = (issues: readonly $ZodIssue[]): readonly $ZodIssue[] =>
  issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ ...issue, keys: [key] }));
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    // A branch that refuses the value as a whole is not what the author meant, if another one looks inside.
    const branches = issue.errors.filter((branch) =>
      branch.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
    );
    if (branches.length === 0) return [issue];
    const best = branches.reduce((a, b) => (misfit(b) < misfit(a) ? b : a));
    return flatten(best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });

/** How badly a branch of a union fits: each unknown key counts, for keys tell the branches apart. */
const misfit = (branch: readonly $ZodIssue[]): number =>
  branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);

/** An issue of zod as "expected …, found …" and the next edit to make. */
export const explain = (issue: $ZodIssue, schema: ZodType, root: unknown): Explanation => {
  const name = issue.path.map(String).join('.');
  const value = valueAt(root, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const known = keysAt(schema, issue.path);
    const near = nearest(key, known);
    return {
      message: `expected only known keys${name === '' ? '' : ` in ${name}`}, found "${key}"`,
      hint: near === undefined ? `known keys: ${known.join(', ')}` : `did you mean "${near}"?`,
      onKey: key,
    };
  }
  const expected = expectation(issue);
  if (value === undefined) {
    return {
      message: `expected ${name || 'a document'}: ${expected}, found nothing`,
      hint: `add ${name || 'the content'}`,
    };
  }
  return {
    message: `expected ${expected}${name === '' ? '' : ` for ${name}`}, found ${describe(value)}`,
    hint: `set ${name || 'the document'} to ${expected}`,
  };
};

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

const expectation = (issue: $ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return bound('at least', 'more than', issue.minimum, issue.inclusive, issue.origin);
    case 'too_big':
      return bound('at most', 'less than', issue.maximum, issue.inclusive, issue.origin);
    case 'invalid_union':
      return (
        [...new Set(issue.errors.flat().map(expectation))].join(', or ') ||
        oneOf('options' in issue ? (issue.options as readonly unknown[]) : [])
      );
    default:
      // The words of a refinement in our own schemas, which begin with "expected".
      return issue.message.replace(/^expected /, '');
  }
};

const oneOf = (values: readonly unknown[]): string => {
  const words = values.map((value) =>
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)),
  );
  return words.length === 1 ? words[0]! : `one of ${words.join(', ')}`;
};

const bound = (
  including: string,
  excluding: string,
  limit: number | bigint,
  inclusive: boolean | undefined,
  origin: string,
): string => {
  const words = `${inclusive === false ? excluding : including} ${limit}`;
  if (origin === 'string') return limit === 1 && inclusive !== false ? 'text that is not empty' : `${words} characters`;
  if (origin === 'array' || origin === 'set') return `${words} ${limit === 1 ? 'entry' : 'entries'}`;
  return `a number of ${words}`;
};

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    root,
  );

const describe = (value: unknown): string => {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
