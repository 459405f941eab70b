import type { AttackReport } from '../../../harness/model/index.ts';
import { visible } from '../../text/index.ts';
import { message, sentence } from './message.ts';

/** The severity of a failure by which code scanning sorts alerts, as a CVSS-like number (GitHub's `security-severity`). */
const severity = { critical: '9.0', other: '6.5' } as const;

/** `refuses-bad-client-certificate` as `RefusesBadClientCertificate`, the form that viewers expect of a rule's name. */
const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

const weaknesses = (sources: readonly string[]): readonly string[] => [
  ...new Set(
    sources.flatMap((source) => [...source.matchAll(/\bCWE-(\d+)/g)].map(([, id]) => `external/cwe/cwe-${id}`)),
  ),
];

/** The level of a failure of an attack. */
export const levelOf = ({ critical }: { readonly critical: boolean }): 'error' | 'warning' =>
  critical ? 'error' : 'warning';

/** An attack of the catalogue as a rule: what must happen, and what to do where it does not. */
export const ruleOf = (attack: AttackReport): object => {
  const help = [
    `Expected: ${visible(attack.secure)}`,
    `To mend it: ${visible(attack.remediation)}`,
    ...(attack.sources.length === 0 ? [] : [`Sources: ${attack.sources.map(visible).join('; ')}.`]),
  ].join('\n\n');
  return {
    id: visible(attack.id),
    name: pascal(attack.name),
    shortDescription: message(sentence(attack.title)),
    fullDescription: message(sentence(attack.secure)),
    help: { text: help },
    defaultConfiguration: { level: levelOf(attack) },
    properties: {
      tags: ['security', visible(attack.control), ...weaknesses(attack.sources)],
      precision: 'very-high',
      'problem.severity': levelOf(attack),
      'security-severity': attack.critical ? severity.critical : severity.other,
    },
  };
};
