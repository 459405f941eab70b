import type { AttackMeta, Form } from '../../model/index.ts';
import { selects } from './select.ts';

/** An entry of a plan's `attacks`, apart: the glob over attacks, and that over its forms; null where it names none. */
const apart = (entry: string): { readonly attack: string; readonly form: string | null } => {
  const at = entry.indexOf('/');
  return at === -1 ? { attack: entry, form: null } : { attack: entry.slice(0, at), form: entry.slice(at + 1) };
};

/** Does a plan with these entries want the attack, or some forms of it? Pure. */
export const wants = (entries: readonly string[], meta: Pick<AttackMeta, 'id' | 'name'>): boolean =>
  selects(
    entries.map((entry) => apart(entry).attack),
    meta,
  );

/**
 * Does a plan with these entries want this form of an attack? `E2/alg-none*` wants the variants of that name, `M3/expired at back` one
 * at one target. Variants are no paths: `*` stands for anything, and nothing else is special. Pure.
 */
export const wantsForm = (
  entries: readonly string[],
  meta: Pick<AttackMeta, 'id' | 'name'>,
  { variant, target }: Pick<Form, 'variant' | 'target'>,
): boolean =>
  entries.map(apart).some(({ attack, form }) => {
    if (!selects([attack], meta)) return false;
    return form === null || [variant, `${variant} at ${target}`].some((name) => matches(form, name));
  });

/** The patterns of plans as regular expressions. */
const known = new Map<string, RegExp>();

const matches = (pattern: string, name: string): boolean => {
  const expression = known.get(pattern) ?? new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's');
  known.set(pattern, expression);
  return expression.test(name);
};

/** Text as the regular expression of itself. */
const literally = (text: string): string => text.replace(/[\\^$.+?()[\]{}|]/g, '\\$&');
