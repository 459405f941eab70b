import type { Policy, Stack } from '../../model/index.ts';
import { passOn, stripIdentity } from './headers.ts';
import { enforce } from './limits.ts';
import type { Limit } from './limits.ts';
import { logging, remembered } from './log.ts';
import { wellFormed } from './request.ts';
import { rules } from './rules.ts';
import { section } from './text.ts';
import { authentication } from './token.ts';

/** The public side of the edge: TLS for the one public name, then every decision in the order of its cost. */
export const frontend = (policy: Policy, stack: Stack, limits: readonly Limit[]): readonly string[] => {
  const limitsPer = (per: 'edge' | 'subject'): readonly string[] =>
    limits.filter(({ limit }) => limit.per === per).flatMap(enforce);
  return section('frontend public', [
    '# Another name, or none, is shown no certificate.',
    `bind :${stack.edge.port} ssl crt @public/edge strict-sni alpn h2,http/1.1`,
    ...logging,
    ...titled('What the log is to say', remembered),
    ...titled('Limits of the whole edge', limitsPer('edge')),
    ...titled('What nobody may send', wellFormed(stack)),
    ...titled('What nobody may say of themselves', stripIdentity),
    ...titled('Who it is', authentication(policy)),
    ...titled('Limits of each subject', limitsPer('subject')),
    ...titled('Who may do what', rules(policy)),
    ...titled('What the mesh is told', passOn(stack)),
    '',
    'default_backend mesh',
  ]);
};

const titled = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `# ${title}.`, ...lines];
