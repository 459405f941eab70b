import { lackText } from '../../harness/model/index.ts';
import type { Reason, ReasonCode } from '../../harness/model/index.ts';
import { lossText } from './losses.ts';
import { visible } from './visible.ts';

type Data<C extends ReasonCode> = Reason<C>['data'];
type Sentences = { [C in ReasonCode]: (data: Data<C>) => string };

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;
/** The first few of many names, and how many more there are. */
const some = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
const formNames = (forms: Data<'forms-not-tried'>['forms']): string =>
  some(forms.map(({ variant, target }) => `${variant} at ${target}`));

const list = (places: readonly string[]): string => (places.length === 0 ? 'the stack' : places.join(', '));
const because = (why: Reason | null): string => (why === null ? '' : `: ${sentence(why)}`);

/** The sentence of each code: made here, and nowhere else. Nothing reads one. */
export const sentences: Sentences = {
  'not-applicable': ({ stack, why }) => `not applicable to ${stack}: ${why}`,
  'feature-missing': ({ stack, features }) => `not applicable to ${stack}: ${lackText(features)}`,
  'not-run': () => 'it was not run',
  narrowed: ({ only }) => `it was not run: --only ${only} left it out`,
  'check-failed': ({ message }) => `its check failed: ${message}`,
  'too-few-attempts': ({ held, needed, bound }) => `${held} determinate attempts; the bound ${bound} needs ${needed}`,
  'blind-phase': ({ phase, attempts }) => `none of ${attempts} attempts in phase ${phase} gave a determinate result`,
  'phases-not-tried': ({ phases }) => `nothing was tried in phase ${phases.join(' and ')}`,
  'forms-not-tried': ({ forms, of }) => `${forms.length} of ${of} forms were not tried: ${formNames(forms)}`,
  'forms-not-shown': ({ forms, of }) =>
    `no attempt of ${forms.length} of ${of} forms gave a determinate result: ${formNames(forms)}`,
  'action-not-done': ({ action, wanted, done }) =>
    `the plan asks for ${wanted} of the action ${action}, and ${done} ${done === 1 ? 'was' : 'were'} carried out`,
  'action-failed': ({ action, error }) => `the action ${action} failed: ${error}`,
  'blind-form': ({ variant, target, attempts }) =>
    `none of ${attempts} attempts of ${variant} at ${target} gave a determinate result`,
  'never-reloaded': () => 'the edge was never reloaded',
  'reloads-failed': ({ failed, of, error }) => `${failed} of ${of} reloads failed: ${error}`,
  'no-reload-seen': ({ probes, letIn, refused }) =>
    `no reload was seen taking effect: of ${probes} probes, ${letIn} were let in and ${refused} refused`,
  admitted: ({ admitted, attempts }) => `${admitted} of ${attempts} attempts admitted`,
  'decided-otherwise': ({ than, attempts, admitted, withheld }) =>
    `${admitted + withheld} of ${attempts} requests decided ${than === 'policy' ? 'against the policy' : 'differently from the first of their form'}: ${admitted} admitted, ${withheld} withheld`,
  late: ({ limitMs }) => `it was sent more than ${limitMs} ms late`,
  'failed-onward': ({ status }) =>
    `it was answered ${status}: the enforcer failed, or let it pass to something that failed`,
  'nothing-speaks-tls': () => 'nothing there speaks TLS, so nothing was refused',
  'not-answered-in-time': () => 'it timed out, which is not a refusal',
  'not-answered-nor-logged': () => 'it got no answer and the edge did not log it, so it may never have arrived',
  'sender-failed': ({ error }) =>
    `the attacker itself failed (${error === null ? 'no status and no error' : visible(error)}), so nobody refused it`,
  'answered-unseen': ({ status }) =>
    `it was answered ${status} and is in no journal, so it is not known to have been refused`,
  'let-pass-unseen': () => 'the edge logged that it let it pass, and it is in no journal: it was not refused there',
  'journal-silent': ({ service, phase, answered }) =>
    `the journal of ${service} has none of ${answered} legitimate requests that were answered${phase === null ? '' : ` in phase ${phase}`}, so its silence shows nothing`,
  'spoof-not-put-to-the-test': () =>
    'it neither reached a workload nor was refused, so it shows nothing about the spoofed value',
  'answer-does-not-say': () => 'its answer does not show whether it was let in',
  'twin-is-no-route': () => 'its twin is a route that this run does not replay',
  'no-twin': ({ side, withinMs, of }) =>
    `no twin within ${withinMs} ms ${side} ${of === 'window' ? 'the interception window' : 'it'}`,
  'twin-failed': () => 'its twin failed too',
  disturbed: ({ action, places }) => `Holdfast itself disturbed its path: ${action} at ${list(places)}`,
  'phase-disturbed': ({ phase, attempts, action }) =>
    `phase ${phase} shows nothing: ${action} disturbed the path of its ${attempts} attempts`,
  'form-disturbed': ({ variant, target, attempts, action }) =>
    `${variant} at ${target} shows nothing: ${action} disturbed the path of its ${attempts} attempts`,
  'outside-window': () => 'sent before the interception of the hop had begun, or after it had ended',
  'not-taken-over': ({ error }) => `the hop was not intercepted: ${error ?? 'the interceptor saw no connection'}`,
  'met-true-callee': () => 'it waited until the interception ended, and reached the real callee',
  'answered-by-nobody': () => 'it was answered, though neither the interceptor nor the callee saw it',
  'no-handshake-ended': () => 'the interceptor saw no handshake to which the caller reacted',
  'believed-unread': () => 'the caller trusted the interceptor in this window, but this request was not read',
  'never-reached-caller': ({ caller }) => `it never reached ${caller}, the caller of the hop`,
  'packet-unclassified': () => 'packets that could not be classified',
  'no-link-captured': () => 'no link was captured',
  'capture-not-whole': ({ code, count, data }) =>
    `the capture is incomplete: ${lossText({ observer: 'tap', code, data }).detail} (${count})`,
  'link-not-captured': ({ link, phase }) =>
    `link ${link} was not captured${phase === null ? '' : ` in phase ${phase}`}`,
  'capture-lost-packets': ({ link, packets }) => `the capture of link ${link} lost ${packets} packets`,
  'packets-unclassified': ({ packets }) => `${packets} packets could not be classified`,
  'planted-not-seen': ({ link, phase }) =>
    `the tap did not see the cleartext planted on link ${link} in phase ${phase}, so it may miss other cleartext there`,
  'generator-ended-ramp': ({ perSecond, dropped, intended, answeredWithinMs }) =>
    `the load generator, not the stack, ended the ramp at ${perSecond}/s: it dropped ${dropped} of ${intended} arrivals and sent late, while the stack answered within ${answeredWithinMs} ms (p99)`,
  'too-few-arrivals': ({ expected, found }) => `the load had ${found} arrivals; it needs at least ${expected}`,
  'arrivals-dropped': ({ dropped, intended, limitShare }) =>
    `the load generator dropped ${dropped} of ${intended} arrivals (${percent(dropped / intended)}); the limit is ${percent(limitShare)}`,
  'sender-late': ({ p99Ms, limitMs }) => `the load generator sent late: p99 ${p99Ms} ms; the limit is ${limitMs} ms`,
  'history-without-end': () => 'the history breaks off: it has no end record',
  interrupted: ({ by }) => `the run was interrupted: ${by ?? 'no reason was recorded'}`,
  'users-refused': ({ phase, failed, of }) =>
    `phase ${phase} shows nothing: ${failed} of ${of} legitimate requests failed (${percent(failed / of)})`,
  'evidence-lost': ({ count, ...loss }) =>
    `evidence was lost that could show an admission: ${lossText(loss).what} (${count})`,
  strangers: ({ requests }) => `${requests} requests of unknown origin reached a workload: they may be admissions`,
  'unknown-kind': ({ of, kind, records }) =>
    `${records} records of the ${of} "${kind}" could not be judged: this version does not know it`,
  'no-attack-applies': () => 'no attack of the plan applies to this stack',
  attack: ({ attack, reason }) => `${attack}: ${reason === null ? 'no reason' : sentence(reason)}`,
  'attack-caps': ({ attack, critical, verdict, reason }) =>
    `${critical ? 'critical ' : ''}attack ${attack} ${verdict === 'fail' ? 'broke its claim' : 'left its claim unproven'}${because(reason)}`,
  'cut-short': () => 'the run was cut short',
  'run-invalid': ({ reasons }) => `the run is INVALID: ${reasons.map(sentence).join('; ')}`,
  'run-doubted': ({ reasons }) => reasons.map(sentence).join('; '),
  'none-of-its-kind': () => 'no attempt of its kind was made',
  'none-of-its-kind-determinate': ({ attempts, reason }) =>
    `none of ${attempts} attempts of its kind gave a determinate result${because(reason)}`,
  kind: ({ kind, code, data }) => {
    const figures = Object.entries(data).map(([name, value]) => `${name} ${String(value)}`);
    return `${kind}: ${code.replaceAll('-', ' ')}${figures.length === 0 ? '' : ` (${figures.join(', ')})`}`;
  },
  said: ({ text }) => text,
};

/** A reason as a person reads it. */
export const sentence = ({ code, data }: Reason): string => {
  const make = Object.hasOwn(sentences, code) ? (sentences[code] as (data: unknown) => string) : undefined;
  return make === undefined ? code : make(data);
};
