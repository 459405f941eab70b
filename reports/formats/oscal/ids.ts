import type { Report } from '../../../harness/model/index.ts';
import { uuidOf } from '../../text/index.ts';

/** The UUID of each thing of a run, so that its parts can speak of each other. The same run gives the same ones. */
export type Ids = {
  readonly document: string;
  readonly result: string;
  /** The stack: what was tested. */
  readonly stack: string;
  /** Holdfast: what tested it, and the machine that it ran on. */
  readonly tool: string;
  readonly platform: string;
  readonly plan: string;
  readonly observation: (attack: string) => string;
  readonly evidence: (incident: string) => string;
  readonly risk: (incident: string) => string;
  readonly remediation: (incident: string) => string;
  readonly finding: (control: string) => string;
  readonly source: (text: string) => string;
  readonly file: (name: string) => string;
};

/** What is of a run is named by the run; a source is the same in every run. */
export const idsOf = ({ run }: Report): Ids => {
  const of =
    (kind: string) =>
    (name: string): string =>
      uuidOf('oscal', run, kind, name);
  return {
    document: of('document')(''),
    result: of('result')(''),
    stack: of('component')('stack'),
    tool: of('component')('holdfast'),
    platform: of('platform')(''),
    plan: of('resource')('plan'),
    observation: of('observation'),
    evidence: of('evidence'),
    risk: of('risk'),
    remediation: of('remediation'),
    finding: of('finding'),
    source: (text) => uuidOf('oscal', 'source', text),
    file: of('file'),
  };
};

/** Who observed: the tool. */
export const originOf = ({ tool }: Ids): object => ({ actors: [{ type: 'tool', 'actor-uuid': tool }] });

/** What was observed: the stack. */
export const subjectsOf = ({ stack }: Ids): readonly object[] => [{ 'subject-uuid': stack, type: 'component' }];
