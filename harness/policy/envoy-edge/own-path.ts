import type { Json } from '../envoy/index.ts';
import { parsePath } from '../path/index.ts';
import { jwtFilter, payloadKey } from './jwt.ts';

const text = (value: string): Json => ({ const_expr: { string_value: value } });
const call = (name: string, ...args: readonly Json[]): Json => ({ call_expr: { function: name, args } });
const field = (operand: Json, name: string): Json => ({ select_expr: { operand, field: name } });
const name = (identifier: string): Json => ({ ident_expr: { name: identifier } });

const path = field(name('request'), 'url_path');
const subject = call(
  '_[_]',
  call('_[_]', call('_[_]', field(name('metadata'), 'filter_metadata'), text(jwtFilter)), text(payloadKey)),
  text('sub'),
);

/**
 * The condition that `{sub}` in a path is the token's own subject, as a CEL expression in Envoy's form:
 * `request.url_path == '/checkout/' + sub`, or `.startsWith('/orders/' + sub + '/')` for a path that ends in `/**`. Null for a
 * path without `{sub}`. An error in it (no token, no subject) denies.
 */
export const ownPath = (pattern: string): { readonly condition: Json; readonly cel_config: Json } | null => {
  const { segments, below, hasSubject } = parsePath(pattern);
  if (!hasSubject) return null;
  const pieces: Json[] = [];
  let literal = '';
  for (const segment of segments) {
    literal += '/';
    if (typeof segment === 'string') {
      literal += segment;
    } else {
      pieces.push(text(literal), subject);
      literal = '';
    }
  }
  if (below) literal += '/';
  if (literal !== '') pieces.push(text(literal));
  const wanted = pieces.reduce((left, right) => call('_+_', left, right));
  const condition = below
    ? { call_expr: { target: path, function: 'startsWith', args: [wanted] } }
    : call('_==_', path, wanted);
  return { condition, cel_config: { enable_string_concat: true } };
};
