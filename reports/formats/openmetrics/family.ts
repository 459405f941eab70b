import { visible } from '../../text/index.ts';

export type Labels = Readonly<Record<string, string>>;
export type Sample = { readonly labels?: Labels; readonly value: number | null; readonly suffix?: string };

/** A metric family: OpenMetrics 1.0 has a type, a unit that its name ends in, and a help for each. */
export type Family = {
  readonly name: string;
  readonly type: 'gauge' | 'info' | 'stateset' | 'summary';
  readonly unit?: string;
  readonly help: string;
  readonly samples: readonly Sample[];
};

/** Text of a label or a help: what a parser takes for an end is escaped. */
const escape = (text: string): string => visible(text).replace(/[\\"]/g, '\\$&');

const labelText = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

/** A family as text; samples without a value are left out, and so is a family that has none. `common`: labels of every sample. */
export const familyText = ({ name, type, unit, help, samples }: Family, common: Labels): string => {
  const given = samples.filter(({ value }) => value !== null);
  if (given.length === 0) return '';
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escape(help)}`,
    ...given.map(
      ({ labels = {}, value, suffix = '' }) => `${name}${suffix}${labelText({ ...common, ...labels })} ${value}`,
    ),
    '',
  ].join('\n');
};

/** The samples of a state set: each state that there can be, of which one is. */
export const states = (name: string, all: readonly string[], is: string, labels: Labels = {}): readonly Sample[] =>
  all.map((state) => ({ labels: { ...labels, [name]: state }, value: state === is ? 1 : 0 }));
